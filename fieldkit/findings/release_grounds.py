"""What of the grounds of findings may leave: whether saturation is reached, and what documents say.

How many interviews a question had is kept back with all other numbers of persons, since beside a table of
positions it could give away what that keeps back; so is the curve, in which each step is one interview. Of
interviews, and of groups, nothing is said for a finding: of a group of two a verdict tells what both hold.
"""

from __future__ import annotations

from dataclasses import replace

from fieldkit.findings.saturation import SHOWN_FROM
from fieldkit.findings.saturation_tables import INTERVIEWS, REACHED
from fieldkit.findings.table import Cell, Table
from fieldkit.findings.triangulation_tables import METHOD
from fieldkit.findings.words import say


def release_saturation(table: Table, language: str) -> Table | None:
    """A table of saturation by evaluation question as it may leave: reached, or not, or kept back.

    Args:
        table: one of `saturation_tables`.
        language: language of the words.

    Returns:
        The table without numbers; None of the tables by group and of the curve.
    """
    column = next((column for column in table.columns if column.id == REACHED), None)
    if column is None:
        return None
    cells = {}
    for row in table.rows:
        held, reached = table.cells[row.id, INTERVIEWS], table.cells[row.id, REACHED]
        if not isinstance(held.value, int) or held.value < SHOWN_FROM:
            told = say(language, "kept back")
        else:
            told = say(language, "not reached" if reached.value is None else "reached")
        cells[row.id, REACHED] = Cell(None, told, None, (), (), reached.trace)
    return replace(table, columns=[column], cells=cells)


def release_documents(table: Table, language: str) -> Table | None:
    """What a table says of methods other than interviews, which is of no person.

    Args:
        table: of `triangulation_table`, `evidence_table` or `gaps_table`.
        language: language of the words.

    Returns:
        The table with those columns alone; None where there are none.
    """
    columns = [column for column in table.columns if column.id.startswith(METHOD)]
    if not columns:
        return None
    rows = [
        row
        for row in table.rows
        if table.what != "gaps" or any(table.cells[row.id, column.id].text for column in columns)
    ]
    cells = {
        (row.id, column.id): replace(table.cells[row.id, column.id], persons=())
        for row in rows
        for column in columns
    }
    notes = [say(language, "note documents only")]
    return replace(table, columns=columns, rows=rows, cells=cells, notes=notes)
