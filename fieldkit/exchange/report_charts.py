"""The charts of a report, read off its tables, so that they show what the tables say."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from fieldkit.findings.grouping import TOTAL
from fieldkit.findings.saturation_tables import CURVE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldkit.findings.table import Table


@dataclass(frozen=True)
class Chart:
    """Bars made of parts, one bar for each group.

    Attributes:
        title: what it shows.
        parts: names of the parts, in their order.
        bars: name of each bar, and the count of each part in it.
    """

    title: str
    parts: tuple[str, ...]
    bars: tuple[tuple[str, tuple[int, ...]], ...]


def chart_of(table: Table) -> Chart | None:
    """The chart of a table of positions: a bar for each group with persons in it.

    Args:
        table: columns are groups, rows are positions; those for all are passed over.

    Returns:
        The chart; None where there is nobody to show, or a figure is kept back, so that its absence
        could be measured on the bars.
    """
    rows = [row for row in table.rows if row.id != TOTAL]
    bars = []
    for column in table.columns:
        if column.id == TOTAL:
            continue
        cells = [table.cells[row.id, column.id] for row in rows]
        if any(cell.value is None and cell.n != 0 for cell in cells):
            return None
        counts = tuple(_whole(cell.value) for cell in cells)
        if sum(counts):
            bars.append((column.label, counts))
    return Chart(table.title, tuple(row.label for row in rows), tuple(bars)) if bars else None


@dataclass(frozen=True)
class Curve:
    """How many codes there were after each interview.

    Attributes:
        label: the evaluation question, or the word for all.
        counts: the number after each.
    """

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Curves:
    """Curves of saturation, beside each other."""

    title: str
    curves: tuple[Curve, ...]


def curves_of(tables: Iterable[Table]) -> Curves | None:
    """The curves among tables of saturation; None where there are none."""
    for table in tables:
        columns = [column for column in table.columns if column.id.startswith(CURVE)]
        if columns:
            curves = (Curve(column.label, tuple(_counts(table, column.id))) for column in columns)
            return Curves(table.title, tuple(curves))
    return None


def told_bars(chart: Chart) -> str:
    """A chart of bars in words, for whoever does not see it."""
    return "; ".join(
        f"{label}: " + ", ".join(f"{part} {count}" for part, count in zip(chart.parts, counts, strict=True))
        for label, counts in chart.bars
    )


def told_curves(curves: Curves) -> str:
    """Curves in words, for whoever does not see them."""
    return "; ".join(f"{curve.label}: {', '.join(map(str, curve.counts))}" for curve in curves.curves)


def _counts(table: Table, column: str) -> Iterable[int]:
    values = (table.cells[row.id, column].value for row in table.rows)
    return (int(value) for value in values if value is not None)


def _whole(value: int | Fraction | None) -> int:
    return int(value or 0)
