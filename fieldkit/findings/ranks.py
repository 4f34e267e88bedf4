"""Ranks: in what order persons put things."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import TOTAL, Grouping
from fieldkit.findings.items import Given, ItemValues, item_values, joined, one_each, rows_of
from fieldkit.findings.ordered import APART, apart_cells, median_cell
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say
from fieldkit.protocol.items import Item, RankItem

Ranking = tuple[frozenset[str], ...]
"""Ids of the things ranked, those that tie together, the best first; empty where none was ranked."""

COLUMNS: Final = ("n", "median", "first", "left_out", "none")


def rank_tables(evidence: Evidence, groups: Grouping, question: str | None, language: str) -> list[Table]:
    """A table for each ranking that anybody was asked for.

    Its rows are the things ranked, by all and by each group; its columns how many ranked the thing, its
    median place, how often it came first, how often others were ranked and it was not, and apart from
    these who ranked none, did not know, or found it not applicable.

    Args:
        evidence: the study's evidence.
        groups: how persons are told apart.
        question: keep to items that serve this evaluation question or part; None for all.
        language: language of the labels.

    Returns:
        The tables, in the order of groups and guides.
    """
    found = item_values(evidence, question, _is_rank, _same_things, _read)
    return [
        _table(evidence, values, groups, language) for values in found if values.persons or values.strange
    ]


def place_of(thing: str, ranking: Ranking) -> Fraction | None:
    """The place of a thing in a ranking, from 1; things that tie share the mean of the places they take.

    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33(3), 239-251.

    Args:
        thing: its id.
        ranking: the ranking.

    Returns:
        Its place, or None where it is not ranked.
    """
    before = 0
    for tied in ranking:
        if thing in tied:
            return before + Fraction(len(tied) + 1, 2)
        before += len(tied)
    return None


def _is_rank(item: Item) -> bool:
    return isinstance(item, RankItem)


def _things(item: Item) -> set[str]:
    return {choice.id for choice in item.choices} if isinstance(item, RankItem) else set()


def _same_things(now: Item, then: Item) -> bool:
    return _things(now) == _things(then)


def _read(item: Item, raw: Any) -> Ranking | None:
    if not isinstance(raw, list) or not all(isinstance(tied, list) and tied for tied in raw):
        return None
    ranked = [thing for tied in raw for thing in tied]
    if not all(isinstance(thing, str) for thing in ranked) or len(set(ranked)) < len(ranked):
        return None
    return tuple(map(frozenset, raw)) if set(ranked) <= _things(item) else None


def _table(evidence: Evidence, values: ItemValues[Ranking], groups: Grouping, language: str) -> Table:
    maker = CellMaker(evidence, "ratings", values.id)
    settled, several = one_each(values)
    things = values.item.choices if isinstance(values.item, RankItem) else []
    columns = [Heading(each, say(language, "n" if each == "n" else f"rank {each}")) for each in COLUMNS]
    columns += [Heading(column, say(language, word)) for column, word in APART.items()]
    headings: list[Heading] = []
    cells: dict[tuple[str, str], Cell] = {}
    for subject in values.subjects(language):
        for thing in things:
            label = " – ".join(filter(None, (subject.label, thing.text.get(language))))
            for heading, _, group in rows_of(values, groups, joined(subject.id, thing.id), label):
                headings.append(heading)
                inside = [
                    given
                    for given in settled.get(subject.id, [])
                    if group in (TOTAL, groups.of[given.person])
                ]
                cells.update(_row(maker, heading.id, thing.id, inside, language))
                apart = values.apart.get(subject.id, {})
                cells.update(apart_cells(maker, heading.id, apart, groups, group))
    notes = [say(language, "note ties")]
    if values.strange:
        notes.append(say(language, "note strange value", n=values.strange))
    if several:
        notes.append(say(language, "note several ranks", who=", ".join(evidence.codes_of(several))))
    title = say(language, "title ranks", item=values.id, text=values.title(language))
    return maker.table(title, say(language, "of rankers"), (headings, columns), cells, notes, language)


def _row(
    maker: CellMaker, row: str, thing: str, given: Sequence[Given[Ranking]], language: str
) -> dict[tuple[str, str], Cell]:
    placed = [(place, each) for each in given if (place := place_of(thing, each.value)) is not None]
    rankers = [each for each in given if each.value]
    counted = {
        "n": ([each for _, each in placed], None),
        "first": ([each for each in rankers if thing in each.value[0]], len(rankers)),
        "left_out": ([each for each in rankers if place_of(thing, each.value) is None], len(rankers)),
        "none": ([each for each in given if not each.value], None),
    }
    cells = {
        (row, column): maker.persons(
            row, column, {each.person for each in found}, {each.response for each in found}, n
        )
        for column, (found, n) in counted.items()
    }
    cells[row, "median"] = median_cell(maker, row, placed, language)
    return cells
