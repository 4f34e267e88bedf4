"""What tables of ordered values share: the median, and what was said in place of a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, TypeVar

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.grouping import TOTAL, Grouping
from fieldkit.findings.items import Given
from fieldkit.findings.table import Cell, decimal_text, trace_id
from fieldkit.findings.words import say

APART: Final = {"dont_know": "don't know", "not_applicable": "not applicable"}
"""Column id to the disposition that it counts: these are no points of a scale, and no places."""

Number = TypeVar("Number", int, Fraction)


def median(values: Sequence[Number]) -> tuple[Number, Number] | None:
    """The lower and the upper median; they differ only where the number of values is even.

    Args:
        values: points of an ordered scale, or places, in any order.

    Returns:
        The two middle ones, or None where there is none.
    """
    ordered = sorted(values)
    n = len(ordered)
    return (ordered[(n - 1) // 2], ordered[n // 2]) if n else None


def median_cell(
    maker: CellMaker, row: str, given: Sequence[tuple[int | Fraction, Given[Any]]], language: str
) -> Cell:
    """The cell of the median; between two values of an order there is no number, so both are named.

    Args:
        maker: makes the cells.
        row: id of its row.
        given: each value, and what was given that it was read from.
        language: language of its text.
    """
    middle = median([Fraction(value) for value, _ in given])
    text = say(language, "undefined")
    if middle is not None:
        ends = [decimal_text(each) for each in middle]
        text = ends[0] if ends[0] == ends[1] else "–".join(ends)
    alone = middle is not None and middle[0] == middle[1]
    value = middle[0] if middle is not None and alone else None
    return Cell(
        value=int(value) if value is not None and value.denominator == 1 else value,
        text=text.replace(".", ",") if language.split("-")[0] == "fr" else text,
        n=len(given),
        responses=tuple(sorted({each.response for _, each in given})),
        persons=maker.evidence.codes_of({each.person for _, each in given}),
        trace=trace_id(maker.what, maker.question, row, "median"),
    )


def apart_cells(
    maker: CellMaker,
    row: str,
    apart: Mapping[str, Sequence[tuple[str, str]]],
    groups: Grouping,
    group: str,
) -> dict[tuple[str, str], Cell]:
    """The cells for those who gave no value, but said why.

    Args:
        maker: makes the cells.
        row: id of the row.
        apart: disposition to (person id, response id).
        groups: how persons are told apart.
        group: the group that the row is for.
    """
    cells = {}
    for column, word in APART.items():
        pairs = [pair for pair in apart.get(word, ()) if group in (TOTAL, groups.of[pair[0]])]
        persons = {person for person, _ in pairs}
        responses = {response for _, response in pairs}
        cells[row, column] = maker.persons(row, column, persons, responses, None)
    return cells
