"""The first table of Findings: how many were asked, how many answered, how much is coded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from fieldkit.findings.later import LaterIds
from fieldkit.findings.table import NOBODY, Cell, Table
from fieldkit.findings.words import say as words
from fieldkit.say import language, mark, t

GAP = mark("gap")
"""What a cell says where the matrix wants answers of persons interviewed, and there is none."""

NOT_WANTED = "-"
"""What a cell says, as on the Desk, where the matrix does not ask and nobody spoke of it."""

LEGEND = mark(
    "answered/asked persons · coded passages; {gap}: to be asked, yet nobody interviewed answered; "
    "{not_wanted} not to be asked"
)
"""What the signs mean."""

_WANTED = ("X", "X facts", "X faits")


def overview(tables: Sequence[Table]) -> Table | None:
    """Coverage tables as one, each cell `answered/asked · coded passages`.

    The Desk counts who answered of those interviewed; here it is of those asked, and both say so.

    Args:
        tables: coverage tables, as `tabulate` returns them.

    Returns:
        The table; its cells carry the persons and the trace of who answered, and rest on all
        responses that they count. None where a table it is made of is missing.
    """
    measured = by_measure(tables)
    if not {"asked", "answered", "passages"} <= measured.keys():
        return None
    answered = measured["answered"]
    cells: dict[tuple[str, str], Cell] = {}
    for row in answered.rows:
        for column in answered.columns:
            group = column.id.rpartition(":")[0]
            asked, said, coded = (
                measured[each].cells[row.id, f"{group}:{each}"] for each in ("asked", "answered", "passages")
            )
            mark = measured["mark"].cells.get((row.id, f"{group}:mark")) if "mark" in measured else None
            cells[row.id, column.id] = Cell(
                value=said.value,
                text=_text(asked, said, coded, mark.text if mark else ""),
                n=said.n,
                responses=LaterIds(
                    partial(_responses_of, (asked, said, coded)),
                    some=any(cell.responses for cell in (asked, said, coded)),
                ),
                persons=said.persons,
                trace=said.trace,
            )
    return Table(
        what="coverage",
        title=t("Coverage: answered of asked · coded passages"),
        denominator=t(LEGEND).format(gap=t(GAP), not_wanted=NOT_WANTED),
        columns=answered.columns,
        rows=answered.rows,
        cells=cells,
        notes=[note for note in answered.notes if not note.startswith(NOBODY)],
        question=answered.question,
    )


def _responses_of(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(sorted({response for cell in cells for response in cell.responses}))


def by_measure(tables: Sequence[Table]) -> dict[str, Table]:
    """Coverage tables by what they count."""
    return {table.columns[0].id.rpartition(":")[2]: table for table in tables if table.columns}


def account(measured: Mapping[str, Table], row: str, column: str) -> str:
    """All that is counted in one cell of the overview, in words.

    Args:
        measured: the coverage tables by what they count.
        row: id of the row.
        column: id of the overview's column.
    """
    group = column.rpartition(":")[0]
    told = []
    for measure, table in measured.items():
        cell = table.cells.get((row, f"{group}:{measure}"))
        if cell is not None and cell.value is not None:
            told.append(f"{cell.value} {words(language(), measure)}")
    interviewed = measured["asked"].cells[row, f"{group}:asked"].n or 0
    if told:
        return t("{n} interviewed: {counts}").format(n=interviewed, counts=", ".join(told))
    return t("{n} interviewed").format(n=interviewed)


def _text(asked: Cell, answered: Cell, coded: Cell, mark: str) -> str:
    passages = f" ·{coded.value or 0:>3}"
    if asked.value and (answered.value or mark not in _WANTED):
        return f"{answered.value or 0}/{asked.value}{passages}"
    if mark in _WANTED and asked.n and not coded.value:
        return t(GAP)
    # The en dash of other tables is too like the sign for what is not to be asked.
    if coded.value:
        return f"0/0{passages}"
    return NOT_WANTED if mark == "-" else "0/0"
