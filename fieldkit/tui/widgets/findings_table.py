"""One table of findings, to move about in cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.coordinate import Coordinate
from textual.geometry import Size
from textual.widgets import DataTable
from textual.widgets.data_table import RowKey

from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.say import t
from fieldkit.text import visible_line
from fieldkit.tui.actions import own_keys
from fieldkit.tui.heat import heat, sign
from fieldkit.tui.literal import rich_lines, rich_literal

if TYPE_CHECKING:
    from rich.text import Text

LABEL_LEAST: Final = 24
"""Cells for the labels of rows at the least, where that is a third of the table: rows can be told apart."""

COLUMN_MOST: Final = 16
"""Cells for a column at the most; a longer heading is told whole below the table."""

FIGURE_MOST: Final = 26
"""Cells for what stands in a column at the most."""

HEADING_MOST: Final = 3
"""Rows over which headings are broken where that brings more columns into view."""

WARMTH: Final = ("findings--warmth-1", "findings--warmth-2", "findings--warmth-3", "findings--warmth-4")
"""Classes of the backgrounds of warm cells; the sign beside the figure says the same."""

SIGN: Final = 2
"""Cells for a blank and the sign of a cell's warmth."""


class FindingsTable(DataTable[object]):
    """A table of findings; its rows are labelled, and its labels stay in view."""

    # Else the table's own binding of Enter, which no footer shows, would stand before the screen's.
    BINDINGS: ClassVar[list[BindingType]] = own_keys("findings", "enter")
    COMPONENT_CLASSES: ClassVar[set[str]] = set(WARMTH)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make it, empty."""
        super().__init__(
            id=id,
            cursor_type="cell",
            fixed_columns=1,
            zebra_stripes=False,
            cursor_background_priority="css",
        )
        self._table: Table | None = None
        self._heat: Mapping[tuple[str, str], int] = {}
        self._drawn: tuple[int, int, tuple[int, ...], str] | None = None

    @property
    def table(self) -> Table | None:
        """The table that is shown."""
        return self._table

    def show(self, table: Table | None) -> None:
        """Show a table; the cursor stays where it was as far as the table has that place."""
        before, place = self._table, self.cursor_coordinate
        self._table = table
        self._heat = heat(table) if table is not None else {}
        if table is None:
            self.clear(columns=True)
            self._drawn = None
            return
        texts = table.grid()
        rows, widths = self._heading_rows(texts)
        needed = max(len(line[0]) for line in texts)
        sign = t("{n} columns ← →").format(n=len(widths)) if self._room(needed, widths) < 0 else ""
        label_width = max(
            self._least(max(needed, len(sign))), min(needed, self._place.width - self._taken(widths))
        )
        drawn = rows, label_width, tuple(widths), sign
        if before is not None and (before.columns, before.rows, self._drawn) == (
            table.columns,
            table.rows,
            drawn,
        ):
            self._show_changed(table, widths)
            return
        self._drawn = drawn
        self.clear(columns=True)
        self.header_height = rows
        self.add_column(rich_literal(sign), width=label_width)
        for column, width in zip(table.columns, widths, strict=True):
            self.add_column(_heading(column.label, width, rows), width=width)
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

    def on_mount(self) -> None:
        """Draw warm cells anew where the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._draw_anew)

    def on_resize(self, event: events.Resize) -> None:
        """Give the labels what room there is now."""
        if event.size.width and self._table is not None:
            self.show(self._table)

    def _draw_anew(self, _: object) -> None:
        self._drawn = None
        self.show(self._table)

    def _show_changed(self, table: Table, widths: list[int]) -> None:
        """Draw the figures that read otherwise than before, where all else is the same."""
        changed: set[RowKey] = set()
        for at, row in enumerate(table.rows):
            for column, figure in enumerate(self._figures(table, row, widths), 1):
                row_key, column_key = self.coordinate_to_cell_key(Coordinate(at, column))
                if self._data[row_key][column_key] != figure:
                    self._data[row_key][column_key] = figure
                    changed.add(row_key)
        if changed:
            self._draw_rows(changed)

    def _draw_rows(self, rows: Collection[RowKey]) -> None:
        """Draw some rows anew, where Textual draws a table whole for any cell of it that was changed."""
        for cells in list(self._cell_render_cache.keys()):
            if cells[0] in rows:
                self._cell_render_cache.discard(cells)
        for drawn in list(self._row_render_cache.keys()):
            if drawn[0] in rows:
                self._row_render_cache.discard(drawn)
        self._row_renderable_cache.clear()
        self._line_cache.clear()
        self.refresh()

    def _figures(self, table: Table, row: Heading, widths: list[int]) -> list[object]:
        figures: list[object] = []
        for column, width in zip(table.columns, widths, strict=True):
            cell = table.cells[row.id, column.id]
            level = self._heat.get((row.id, column.id))
            text = rich_literal(cell.text)
            # What stands behind a figure takes time to find, and behind most there is something.
            if not cell.value and not cell.responses:
                text.stylize("dim")
            room = width - SIGN if self._heat else width
            text.truncate(room, overflow="ellipsis")
            text.align("right", room)
            if self._heat:
                text.append(f" {sign(level)}", "dim")
            if level:
                text.stylize(self.get_component_rich_style(WARMTH[level - 1]))
            figures.append(text)
        return figures

    def _heading_rows(self, texts: list[list[str]]) -> tuple[int, list[int]]:
        """The fewest rows of headings with which all columns are in view, and the columns' widths."""
        sign = SIGN if self._heat else 0
        figures = [sign + max(len(line[at]) for line in texts[1:]) for at in range(1, len(texts[0]))]
        needed = max(len(line[0]) for line in texts)
        tried: list[list[int]] = []
        for rows in range(1, HEADING_MOST + 1):
            found = [
                max(min(FIGURE_MOST, figure), min(COLUMN_MOST, _narrowest(heading, rows)))
                for heading, figure in zip(texts[0][1:], figures, strict=True)
            ]
            if self._room(needed, found) >= 0:
                return rows, found
            tried.append(found)
        return tried.index(found) + 1, found

    def _room(self, needed: int, widths: list[int]) -> int:
        """Cells left by columns of these widths and the least labels; negative where some lie beyond."""
        return self._place.width - self._taken(widths) - self._least(needed)

    def _taken(self, widths: list[int]) -> int:
        padding = 2 * self.cell_padding
        rows = len(self._table.rows) if self._table is not None else 0
        bar = self.styles.scrollbar_size_vertical if rows + 1 >= self._place.height else 0
        return sum(width + padding for width in widths) + padding + bar

    @property
    def _place(self) -> Size:
        """The cells for the table, whether a scrollbar is among them now or not."""
        return Size(self.region.width - self.gutter.width, self.region.height - self.gutter.height)

    def _least(self, needed: int) -> int:
        return min(LABEL_LEAST, self._place.width // 3, needed)


def _narrowest(heading: str, rows: int) -> int:
    """The fewest cells in which a heading takes no more than some rows."""
    longest = max((len(word) for word in heading.split()), default=1)
    return next(width for width in range(longest, len(heading) + 2) if len(wrap(heading, width)) <= rows)


def _heading(label: str, width: int, rows: int) -> Text:
    """A heading over some rows, at the right, as its figures are; what does not fit is cut."""
    lines = wrap(visible_line(label), width)
    kept = [*lines[: rows - 1], " ".join(lines[rows - 1 :])] if len(lines) > rows else lines
    drawn = [rich_literal(line) for line in kept]
    for line in drawn:
        line.truncate(width, overflow="ellipsis")
        line.align("right", width)
    above: list[Text] = [rich_literal("")] * (rows - len(drawn))
    return rich_lines([*above, *drawn])
