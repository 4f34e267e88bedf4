"""The values that persons gave to the items of a guide, item by item and thing by thing asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import TOTAL, Grouping
from fieldkit.findings.heard import Heard
from fieldkit.findings.table import Heading
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import OTHER, GridItem, Item

Value = TypeVar("Value")


@dataclass(frozen=True)
class Given(Generic[Value]):
    """One person's value.

    Attributes:
        person: her id.
        value: the value, read.
        response: id of the response it stands in.
    """

    person: str
    value: Value
    response: str


@dataclass
class ItemValues(Generic[Value]):
    """One item of one guide, and what was given to it.

    Attributes:
        guide: the guide, as it stands now where that is known.
        item: the item.
        given: subject (row of a grid, instance of a repeat, or empty) to values, in order of responses.
        apart: subject, then disposition, to (person id, response id): not asked for a value after all.
        strange: how many values could not be read as this item's.
        persons: ids of all who are in `given` or `apart`.
    """

    guide: Guide
    item: Item
    given: dict[str, list[Given[Value]]] = field(default_factory=dict)
    apart: dict[str, dict[str, list[tuple[str, str]]]] = field(default_factory=dict)
    strange: int = 0
    persons: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """`guide:item`."""
        return f"{self.guide.id}:{self.item.id}"

    def title(self, language: str) -> str:
        """What is asked, in one line."""
        return " ".join(self.item.text.get(language).replace("{instance}", "…").split())

    def subjects(self, language: str) -> list[Heading]:
        """What the item is about, each with its label: one heading with an empty id where it is plain."""
        rows = self.item.rows if isinstance(self.item, GridItem) else []
        own = [(row.id, row.text.get(language)) for row in rows] or [("", "")]
        if self.guide.repeat_of(self.item.id) is None:
            return [Heading(*each) for each in own]
        return [
            Heading(joined(instance, row), " – ".join(filter(None, (label, row_label))))
            for instance, label in self._instances(language)
            for row, row_label in own
        ]

    def _instances(self, language: str) -> list[tuple[str, str]]:
        """The instances that the guide names, then others that there are values for."""
        repeat = self.guide.repeat_of(self.item.id)
        choices = self.guide.named_instances(repeat) if repeat else []
        named = {choice.id: choice.text.get(language) for choice in choices}
        present = {subject.partition(".")[0] for subject in (*self.given, *self.apart)}
        numbered = sorted(present - set(named), key=lambda each: (each == OTHER, len(each), each))
        return [*named.items(), *((each, each) for each in numbered)]


def item_values(
    evidence: Evidence,
    question: str | None,
    wanted: Callable[[Item], bool],
    alike: Callable[[Item, Item], bool],
    read: Callable[[Item, Any], Value | None],
) -> list[ItemValues[Value]]:
    """Gather the values of all items of some kind.

    A value counts for the person whose answer it is; in a joint interview one that names nobody
    counts for nobody.

    Args:
        evidence: the study's evidence.
        question: keep to items that serve this evaluation question or part; None for all.
        wanted: whether an item is of the kind.
        alike: whether values given to an older version of an item can stand beside the newer's.
        read: reads one stored value (one row's, in a grid); None where it cannot be one.

    Returns:
        The items, in the order of groups and guides; those of older versions that are gone at the end.
    """
    found = {
        (guide.id, item.id): ItemValues[Value](guide, item)
        for guide in guides_in_order(evidence)
        for item in guide.items()
        if wanted(item)
    }
    for heard in evidence.heard.values():
        if heard.item is None or not wanted(heard.item):
            continue
        key = (heard.interview.guide, heard.item.id)
        guide = evidence.guide_of(heard.interview)
        if key not in found and guide is not None:
            found[key] = ItemValues[Value](guide, heard.item)
        if heard.own is not None:
            _add(found[key], heard, heard.own, alike(found[key].item, heard.item), read)
    leaves = None if question is None else evidence.leaves([question])
    return [
        values
        for values in found.values()
        if leaves is None or evidence.served(values.guide, values.item.id) & leaves
    ]


def guides_in_order(evidence: Evidence) -> list[Guide]:
    """The guides, in the order of their respondent groups, then of their ids.

    Each is there once, as it stands now; one that is gone, in its last version that was held.
    """
    order = {group.id: place for place, group in enumerate(evidence.framework.respondent_groups)}
    by_age = sorted(evidence.guides.values(), key=lambda guide: (guide.version, guide.content_hash))
    newest = {guide.id: guide for guide in by_age}
    newest.update({key: guide for key, guide in evidence.guides.items() if key == guide.id})
    return sorted(
        newest.values(), key=lambda guide: (order.get(guide.respondent_group, len(order)), guide.id)
    )


def subject_rows(
    values: ItemValues[Value], groups: Grouping, language: str
) -> list[tuple[Heading, str, str]]:
    """The rows of an item's table: for each subject all persons, then each group that has any.

    Args:
        values: the item.
        groups: how persons are told apart.
        language: language of the labels.

    Returns:
        (heading of the row, id of the subject, id of the group).
    """
    rows = []
    for subject in values.subjects(language):
        rows += rows_of(values, groups, subject.id, subject.label or groups.total.label)
    return rows


def rows_of(
    values: ItemValues[Value], groups: Grouping, subject: str, label: str
) -> list[tuple[Heading, str, str]]:
    """The rows of one subject: all persons, then each group that has any.

    Args:
        values: the item.
        groups: how persons are told apart.
        subject: its id; the empty one stands for the item as a whole.
        label: what the first row reads.

    Returns:
        (heading of the row, id of the subject, id of the group).
    """
    present = {groups.of[person] for person in values.persons}
    rows = [(Heading(_row_id(subject, TOTAL), label), subject, TOTAL)]
    for group in groups.headings:
        if group.id in present:
            rows.append((Heading(_row_id(subject, group.id), group.label, level=1), subject, group.id))
    return rows


def one_each(values: ItemValues[Value]) -> tuple[dict[str, list[Given[Value]]], set[str]]:
    """One value for each person and subject.

    Args:
        values: the item; values must be hashable.

    Returns:
        Subject to values, and ids of the persons who gave different ones, who are left out.
    """
    settled: dict[str, list[Given[Value]]] = {}
    several: set[str] = set()
    for subject, given in values.given.items():
        by_person: dict[str, list[Given[Value]]] = {}
        for each in given:
            by_person.setdefault(each.person, []).append(each)
        for person, theirs in by_person.items():
            if len({each.value for each in theirs}) == 1:
                settled.setdefault(subject, []).append(theirs[0])
            else:
                several.add(person)
    return settled, several


def joined(instance: str, row: str) -> str:
    """The id of a subject: the instance of a repeat, or the row, or both."""
    return f"{instance}.{row}" if instance and row else instance or row


def _row_id(subject: str, group: str) -> str:
    return f"{subject}@{group}" if subject else group


def _add(
    values: ItemValues[Value],
    heard: Heard,
    person: str,
    alike: bool,
    read: Callable[[Item, Any], Value | None],
) -> None:
    response = heard.response
    item = values.item
    instance = response.instance or ""
    if response.disposition in ("don't know", "not applicable"):
        rows = [row.id for row in item.rows] if isinstance(item, GridItem) else [""]
        for row in rows:
            subject = joined(instance, row)
            by_word = values.apart.setdefault(subject, {})
            by_word.setdefault(response.disposition, []).append((person, response.id))
        values.persons.add(person)
    if response.disposition != "answered" or response.value is None:
        return
    for part, raw in _parts(item, response.value):
        value = read(item, raw) if alike and part is not None else None
        if value is None:
            values.strange += 1
            continue
        subject = joined(instance, part or "")
        values.given.setdefault(subject, []).append(Given(person, value, response.id))
        values.persons.add(person)


def _parts(item: Item, value: Any) -> Iterable[tuple[str | None, Any]]:
    """(row, value) for each row of a grid, the empty row for other items; None is a row it has not."""
    if not isinstance(item, GridItem):
        return [("", value)]
    if not isinstance(value, dict):
        return [(None, value)]
    rows = {row.id for row in item.rows}
    return [(row if row in rows else None, raw) for row, raw in value.items() if raw is not None]
