"""How warm the cells of a table are: their share of n, or of the largest count, in quarters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fieldkit.findings.grouping import TOTAL
from fieldkit.findings.table import Table

SIGNS: Final = (" ", "░", "▒", "▓", "█")
"""The sign beside a figure, by quarters begun; nothing beside 0. It says the same as the colour does."""

NO_HEAT: Final = ("totals",)
"""Kinds of table whose figures cannot be compared with each other."""

NO_COUNT: Final = ("median", "shape")
"""Columns that hold no counts."""


def heat(table: Table) -> Mapping[tuple[str, str], int]:
    """The quarters that cells reach.

    Where cells have a denominator it is their share of it; in a table where none has one, such as one of
    passages, their share of the largest that is no total. Shares are compared as integers.

    Args:
        table: any table.

    Returns:
        (row id, column id) to 0 for none, 1 for up to a quarter, to 4 for more than three quarters;
        cells that are no counts are left out.
    """
    if table.what in NO_HEAT:
        return {}
    counts = {
        place: cell.value
        for place, cell in table.cells.items()
        if isinstance(cell.value, int) and place[1] not in NO_COUNT
    }
    shares = {place: n for place in counts if (n := table.cells[place].n)}
    if shares:
        return {place: _quarters(counts[place], n) for place, n in shares.items()}
    compared = {place: value for place, value in counts.items() if not _is_total(place)}
    most = max(compared.values(), default=0)
    return {place: _quarters(value, most) for place, value in compared.items()}


def sign(level: int | None) -> str:
    """The sign of a level; a blank where there is none."""
    return SIGNS[level or 0]


def _quarters(value: int, n: int) -> int:
    return min(4, -(-4 * value // n)) if n else 0


def _is_total(place: tuple[str, str]) -> bool:
    return any(end.partition(":")[0] in (TOTAL, "n") for end in place)
