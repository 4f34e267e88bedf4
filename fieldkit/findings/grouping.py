"""By what persons are told apart in a table: their group, place, level or another attribute."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.table import Heading
from fieldkit.findings.words import say
from fieldkit.records.respondents import Respondent
from fieldkit.records.vocabulary import RESPONDENT_STATUSES
from fieldkit.say import t
from fieldkit.text import visible_line

ATTRIBUTES = ("group", "reporting_group", "place", "level", "language", "status")
"""What every respondent has, and tables can be made by."""

OWN_PREFIX = "attributes."
"""Before the name of a band of this study's own."""

CROSS: Final = "~"
"""Between two attributes that are crossed, and between their values in the id of a heading."""

_NAMED: Final = re.compile(rf"(?:^|[@{CROSS}])({'|'.join(ATTRIBUTES)}|{re.escape(OWN_PREFIX)}[^={CROSS}]+)=")
"""An attribute in the id of a heading, which may come after what an item asks about."""

TOTAL = "total"
"""Id of the row or column for all persons."""


@dataclass(frozen=True)
class Grouping:
    """Persons told apart by one attribute, or by two that are crossed.

    Attributes:
        by: the attribute; two are joined by `CROSS`.
        headings: one for each value, in the framework's order, the one for those without last.
        total: the heading for all.
        of: person id to the id of her heading; every person has exactly one.
    """

    by: str
    headings: list[Heading]
    total: Heading
    of: Mapping[str, str] = field(repr=False)

    @property
    def with_total(self) -> list[Heading]:
        """The headings, that for all last."""
        return [*self.headings, self.total]

    @cached_property
    def members(self) -> dict[str, frozenset[str]]:
        """Ids of all persons of each heading, by its id."""
        found: dict[str, set[str]] = {heading.id: set() for heading in self.headings}
        for person, heading in self.of.items():
            found[heading].add(person)
        return {heading: frozenset(persons) for heading, persons in found.items()}

    def spread(self, persons: Iterable[str]) -> dict[str, set[str]]:
        """Persons by heading id, the one for all included; every heading has an entry."""
        given = set(persons)
        found = {heading: given & members for heading, members in self.members.items()}
        return {**found, self.total.id: given}


def grouping(evidence: Evidence, by: str, language: str) -> Grouping:
    """Tell a study's persons apart by an attribute, or by two.

    Args:
        evidence: the study's evidence.
        by: one of `ATTRIBUTES`, or `attributes.X` for a band of the study's own; or two of these joined
            by `CROSS`.
        language: language of the labels.

    Returns:
        The grouping. Respondent groups and reporting groups are all there, even without persons;
        values of the rest, and pairs of values, only where somebody has them.

    Raises:
        FindingsError: there is no such attribute, or more than two are to be crossed.
    """
    first, *others = by.split(CROSS)
    if len(others) > 1 or first in others:
        raise FindingsError(t("tables tell persons apart by one attribute, or by two different ones"))
    one = _by_one(evidence, first, language)
    return _crossed(one, _by_one(evidence, others[0], language)) if others else one


def attributes_in(heading: str) -> str | None:
    """The attribute, or the two, that the id of a heading tells persons apart by; None where it tells none.

    Args:
        heading: the id of a row or column of any table.
    """
    return CROSS.join(_NAMED.findall(heading)) or None


def _crossed(one: Grouping, other: Grouping) -> Grouping:
    pairs = {(one.of[person], other.of[person]) for person in one.of}
    found = [
        (first, second)
        for first in one.headings
        for second in other.headings
        if (first.id, second.id) in pairs
    ]
    headings = [
        Heading(_pair_id(one, first.id, other, second.id), f"{first.label} / {second.label}")
        for first, second in found
    ]
    of = {person: _pair_id(one, one.of[person], other, other.of[person]) for person in one.of}
    return Grouping(f"{one.by}{CROSS}{other.by}", headings, one.total, of)


def _pair_id(one: Grouping, first: str, other: Grouping, second: str) -> str:
    parts = []
    for grouped, heading in ((one, first), (other, second)):
        named = heading if heading.startswith(f"{grouped.by}=") else f"{grouped.by}={heading}"
        parts.append(named.replace("%", "%25").replace(CROSS, "%7E"))
    return CROSS.join(parts)


def _by_one(evidence: Evidence, by: str, language: str) -> Grouping:
    own = sorted({OWN_PREFIX + name for person in evidence.respondents for name in person.attributes})
    if by not in ATTRIBUTES and by not in own:
        choices = [*ATTRIBUTES, *own]
        near = difflib.get_close_matches(by, choices, n=1, cutoff=0.5)
        told = (
            t("no attribute {given} to tabulate by: did you mean {near}? there are {choices}")
            if near
            else t("no attribute {given} to tabulate by: there are {choices}")
        )
        raise FindingsError(
            told.format(given=repr(visible_line(by)), near="".join(near), choices=", ".join(choices))
        )
    values = {person.id: _value(evidence, person, by) for person in evidence.people.values()}
    named = _named(evidence, by, language)
    present = {value for value in values.values() if value is not None}
    order = [value for value in named if value in present or by in ("group", "reporting_group")]
    order += sorted(present - set(order))
    headings = [Heading(heading_id(by, value), named.get(value, value)) for value in order]
    if None in values.values():
        headings.append(Heading(f"{by}=", say(language, "not stated")))
    of = {person: heading_id(by, value) for person, value in values.items()}
    return Grouping(by, headings, Heading(TOTAL, say(language, "total")), of)


def heading_id(by: str, value: str | None) -> str:
    """The id of a heading: the bare group, else `place=geneva`, so that traces tell what they are by."""
    return value if by == "group" and value and value != TOTAL else f"{by}={value or ''}"


def _value(evidence: Evidence, person: Respondent, by: str) -> str | None:
    if by.startswith(OWN_PREFIX):
        return person.attributes.get(by.removeprefix(OWN_PREFIX)) or None
    value = getattr(person, by)
    if value is None and by == "reporting_group":
        groups = evidence.framework.respondent_groups
        value = next((group.reporting_group for group in groups if group.id == person.group), None)
    return str(value) if value else None


def _named(evidence: Evidence, by: str, language: str) -> dict[str, str]:
    """The values that the framework names, in its order, with their names."""
    framework = evidence.framework
    if by == "group":
        # A group's id is its short name, and what a column has room for.
        return {group.id: group.id for group in framework.respondent_groups}
    if by == "reporting_group":
        return {group.id: group.name.get(language) for group in framework.reporting_groups}
    if by in ("place", "level"):
        bands = framework.places if by == "place" else framework.levels
        return {band.id: band.name.get(language) for band in bands}
    return {status: status for status in RESPONDENT_STATUSES} if by == "status" else {}
