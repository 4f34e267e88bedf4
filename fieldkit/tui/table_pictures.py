"""The picture of a table of findings: what stands in the row under the cursor, drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from textual.content import Content

from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.say import t, tn
from fieldkit.tui.heat import DISTANCES, NO_COUNT
from fieldkit.tui.literal import phrase
from fieldkit.tui.pictures import Bar, bars, columns


def picture(
    table: Table,
    place: tuple[Heading, Heading],
    curves: Mapping[str, Sequence[int]],
    size: tuple[int, int],
) -> list[Content]:
    """Draw what the cursor is on: a curve of saturation, else bars along the row, or down a column of totals.

    Args:
        table: the table.
        place: the row and the column under the cursor.
        curves: those of a table of saturation, by row.
        size: cells for a line, and lines.

    Returns:
        The lines; none where there is nothing to draw.
    """
    width, height = size
    row, column = place
    if row.id in curves:
        return _curve(curves[row.id], width, height)
    if table.what == "totals":
        found = [(each.label, table.cells[each.id, column.id]) for each in table.rows]
    else:
        found = [
            (each.label, table.cells[row.id, each.id]) for each in table.columns if each.id not in NO_COUNT
        ]
        if any(cell.n is not None for _, cell in found):
            found = [(label, cell) for label, cell in found if cell.n is not None]
    if table.what == DISTANCES:
        return bars([_part(label, cell) for label, cell in found if cell.value is not None], width)[:height]
    most = max((Fraction(cell.value) for _, cell in found if cell.value is not None), default=Fraction(0))
    if not any(cell.value is not None for _, cell in found):
        return []
    shares = table.what != "totals"
    return bars([_bar(label, cell, most, shares=shares) for label, cell in found], width)[:height]


def _bar(label: str, cell: Cell, most: Fraction, *, shares: bool) -> Bar:
    if cell.value is None:
        return Bar(label, None, cell.text)
    if shares and cell.n:
        return Bar(label, Fraction(cell.value) / cell.n, t("{n} of {all}").format(n=cell.value, all=cell.n))
    return Bar(label, Fraction(cell.value) / most if most else Fraction(0), cell.text)


def _part(label: str, cell: Cell) -> Bar:
    """A bar of a figure that is a share itself."""
    return Bar(label, Fraction(cell.value or 0), cell.text)


def _curve(curve: Sequence[int], width: int, height: int) -> list[Content]:
    if not curve:
        return [phrase("[dim]Fewer than six interviews: nothing is said of saturation[/]")]
    told = tn(
        "Codes after each interview, in their order: {n} interview",
        "Codes after each interview, in their order: {n} interviews",
        len(curve),
    ).format(n=len(curve))
    return [phrase("[dim]$told[/]", told=told), *columns(curve, max(1, height - 1), width)]
