"""Totals: percentages of time and other numbers added up over posts, once a post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fieldkit.findings.amounts import Amount, read_amount
from fieldkit.findings.cells import CellMaker
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import TOTAL, Grouping, grouping
from fieldkit.findings.items import Given, ItemValues, item_values, rows_of, subject_rows
from fieldkit.findings.table import Cell, Heading, Table, decimal_text, trace_id
from fieldkit.findings.words import say
from fieldkit.protocol.items import GridItem, Item, NumberItem, PercentItem

POST = "post"
"""The respondent attribute that names a post; persons in one post answer for the same time."""

ESTIMATE = "~"
"""Before a figure that an estimate went into."""


@dataclass(frozen=True)
class _Accepted:
    """The one answer of a post or organisation."""

    amount: Amount
    persons: frozenset[str]
    responses: frozenset[str]
    group: str


def total_tables(evidence: Evidence, by: str, question: str | None, language: str) -> list[Table]:
    """A table for each percentage, number, and grid of these, that anybody gave.

    A grid whose rows are shares of one whole also has its rows together, each post's added up.
    A post counts once: persons in the same post (attribute `post`) must have said the same, else no
    answer of theirs is accepted. An item answered for the organisation has one answer for each
    respondent group, and is told apart by group or reporting group only. A percentage is also given
    as full-time equivalents, 100 % being one.

    Args:
        evidence: the study's evidence.
        by: attribute to tell persons apart by.
        question: keep to items that serve this evaluation question or part; None for all.
        language: language of the labels.

    Returns:
        The tables, in the order of groups and guides.
    """
    groups = grouping(evidence, by, language)
    found = item_values(evidence, question, _is_amount, _same_kind, _read)
    return [_table(evidence, values, groups, language) for values in found if values.given or values.strange]


def _kind(item: Item) -> tuple[str, str]:
    """What an item's numbers are, and whom they are for."""
    if isinstance(item, GridItem):
        return item.cell, item.answered_for if item.cell == "percent" else "self"
    return item.type, item.answered_for if isinstance(item, PercentItem) else "self"


def _is_amount(item: Item) -> bool:
    return isinstance(item, PercentItem | NumberItem | GridItem) and _kind(item)[0] in ("percent", "number")


def _same_kind(now: Item, then: Item) -> bool:
    return _kind(now) == _kind(then)


def _read(_: Item, raw: Any) -> Amount | None:
    return read_amount(raw)


def _table(evidence: Evidence, values: ItemValues[Amount], groups: Grouping, language: str) -> Table:
    maker = CellMaker(evidence, "totals", values.id)
    kind, answered_for = _kind(values.item)
    counted = "organisations" if answered_for == "organisation" else "posts"
    columns = [(counted, counted), ("sum", "sum"), ("sum_low", "sum low"), ("sum_high", "sum high")]
    if kind == "percent":
        columns += [("fte", "fte"), ("fte_low", "fte low"), ("fte_high", "fte high")]
    rows = subject_rows(values, groups, language)
    subjects = values.subjects(language)
    given_by_subject = dict(values.given)
    if (
        isinstance(values.item, GridItem)
        and len(subjects) > 1
        and all("." not in each.id for each in subjects)
    ):
        together = Heading("", say(language, "together"))
        subjects.append(together)
        given_by_subject[""] = _added_up(values)
        rows += rows_of(values, groups, "", together.label)
    if answered_for == "organisation" and groups.by not in ("group", "reporting_group"):
        # An organisation is in no one place and has no level: only its people are.
        rows = [row for row in rows if row[2] == TOTAL]
    accepted: dict[str, list[_Accepted]] = {}
    disputes: list[str] = []
    for subject in subjects:
        given = given_by_subject.get(subject.id, [])
        accepted[subject.id], differing = _accept(evidence, given, answered_for, groups)
        if subject.id == "" and isinstance(values.item, GridItem):
            continue  # rows that differ are told row by row
        label = f" ({subject.label})" if subject.label and differing else ""
        disputes += [" ".join(evidence.codes_of(persons)) + label for persons in differing]
    cells: dict[tuple[str, str], Cell] = {}
    for heading, subject_id, group in rows:
        inside = [each for each in accepted[subject_id] if group in (TOTAL, each.group)]
        for column, _ in columns:
            cells[heading.id, column] = _cell(maker, heading.id, column, inside, language)
    notes = [say(language, "note several answers", who="; ".join(disputes))] if disputes else []
    if values.strange:
        notes.append(say(language, "note strange value", n=values.strange))
    if any(cell.estimate for cell in cells.values()):
        notes.append(say(language, "note estimate"))
    title = say(language, "title totals", item=values.id, text=values.title(language)) + _unit(
        values, language
    )
    headings = [Heading(column, say(language, word)) for column, word in columns]
    sides = ([heading for heading, _, _ in rows], headings)
    return maker.table(title, say(language, f"of {counted}"), sides, cells, notes, language)


