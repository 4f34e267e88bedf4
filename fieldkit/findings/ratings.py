"""Ratings: how persons placed things on labelled scales."""

from __future__ import annotations

from typing import Any

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.choices import choice_tables
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import TOTAL, Grouping, grouping
from fieldkit.findings.items import Given, ItemValues, item_values, one_each, subject_rows
from fieldkit.findings.ordered import APART, apart_cells, median_cell
from fieldkit.findings.ranks import rank_tables
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say
from fieldkit.protocol.items import GridItem, Item, ScaleItem, ScalePoint


def rating_tables(evidence: Evidence, by: str, question: str | None, language: str) -> list[Table]:
    """A table for each scale and grid of scales that anybody was asked, then for each ranking, and choice.

    The rows of a scale's are what was rated, by all and by each group; its columns the points of the scale,
    n, the median, and apart from these don't know and not applicable.

    Args:
        evidence: the study's evidence.
        by: attribute to tell persons apart by.
        question: keep to items that serve this evaluation question or part; None for all.
        language: language of the labels.

    Returns:
        The tables, in the order of groups and guides.
    """
    groups = grouping(evidence, by, language)
    found = item_values(evidence, question, _is_rating, _same_scale, _read)
    rated = [
        _table(evidence, values, groups, language) for values in found if values.persons or values.strange
    ]
    ranked = rank_tables(evidence, groups, question, language)
    return [*rated, *ranked, *choice_tables(evidence, groups, question, language)]


def _scale(item: Item) -> list[ScalePoint]:
    return item.scale if isinstance(item, ScaleItem | GridItem) else []


def _is_rating(item: Item) -> bool:
    return isinstance(item, ScaleItem) or (isinstance(item, GridItem) and item.cell == "scale")


def _same_scale(now: Item, then: Item) -> bool:
    return _is_rating(now) and _scale(now) == _scale(then)


def _read(item: Item, raw: Any) -> int | None:
    points = {point.value for point in _scale(item)}
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and raw in points else None


def _table(evidence: Evidence, values: ItemValues[int], groups: Grouping, language: str) -> Table:
    maker = CellMaker(evidence, "ratings", values.id)
    settled, several = one_each(values)
    points = _scale(values.item)
    columns = [Heading(str(point.value), f"{point.value} {point.text.get(language)}") for point in points]
    columns += [Heading(each, say(language, each)) for each in ("n", "median")]
    columns += [Heading(column, say(language, word)) for column, word in APART.items()]
    rows = subject_rows(values, groups, language)
    cells: dict[tuple[str, str], Cell] = {}
    for heading, subject, group in rows:
        inside = [g for g in settled.get(subject, []) if group in (TOTAL, groups.of[g.person])]
        cells.update(_row(maker, heading.id, points, inside, language))
        cells.update(apart_cells(maker, heading.id, values.apart.get(subject, {}), groups, group))
    notes = [say(language, "note strange value", n=values.strange)] if values.strange else []
    if several:
        notes.append(say(language, "note several ratings", who=", ".join(evidence.codes_of(several))))
    title = say(language, "title ratings", item=values.id, text=values.title(language))
    headings = ([heading for heading, _, _ in rows], columns)
    return maker.table(title, say(language, "of raters"), headings, cells, notes, language)


def _row(
    maker: CellMaker, row: str, points: list[ScalePoint], given: list[Given[int]], language: str
) -> dict[tuple[str, str], Cell]:
    n = len(given)
    cells = {}
    for point in points:
        chosen = [each for each in given if each.value == point.value]
        persons = {each.person for each in chosen}
        column = str(point.value)
        cells[row, column] = maker.persons(row, column, persons, {each.response for each in chosen}, n)
    everybody = {each.person for each in given}
    responses = {each.response for each in given}
    cells[row, "n"] = maker.persons(row, "n", everybody, responses, None)
    cells[row, "median"] = median_cell(maker, row, [(each.value, each) for each in given], language)
    return cells
