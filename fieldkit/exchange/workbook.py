"""A workbook being written: sheets of text and numbers, each of them marked, none with formulas."""

from __future__ import annotations

import contextlib
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.cells import Cell, workbook_text
from fieldkit.exchange.errors import ExchangeError

ROW_LIMIT = 1_048_576
"""Rows that a sheet can hold."""

_WIDE = 60
_NARROW = 10


class Sheet:
    """One sheet: rows go down one after the other, the marking first."""

    def __init__(self, sheet: Any, formats: dict[str, Any], marking: str) -> None:
        self._sheet = sheet
        self._formats = formats
        self._row = 0
        self.line(marking, "marking")
        safe = workbook_text(marking).replace("&", "&&")[:200]
        sheet.set_header(f"&C{safe}")
        sheet.set_footer("&C&P / &N")
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def line(self, text: str = "", style: str | None = None) -> None:
        """One row with one text, which may run over the cells right of it."""
        self.row([text], style)

    def row(self, cells: Iterable[Cell], style: str | None = None) -> None:
        """One row of cells.

        Raises:
            ExchangeError: the sheet is full.
        """
        if self._row >= ROW_LIMIT:
            raise ExchangeError(
                f"a sheet holds {ROW_LIMIT:,} rows, and there are more; export to .csv instead"
            )
        style_of_row = self._formats.get(style or "")
        for column, cell in enumerate(cells):
            if isinstance(cell, bool | int | float):
                self._sheet.write_number(self._row, column, cell, style_of_row)
            elif cell:
                self._sheet.write_string(self._row, column, workbook_text(cell), style_of_row)
        self._row += 1

    def table(
        self, heading: Sequence[str], rows: Iterable[Sequence[Cell]], *, wide: Iterable[str] = ()
    ) -> int:
        """A table with a heading that stays in sight and filters.

        Args:
            heading: names of the columns.
            rows: the rows below it.
            wide: names of the columns that hold sentences.

        Returns:
            How many rows were written.
        """
        wide = frozenset(wide)
        for column, name in enumerate(heading):
            self._sheet.set_column(
                column, column, _WIDE if name in wide else max(_NARROW, min(len(name) + 2, 24))
            )
        top = self._row
        self.row(heading, "heading")
        self._sheet.freeze_panes(self._row, 0)
        for row in rows:
            self.row(row)
        self._sheet.autofilter(top, 0, max(top, self._row - 1), len(heading) - 1)
        return self._row - top - 1

    def widths(self, first: int, others: int) -> None:
        """Set the width of the first column and of those after it, in characters."""
        self._sheet.set_column(0, 0, first)
        self._sheet.set_column(1, 40, others)


class Workbook:
    """The sheets of a workbook, all under one marking."""

    def __init__(self, book: Any, marking: str) -> None:
        self._book = book
        self._marking = marking
        self._formats = {
            "marking": book.add_format({"bold": True, "font_color": "#A00000"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        }

    def sheet(self, name: str) -> Sheet:
        """Begin a sheet; the one before it is finished then."""
        return Sheet(self._book.add_worksheet(name), self._formats, self._marking)


@contextlib.contextmanager
def new_workbook(target: Path, *, marking: str, title: str, force: bool = False) -> Iterator[Workbook]:
    """Write a workbook, whole or not at all.

    Rows go to temporary files as they come, in a folder beside the target that only its owner can
    open, so that memory stays flat and nothing is left elsewhere.

    Args:
        target: the file.
        marking: what stands at the top of each sheet and each printed page.
        title: title of the document.
        force: replace a file that is there already.

    Yields:
        The workbook.

    Raises:
        ExchangeError: it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    with (
        whole_file(target, force=force) as file,
        tempfile.TemporaryDirectory(prefix=f".{target.name[:100]}.", dir=target.parent) as scratch,
    ):
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": scratch})
        try:
            book.set_properties({"title": workbook_text(title), "comments": workbook_text(marking)})
            yield Workbook(book, marking)
            book.close()
        except BaseException as error:
            # Closing lets go of its temporary files; what it writes is thrown away with the target.
            with contextlib.suppress(Exception), warnings.catch_warnings(action="ignore"):
                book.close()
            if isinstance(error, XlsxWriterException):
                raise ExchangeError(f"{target}: could not be written ({error}); nothing was kept") from error
            raise
