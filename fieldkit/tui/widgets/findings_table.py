"""One table of findings, to move about in cell by cell."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.tui.actions import own_keys
from fieldkit.tui.literal import rich_literal

LABEL_LEAST = 7
"""Cells for the labels of rows at the least: an evaluation question's number fits."""

COLUMN_MOST = 16
"""Cells for a column at the most; its heading is cut, and told whole below the table."""


class FindingsTable(DataTable[object]):
    """A table of findings; its rows are labelled, and its labels stay in view."""

    # Else the table's own binding of Enter, which no footer shows, would stand before the screen's.
    BINDINGS: ClassVar[list[BindingType]] = own_keys("findings", "enter")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make it, empty."""
        super().__init__(id=id, cursor_type="cell", fixed_columns=1, zebra_stripes=False)
        self._table: Table | None = None

    @property
    def table(self) -> Table | None:
        """The table that is shown."""
        return self._table

    def show(self, table: Table | None) -> None:
        """Show a table; the cursor stays where it was as far as the table has that place."""
        place = self.cursor_coordinate
        self._table = table
        self.clear(columns=True)
        if table is None:
            return
        texts = table.grid()
        widths = [
            min(COLUMN_MOST, max(len(line[column]) for line in texts))
            for column in range(1, len(table.columns) + 1)
        ]
        self.add_column("", width=self._label_width(texts, widths))
        for column, width in zip(table.columns, widths, strict=True):
            label = rich_literal(column.label)
            label.truncate(width, overflow="ellipsis")
            label.align("right", width)
            self.add_column(label, width=width)
        for row in table.rows:
            label = rich_literal("  " * row.level + row.label)
            label.truncate(self.ordered_columns[0].width, overflow="ellipsis")
            self.add_row(label, *self._figures(table, row, widths), height=1)
        if table.rows and table.columns:
            self.move_cursor(
                row=min(place.row, len(table.rows) - 1), column=min(max(1, place.column), len(table.columns))
            )

    def under_cursor(self) -> tuple[Heading, Heading, Cell] | None:
        """Row, column and cell that the cursor is on; None on a label or in an empty table."""
        table = self._table
        row, column = self.cursor_coordinate
        if table is None or column < 1 or row >= len(table.rows) or column > len(table.columns):
            return None
        found = table.rows[row], table.columns[column - 1]
        return (*found, table.cells[found[0].id, found[1].id])

    def validate_cursor_coordinate(self, value: Coordinate) -> Coordinate:
        """Keep the cursor off the labels."""
        row, column = super().validate_cursor_coordinate(value)
        return Coordinate(row, max(column, 1) if len(self.columns) > 1 else column)

    def on_resize(self, event: events.Resize) -> None:
        """Give the labels what room there is now."""
        if event.size.width and self._table is not None:
            self.show(self._table)

    def _figures(self, table: Table, row: Heading, widths: list[int]) -> list[object]:
        figures: list[object] = []
        for column, width in zip(table.columns, widths, strict=True):
            cell = table.cells[row.id, column.id]
            text = rich_literal(cell.text, "" if cell.responses or cell.value else "dim")
            text.truncate(width, overflow="ellipsis")
            text.align("right", width)
            figures.append(text)
        return figures

    def _label_width(self, texts: list[list[str]], widths: list[int]) -> int:
        """What the figures leave, but no more than the labels need."""
        padding = 2 * self.cell_padding
        taken = sum(width + padding for width in widths) + padding + self.scrollbar_size_vertical
        needed = max(len(line[0]) for line in texts)
        return max(LABEL_LEAST, min(needed, self.size.width - taken))
