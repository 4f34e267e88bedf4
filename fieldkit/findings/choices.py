"""Choices: how many persons chose what."""

from __future__ import annotations

from typing import Any

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import TOTAL, Grouping
from fieldkit.findings.items import Given, ItemValues, item_values, one_each, subject_rows
from fieldkit.findings.ordered import APART, apart_cells
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say
from fieldkit.protocol.items import OTHER, Choice, GridItem, Item, MultipleItem, SingleItem

Chosen = frozenset[str]
"""Ids of the choices that one person made; `OTHER` for one in her own words."""


def choice_tables(evidence: Evidence, groups: Grouping, question: str | None, language: str) -> list[Table]:
    """A table for each item with choices, and each grid of these, that anybody was asked.

    Its rows are what was asked about, by all and by each group; its columns the choices, n, and apart from
    these don't know and not applicable. Where several may be chosen, a person counts once under each.

    Args:
        evidence: the study's evidence.
        groups: how persons are told apart.
        question: keep to items that serve this evaluation question or part; None for all.
        language: language of the labels.

    Returns:
        The tables, in the order of groups and guides.
    """
    found = item_values(evidence, question, _is_choice, _same_choices, _read)
    return [
        _table(evidence, values, groups, language) for values in found if values.persons or values.strange
    ]


def _is_choice(item: Item) -> bool:
    single = isinstance(item, GridItem) and item.cell == "single"
    return single or isinstance(item, SingleItem | MultipleItem)


def _choices(item: Item) -> list[Choice]:
    return item.choices if isinstance(item, SingleItem | MultipleItem | GridItem) else []


def _other(item: Item) -> bool:
    return isinstance(item, SingleItem | MultipleItem) and item.other


def _known(item: Item) -> set[str]:
    return {*(choice.id for choice in _choices(item)), *((OTHER,) if _other(item) else ())}


def _same_choices(now: Item, then: Item) -> bool:
    return now.type == then.type and _known(then) <= _known(now)


def _read(item: Item, raw: Any) -> Chosen | None:
    if isinstance(raw, list) != isinstance(item, MultipleItem):
        return None
    chosen = [OTHER if isinstance(each, dict) and OTHER in each else each for each in _listed(raw)]
    if not all(isinstance(each, str) for each in chosen):
        return None
    return frozenset(chosen) if set(chosen) <= _known(item) else None


def _listed(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else [raw]


def _table(evidence: Evidence, values: ItemValues[Chosen], groups: Grouping, language: str) -> Table:
    maker = CellMaker(evidence, "ratings", values.id)
    settled, several = one_each(values)
    named = [(choice.id, choice.text.get(language)) for choice in _choices(values.item)]
    if _other(values.item):
        named.append((OTHER, say(language, "other")))
    columns = [Heading(f"{each}:chosen", label) for each, label in named]
    columns += [Heading("n", say(language, "n"))]
    columns += [Heading(column, say(language, word)) for column, word in APART.items()]
    rows = subject_rows(values, groups, language)
    cells: dict[tuple[str, str], Cell] = {}
    for heading, subject, group in rows:
        inside = [g for g in settled.get(subject, []) if group in (TOTAL, groups.of[g.person])]
        cells.update(_row(maker, heading.id, [each for each, _ in named], inside))
        cells.update(apart_cells(maker, heading.id, values.apart.get(subject, {}), groups, group))
    notes = [say(language, "note several chosen")] if isinstance(values.item, MultipleItem) else []
    if values.strange:
        notes.append(say(language, "note strange value", n=values.strange))
    if several:
        notes.append(say(language, "note several choices", who=", ".join(evidence.codes_of(several))))
    title = say(language, "title choices", item=values.id, text=values.title(language))
    sides = ([heading for heading, _, _ in rows], columns)
    return maker.table(title, say(language, "of choosers"), sides, cells, notes, language)


def _row(
    maker: CellMaker, row: str, choices: list[str], given: list[Given[Chosen]]
) -> dict[tuple[str, str], Cell]:
    cells = {}
    for choice in choices:
        chosen = [each for each in given if choice in each.value]
        persons, responses = {each.person for each in chosen}, {each.response for each in chosen}
        column = f"{choice}:chosen"
        cells[row, column] = maker.persons(row, column, persons, responses, len(given))
    everybody, responses = {each.person for each in given}, {each.response for each in given}
    cells[row, "n"] = maker.persons(row, "n", everybody, responses, None)
    return cells
