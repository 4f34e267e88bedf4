"""A workbook being written: sheets of text and numbers, each of them marked, none with formulas."""

from __future__ import annotations

import contextlib
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from math import ceil
from pathlib import Path
from typing import Any

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.cells import Cell, workbook_text
from fieldkit.exchange.chart_scene import PALETTE
from fieldkit.exchange.errors import ExchangeError
from fieldkit.say import grouped, t
from fieldkit.storage.loading import no_collection

ROW_LIMIT = 1_048_576
"""Rows that a sheet can hold."""


LEDGER = "fieldkit"
"""The sheet, shown to nobody, in which a report keeps its numbers."""

AREA = "fieldkit_table_{number}"
"""Name of the figures of a table, by which they are found again."""

_WIDE = 60
_MEDIUM = 24
_NARROW = 10
_LETTER = 1
_LINE_HEIGHT = 15
_TALLEST = 405
_CHART_ROWS = 17
"""Rows that a chart covers."""

_FILLED = 0.9
"""What words fill of a line that is broken between them."""
_CHUNK = 30_000


class Sheet:
    """One sheet: rows go down one after the other, the marking first."""

    def __init__(self, book: Any, name: str, formats: dict[str, Any], marking: str) -> None:
        self.name = name
        self._book = book
        self._sheet = sheet = book.add_worksheet(name, _row_sheet())
        self._formats = formats
        self._row = 0
        self._widths = (_NARROW, _NARROW)
        self.line(marking, "marking")
        safe = workbook_text(marking).replace("&", "&&")[:200]
        sheet.set_header(f"&C{safe}")
        sheet.set_footer("&C&P / &N")
        sheet.set_landscape()
        sheet.set_paper(_LETTER)
        sheet.fit_to_pages(1, 0)

    @property
    def next_row(self) -> int:
        """Number of the row that comes next, counted from 0."""
        return self._row

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
                t("a sheet holds {row_limit} rows, and there are more; export to .csv instead").format(
                    row_limit=grouped(ROW_LIMIT)
                )
            )
        self._sheet.write_cells(self._row, cells, self._formats.get(style or ""))
        self._row += 1

    def link(self, sheet: str, about: str) -> None:
        """One row with a link to another sheet, and what is in that."""
        inside = sheet.replace("'", "''")
        self._sheet.set_row(self._row, self._height([sheet, about]))
        self._sheet.write_url(self._row, 0, f"internal:'{inside}'!A1", string=sheet)
        # XlsxWriter takes what begins like this for XML of its own making.
        told = f" {about}" if about.startswith("<r>") else about
        self._sheet.write_string(self._row, 1, workbook_text(told), self._formats["paragraph"])
        self._row += 1

    def wrapped(self, cells: Sequence[Cell]) -> None:
        """One row whose texts are broken over lines inside their cells; `widths` must have been set."""
        self._sheet.write_cells(self._row, cells, self._formats["paragraph"], self._height(cells))
        self._row += 1

    def figures(self, cells: Sequence[Cell], *, heading: bool = False) -> None:
        """One row of a table: its label, and its figures or their headings set to the right.

        Args:
            cells: the label, then the rest; texts are broken over lines.
            heading: whether it is the first row.
        """
        label, rest = ("heading", "heading right") if heading else ("paragraph", "figure")
        formats = self._formats
        self._sheet.write_cells(self._row, cells, formats[label], self._height(cells), formats[rest])
        self._row += 1

    def _height(self, cells: Sequence[Cell]) -> float:
        """The height of a row, which does not follow its texts by itself in every program that opens it."""
        first, others = self._widths
        lines = (
            ceil(len(cell) / ((others if number else first) * _FILLED))
            for number, cell in enumerate(cells)
            if isinstance(cell, str)
        )
        return min(_LINE_HEIGHT * max(1, *lines, 1), _TALLEST)

    def freeze(self) -> None:
        """Let all rows so far stay in sight, and stand on each printed page."""
        self._sheet.freeze_panes(self._row, 0)
        self._sheet.repeat_rows(0, self._row - 1)

    def stacked_bars(self, title: str, top: int, size: tuple[int, int]) -> None:
        """A chart of a table on this sheet: a bar for each of its columns, made of its rows.

        Args:
            title: what it shows.
            top: row of the table's heading.
            size: how many rows and columns of figures there are below and right of the headings.
        """
        rows, columns = size
        chart = self._book.add_chart({"type": "bar", "subtype": "stacked"})
        for row, colour in zip(range(top + 1, top + 1 + rows), cycle(PALETTE), strict=False):
            chart.add_series(
                {
                    "name": [self.name, row, 0],
                    "categories": [self.name, top, 1, top, columns],
                    "values": [self.name, row, 1, row, columns],
                    "fill": {"color": colour},
                    "border": {"color": "#FFFFFF"},
                }
            )
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"num_format": "0", "major_gridlines": {"visible": True}})
        self._insert(chart, title)

    def lines(self, title: str, top: int, size: tuple[int, int]) -> None:
        """A chart of a table on this sheet: a line for each of its columns, from row to row.

        Args:
            title: what it shows.
            top: row of the table's heading.
            size: how many rows and columns of figures there are below and right of the headings.
        """
        rows, columns = size
        chart = self._book.add_chart({"type": "line"})
        for column, colour in zip(range(1, 1 + columns), cycle(PALETTE), strict=False):
            chart.add_series(
                {
                    "name": [self.name, top, column],
                    "categories": [self.name, top + 1, 0, top + rows, 0],
                    "values": [self.name, top + 1, column, top + rows, column],
                    "line": {"color": colour, "width": 2.25 if column == 1 else 1.25},
                }
            )
        self._insert(chart, title)

    def _insert(self, chart: Any, title: str) -> None:
        """Put a chart below what there is so far, and go on below it."""
        chart.set_title({"name": workbook_text(title)[:250], "name_font": {"size": 10}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 620, "height": 320})
        self._sheet.insert_chart(self._row, 0, chart, {"description": workbook_text(title)[:250]})
        for _ in range(_CHART_ROWS):
            self.line()

    def table(
        self,
        heading: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        *,
        wide: Iterable[str] = (),
        medium: Iterable[str] = (),
    ) -> int:
        """A table with a heading that stays in sight and filters.

        Args:
            heading: names of the columns.
            rows: the rows below it.
            wide: names of the columns that hold sentences.
            medium: names of those that hold some words.

        Returns:
            How many rows were written.
        """
        widths = {**dict.fromkeys(medium, _MEDIUM), **dict.fromkeys(wide, _WIDE)}
        for column, name in enumerate(heading):
            self._sheet.set_column(
                column, column, widths.get(name, max(_NARROW, min(len(name) + 2, _MEDIUM)))
            )
        top = self._row
        self.row(heading, "heading")
        self.freeze()
        for row in rows:
            self.row(row)
        self._sheet.autofilter(top, 0, max(top, self._row - 1), len(heading) - 1)
        return self._row - top - 1

    def finish(self) -> None:
        """Let go of what was kept for rows to come."""
        self._sheet.forget_texts()

    def widths(self, first: int, others: int) -> None:
        """Set the width of the first column and of those after it, in characters."""
        self._widths = first, others
        self._sheet.set_column(0, 0, first)
        self._sheet.set_column(1, 40, others)