def _added_up(values: ItemValues[Amount]) -> list[Given[Amount]]:
    """One amount for each response: its rows added up, ends to ends."""
    added: dict[str, Given[Amount]] = {}
    for row in values.given.values():
        for each in row:
            before = (
                added[each.response].value if each.response in added else Amount(Fraction(0), Fraction(0))
            )
            added[each.response] = Given(each.person, before + each.value, each.response)
    return list(added.values())


def _unit(values: ItemValues[Amount], language: str) -> str:
    item = values.item
    if _kind(item)[0] == "percent":
        return " (%)"
    unit = item.unit if isinstance(item, NumberItem | GridItem) else None
    return f" ({unit.get(language)})" if unit else ""


def _accept(
    evidence: Evidence, given: Iterable[Given[Amount]], answered_for: str, groups: Grouping
) -> tuple[list[_Accepted], list[set[str]]]:
    """The accepted answers, and the persons of each post whose answers differ."""
    by_post: dict[tuple[str, str], list[Given[Amount]]] = {}
    for each in given:
        person = evidence.people[each.person]
        post = person.attributes.get(POST)
        key = ("post", post) if post else ("person", person.id)
        if answered_for == "organisation":
            key = ("organisation", person.group)
        by_post.setdefault(key, []).append(each)
    accepted: list[_Accepted] = []
    differing: list[set[str]] = []
    for answers in by_post.values():
        persons = {each.person for each in answers}
        if len({each.value for each in answers}) > 1:
            differing.append(persons)
            continue
        first = min(persons, key=list(evidence.people).index)
        responses = frozenset(each.response for each in answers)
        accepted.append(_Accepted(answers[0].value, frozenset(persons), responses, groups.of[first]))
    return accepted, sorted(differing, key=evidence.codes_of)


def _cell(maker: CellMaker, row: str, column: str, inside: list[_Accepted], language: str) -> Cell:
    persons: set[str] = set().union(*(each.persons for each in inside))
    responses: set[str] = set().union(*(each.responses for each in inside))
    if column in ("posts", "organisations"):
        codes = maker.evidence.codes_of(persons)
        return maker.count(row, column, len(inside), codes, responses, None)
    value = _sum(column, inside)
    estimate = any(each.amount.estimate for each in inside)
    text = say(language, "undefined") if value is None else _number_text(value, column, language)
    return Cell(
        value=value,
        text=f"{ESTIMATE}{text}" if estimate else text,
        n=len(inside),
        responses=tuple(sorted(responses)),
        persons=maker.evidence.codes_of(persons),
        trace=trace_id(maker.what, maker.question, row, column),
        estimate=estimate,
    )


def _sum(column: str, inside: list[_Accepted]) -> Fraction | None:
    """A sum, exact; None where there is nothing to add up."""
    if not inside:
        return None
    end = {"low": "low", "high": "high"}.get(column.rpartition("_")[2], "middle")
    total = sum((getattr(each.amount, end) for each in inside), Fraction(0))
    return total / 100 if column.startswith("fte") else total


def _number_text(value: Fraction, column: str, language: str) -> str:
    """A number as it reads in a language: full-time equivalents to the hundredth, a comma in French."""
    text = decimal_text(value, 2 if column.startswith("fte") else 0)
    return text.replace(".", ",") if language.split("-")[0] == "fr" else text
