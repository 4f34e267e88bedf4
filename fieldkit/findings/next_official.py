"""Whom to see next: the officials who can fill the most cells that coverage lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fieldkit.findings.coverage import CoverageCell
from fieldkit.findings.evidence import Evidence
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import SingleItem
from fieldkit.protocol.paths import survey_paths
from fieldkit.records.respondents import Respondent

SEEN_OR_OUT: Final = frozenset({"interviewed", "declined", "replaced", "cancelled", "answered in writing"})
"""Statuses of respondents who are not to be seen any more."""


@dataclass(frozen=True)
class NextOfficial:
    """A respondent who is still to be seen.

    Attributes:
        respondent: her id.
        code: her code.
        fills: ids of the evaluation questions that nobody of her group answered yet, and she may be asked.
    """

    respondent: str
    code: str
    fills: tuple[str, ...]


def next_officials(
    evidence: Evidence, cells: Mapping[tuple[str, str], CoverageCell]
) -> tuple[NextOfficial, ...]:
    """The respondents who are still to be seen, those who fill the most cells first, then by code.

    What a respondent may be asked is what some way through her group's guide asks, given what is known of
    her before: an item whose choices name her place, or whose id is the name of one of her own bands.

    Args:
        evidence: the study's evidence.
        cells: its coverage, as `coverage` counts it.

    Returns:
        Those who fill at least one cell.
    """
    guides = {guide.respondent_group: guide for key, guide in evidence.guides.items() if key == guide.id}
    asked: dict[tuple[str, tuple[tuple[str, str], ...]], frozenset[str]] = {}
    silenced = {person for _, person in evidence.refused}
    found = []
    for person in evidence.people.values():
        guide = guides.get(person.group)
        seen = person.id in evidence.interviewed or person.id in silenced
        if guide is None or seen or person.status in SEEN_OR_OUT:
            continue
        known = known_answers(guide, person)
        key = (guide.id, tuple(sorted(known.items())))
        if key not in asked:
            asked[key] = _may_be_asked(evidence, guide, known)
        fills = tuple(
            question
            for (question, group), cell in cells.items()
            if group == person.group
            and cell.empty
            and asked[key] & set(evidence.framework.leaf_ids(question))
        )
        if fills:
            found.append(NextOfficial(person.id, person.code, fills))
    return tuple(sorted(found, key=lambda official: (-len(official.fills), official.code)))


def known_answers(guide: Guide, person: Respondent) -> dict[str, str]:
    """Answers of a respondent that her bands give before she is asked: item id to choice id."""
    known = {}
    for item in guide.items():
        if not isinstance(item, SingleItem) or guide.repeat_of(item.id) is not None:
            continue
        choices = {choice.id for choice in item.choices}
        band = person.attributes.get(item.id, person.place)
        if band in choices:
            known[item.id] = band
    return known


def _may_be_asked(evidence: Evidence, guide: Guide, known: Mapping[str, str]) -> frozenset[str]:
    """Leaves of the evaluation questions that items on some way through a guide serve."""
    reachable = survey_paths(guide, known).reachable
    return frozenset().union(*(evidence.served(guide, item) for item in reachable))