class Workbook:
    """The sheets of a workbook, all under one marking."""

    def __init__(self, book: Any, marking: str) -> None:
        self._book = book
        self._marking = marking
        self._sheet: Sheet | None = None
        self._formats = {
            "marking": book.add_format({"bold": True, "font_color": "#A00000"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "subtitle": book.add_format({"bold": True, "font_size": 11}),
            "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "paragraph": book.add_format({"text_wrap": True, "valign": "top"}),
            "heading right": book.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"}
            ),
            "figure": book.add_format({"text_wrap": True, "valign": "top", "align": "right"}),
            "note": book.add_format({"italic": True, "font_color": "#595959"}),
        }

    def sheet(self, name: str) -> Sheet:
        """Begin a sheet; the one before it is finished then."""
        if self._sheet is not None:
            self._sheet.finish()
        self._sheet = Sheet(self._book, name, self._formats, self._marking)
        return self._sheet

    def name_area(self, name: str, sheet: Sheet, top: int, size: tuple[int, int]) -> None:
        """Give an area a name that stays with it when rows are put in above it or the sheet is renamed.

        Args:
            name: the name.
            sheet: the sheet.
            top: its first row, counted from 0; its first column is the second of the sheet.
            size: how many rows and columns it has.
        """
        from xlsxwriter.utility import xl_range_abs

        rows, columns = size
        inside = sheet.name.replace("'", "''")
        self._book.define_name(name, f"='{inside}'!{xl_range_abs(top, 1, top + rows - 1, columns)}")

    def keep(self, name: str, text: str) -> None:
        """Keep a text for the program itself on a sheet that nobody is shown, a piece of it in each row."""
        sheet = self._book.add_worksheet(name)
        sheet.very_hidden()
        for row, start in enumerate(range(0, len(text), _CHUNK)):
            sheet.write_string(row, 0, text[start : start + _CHUNK])


def _row_sheet() -> type:
    # Not at the top: it imports XlsxWriter, which no command that writes no workbook shall wait for.
    from fieldkit.exchange.workbook_rows import RowSheet

    return RowSheet


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
        no_collection(),
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
                raise ExchangeError(
                    t("{target}: could not be written ({error}); nothing was kept").format(
                        target=target, error=error
                    )
                ) from error
            raise
