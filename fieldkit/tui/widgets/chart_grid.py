"""The chart as a grid: a line for each person, a column for each evaluation question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from fieldkit.study.chart_sheet import SheetCell, SheetRow
from fieldkit.text import shortened, visible_line
from fieldkit.tui.widgets.chart_cell import Choices
from fieldkit.tui.widgets.keys import paste_into_screen, taken_by_screen

LABEL: Final = 9
"""Cells for the code of a person."""

COLUMN: Final = 5
"""Cells for an evaluation question, those between two columns included."""

STALE_SIGN: Final = "!"


class ChartGrid(Widget, can_focus=True):
    """The grid; only the rows and columns that are seen are drawn.

    `2f` is the second position on first-hand knowledge, `2f!` the same with other passages since; `·3`
    are three passages that nobody charted, `(2)` is another coder's cell; the one chosen stands in brackets.

    Attributes:
        row: line of the cell chosen.
        column: its column.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "chart-grid--head",
        "chart-grid--chosen",
        "chart-grid--wanting",
        "chart-grid--stale",
    }

    class Moved(Message):
        """Another cell was chosen with the mouse."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make it, empty."""
        super().__init__(id=id)
        self.row = 0
        self.column = 0
        self._rows: Sequence[SheetRow] = ()
        self._questions: Sequence[str] = ()
        self._signs: dict[str, str] = {}
        self._top = 0
        self._left = 0

    def show(self, rows: Sequence[SheetRow], questions: Sequence[str], choices: Choices) -> None:
        """Show lines; the cell chosen stays as near as it can.

        Args:
            rows: the lines.
            questions: the columns.
            choices: positions and bases, with the keys that stand for them.
        """
        self._rows, self._questions = rows, questions
        self._signs = {each: key for key, each, _ in choices}
        self.choose(self.row, self.column)

    def choose(self, row: int, column: int) -> None:
        """Choose a cell, the nearest there is, and bring it into view."""
        self.row = max(0, min(row, len(self._rows) - 1))
        self.column = max(0, min(column, len(self._questions) - 1))
        tall, wide = max(1, self.size.height - 1), self._columns_seen
        self._top = max(self.row - tall + 1, min(self._top, self.row))
        self._left = max(self.column - wide + 1, min(self._left, self.column))
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cell chosen in view."""
        self._top = min(self._top, max(0, len(self._rows) - self.size.height + 1))
        self._left = min(self._left, max(0, len(self._questions) - self._columns_seen))
        self.choose(self.row, self.column)

    def on_click(self, event: events.Click) -> None:
        """Choose the cell that was clicked."""
        if event.y > 0 and event.x >= LABEL:
            self.choose(self._top + event.y - 1, self._left + (event.x - LABEL) // COLUMN)
            self.post_message(self.Moved())

    def on_mouse_scroll_down(self) -> None:
        """The line below."""
        self.choose(self.row + 1, self.column)
        self.post_message(self.Moved())

    def on_mouse_scroll_up(self) -> None:
        """The line above."""
        self.choose(self.row - 1, self.column)
        self.post_message(self.Moved())

    async def _on_key(self, event: events.Key) -> None:
        if not await taken_by_screen(self, event):
            await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        paste_into_screen(self, event)

    def render_line(self, y: int) -> Strip:
        """Draw the heading, or a line."""
        base = self.rich_style
        columns = range(self._left, min(len(self._questions), self._left + self._columns_seen))
        at = self._top + y - 1
        if y == 0:
            more = "‹" if self._left else " "
            segments = [Segment(more.rjust(LABEL), base)]
            for column in columns:
                style = base + self._style("head") if column == self.column else base + Style(dim=True)
                segments.append(Segment(f" {self._questions[column]}"[:COLUMN].ljust(COLUMN), style))
            if columns and columns[-1] < len(self._questions) - 1:
                segments.append(Segment("›", base))
        elif at < len(self._rows):
            row = self._rows[at]
            label = shortened(visible_line(row.code), LABEL - 1, "…").ljust(LABEL)
            segments = [Segment(label, base + self._style("head") if at == self.row else base)]
            for column in columns:
                segments.append(self._drawn(row.cells[self._questions[column]], at, column, base))
        else:
            segments = []
        return Strip(segments).adjust_cell_length(self.size.width, base)

    @property
    def _columns_seen(self) -> int:
        return max(1, (self.size.width - LABEL) // COLUMN)

    def _drawn(self, cell: SheetCell, row: int, column: int, base: Style) -> Segment:
        sign = cell_sign(cell, self._signs)
        style = base
        if cell.stale:
            style += self._style("stale")
        elif cell.wanting:
            style += self._style("wanting")
        if (row, column) == (self.row, self.column):
            return Segment(f"[{sign.ljust(COLUMN - 2)}]", style + self._style("chosen"))
        return Segment(f" {sign}".ljust(COLUMN), style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"chart-grid--{name}", partial=True)


def cell_sign(cell: SheetCell, signs: dict[str, str]) -> str:
    """What the grid shows of a cell, three characters at the most.

    Args:
        cell: the cell.
        signs: position and basis to the key that stands for it.
    """
    own, others = cell.cell, cell.others
    if own is not None:
        position = signs.get(own.position, "?") if own.position is not None else "…"
        basis = signs.get(own.basis, "?") if own.basis is not None else ""
        return position + basis + (STALE_SIGN if cell.stale else "")
    if others is not None and others.position is not None:
        return f"({signs.get(others.position, '?')})"
    return f"·{min(len(cell.said), 99)}" if cell.said else ""
