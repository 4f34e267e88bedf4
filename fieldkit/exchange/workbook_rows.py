"""A worksheet that takes its rows whole: their XML is made here, a cell that recurs only once.

XlsxWriter passes each cell through a dozen calls, and takes a text between `<r>` and `</r>` for XML of its
own making. Rows that are written here are written once and in order, as its constant memory mode asks for;
cells have the same form that it gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from fieldkit.exchange.cells import Cell, workbook_text

_KEPT = 20_000
"""Most texts whose XML is kept, so that memory stays flat."""

_LONGEST_KEPT = 300
_OWN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_COLUMNS = tuple(
    (chr(64 + number // 26) if number >= 26 else "") + chr(65 + number % 26) for number in range(26 * 27)
)


class RowSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter carries no types
    """A worksheet with `write_cells`; in a workbook with constant memory only."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: dict[str, str] = {}

    def write_cells(
        self,
        row: int,
        cells: Iterable[Cell],
        style: Any = None,
        height: float | None = None,
        others: Any = None,
    ) -> None:
        """Write one row.

        Args:
            row: its number, counted from 0, higher than that of any row before.
            cells: text, numbers, and nothing; text is never a formula.
            style: a format of the workbook for all its cells, or None.
            height: in points; None where the program that opens it shall decide.
            others: a format for the cells after the first, where they have one of their own.
        """
        self._write_single_row(row)
        number = row + 1
        styled = f' s="{style._get_xf_index()}"' if style is not None else ""
        kept = self._texts
        pieces = []
        column = -1
        for column, cell in enumerate(cells):
            if column == 1 and others is not None:
                styled = f' s="{others._get_xf_index()}"'
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                inside = kept.get(cell) or self._text(cell)
                pieces.append(f'<c r="{_COLUMNS[column]}{number}"{styled} t="inlineStr">{inside}</c>')
            else:
                pieces.append(f'<c r="{_COLUMNS[column]}{number}"{styled}><v>{cell:.16g}</v></c>')
        if pieces or height is not None:
            self._check_dimensions(row, max(column, 0))
            self._check_dimensions(row, 0)
            tall = f' ht="{height:g}" customHeight="1"' if height is not None else ""
            self.fh.write(f'<row r="{number}"{tall}>{"".join(pieces)}</row>')

    def forget_texts(self) -> None:
        """Keep no text's XML: there are no rows to come in which it could recur."""
        self._texts.clear()

    def _text(self, text: str) -> str:
        shown = workbook_text(text)
        escaped = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if "_x" in escaped:
            escaped = _OWN_ESCAPE.sub("_x005F_", escaped)
        blank = ' xml:space="preserve"' if shown[:1].isspace() or shown[-1:].isspace() else ""
        inside = f"<is><t{blank}>{escaped}</t></is>"
        if len(text) <= _LONGEST_KEPT:
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            self._texts[text] = inside
        return inside
