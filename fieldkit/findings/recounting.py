"""Evidence after some codings or chart cells were changed: only what they touch is worked out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.heard import Passage
from fieldkit.findings.passages import passages_of
from fieldkit.records.codings import ChartCell, Coding

Kept = TypeVar("Kept", Coding, ChartCell)

_UNTOUCHED: Final = ("people", "refused", "unconsented", "silent", "held", "interviewed", "heard")
"""What is worked out from neither codings nor the chart."""


def recounted(
    evidence: Evidence,
    codings: Mapping[str, Coding | None],
    chart: Mapping[str, ChartCell | None],
    waiting: frozenset[str],
) -> Evidence:
    """The evidence with some codings and chart cells added, replaced or taken out.

    Args:
        evidence: the evidence before; it stays as it was, but counts its codes anew if it is asked again.
        codings: coding id to the coding as it stands now; None where it is gone.
        chart: chart cell id likewise.
        waiting: ids of all codings that a person has yet to decide on.

    Returns:
        What the same records gathered from nothing would give.
    """
    later = replace(
        evidence,
        codings=_changed(evidence.codings, codings),
        chart=_changed(evidence.chart, chart),
        waiting=waiting,
    )
    known = vars(evidence)
    untouched = _UNTOUCHED if chart else (*_UNTOUCHED, "cells")
    vars(later).update((name, known[name]) for name in untouched if name in known)
    if "passages" in known:
        gone, come = _passages(evidence, later, codings)
        _hand_on(evidence, later, gone, come)
    return later


def _changed(before: tuple[Kept, ...], changes: Mapping[str, Kept | None]) -> tuple[Kept, ...]:
    if not changes:
        return before
    stay: list[Kept] = [record for record in before if record.id not in changes]
    stay += [record for record in changes.values() if record is not None]
    return tuple(stay)


def _passages(
    before: Evidence, later: Evidence, changes: Mapping[str, Coding | None]
) -> tuple[list[Passage], list[Passage]]:
    """The passages of all responses that a change touches: those that counted, and those that do now.

    One coding decides on others of its response, where coders have agreed.
    """
    touched = {coding.response for coding in changes.values() if coding is not None}
    touched |= {coding.response for coding in before.codings if coding.id in changes}
    gone = [passage for passage in before.passages if passage.coding.response in touched]
    standing = [coding for coding in later.codings if coding.response in touched]
    return gone, passages_of(later, standing)


def _hand_on(before: Evidence, later: Evidence, gone: Iterable[Passage], come: Iterable[Passage]) -> None:
    """Give the later evidence the passages, and the counts of codes with what changed counted."""
    names = {passage.coding.id for passage in gone}
    passages = [passage for passage in before.passages if passage.coding.id not in names]
    passages = sorted((*passages, *come), key=lambda passage: passage.coding.id)
    vars(later)["passages"] = tuple(passages)
    counts = vars(before).pop("code_counts", None)
    if counts is None:
        return
    for each in gone:
        counts.remove(each.coding.code, each.leaves, each.persons)
    for each in come:
        counts.add(each.coding.code, each.leaves, each.persons)
    vars(later)["code_counts"] = counts
