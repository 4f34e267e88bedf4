"""What was said to one item, with its coded passages, and a selection to code next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fieldkit.text import visible_line
from fieldkit.tui.actions import bindings
from fieldkit.tui.spans import Span, Unit, Units, grown, moved, tracks, wrapped
from fieldkit.tui.widgets.notes import SIGNS

MOST_TRACKS: Final = 3
"""Most codings that stand side by side at the left of a row."""


class PassageView(ScrollView, can_focus=True):
    """A text to select in by keys: by words, sentences, paragraphs or letters.

    At its left stand the numbers of the codings, on the row where their passage begins, and a line
    down the rows it goes on over; the words themselves are underlined. The selection is reversed.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("passage")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "passage--gutter",
        "passage--coded",
        "passage--marked",
        "passage--selected",
    }

    class Changed(Message):
        """Another passage, or another unit, is selected."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make it, empty."""
        super().__init__(id=id)
        self.unit: Unit = "sentence"
        self.span: Span = (0, 0)
        self.text = ""
        self._shown = ""
        self._units = Units("", "sentence")
        self._rows: list[Span] = []
        self._codings: list[Span] = []
        self._tracks: list[int] = []
        self._marked: int | None = None
        self._signs: dict[int, str] = {}

    def load(self, text: str, kinds: Sequence[str] = ()) -> None:
        """Show a text, its first unit selected.

        Args:
            text: the stored text, its paragraphs joined by newlines.
            kinds: the kind of each paragraph.
        """
        self.text = text
        self._shown = "\n".join(visible_line(line) for line in text.split("\n"))
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        self._signs = {start: SIGNS.get(kind, "") for start, kind in zip(starts, kinds, strict=False)}
        self._codings, self._tracks, self._marked = [], [], None
        self._units = Units(text, self.unit)
        self.span = self._units.after(0) or (0, 0)
        self._wrap()
        self.scroll_home(animate=False)
        self.post_message(self.Changed())

    def show_codings(self, spans: Sequence[Span], marked: int | None) -> None:
        """Show passages, in the order of their starts, one of them marked."""
        self._codings = list(spans)
        self._tracks = tracks(self._codings, MOST_TRACKS)
        self._marked = marked
        self._wrap()

    def action_unit(self, unit: Unit) -> None:
        """Select by another unit, from where the selection begins."""
        self.unit = unit
        self._units = Units(self.text, unit)
        self._select(self._units.at(self.span[0]) or self.span)

    def action_move(self, step: int) -> None:
        """Select the next unit, or the one before."""
        self._select(moved(self._units, self.span, step))

    def action_grow(self, step: int) -> None:
        """Take a unit more at the end, or one less."""
        self._select(grown(self._units, self.span, step))

    def action_move_row(self, step: int) -> None:
        """Select what stands a row below the selection's end, or above its beginning."""
        row = self._row_of(max(self.span[0], self.span[1] - 1) if step > 0 else self.span[0])
        column = self.span[0] - self._rows[self._row_of(self.span[0])][0] if self._rows else 0
        while 0 <= row + step < len(self._rows):
            row += step
            start, end = self._rows[row]
            found = self._units.at(min(start + column, max(start, end - 1)))
            if found is not None and found != self.span and (found[0] - self.span[0]) * step > 0:
                self._select(found)
                return

    def on_click(self, event: events.Click) -> None:
        """Select the unit clicked on."""
        row = event.y + self.scroll_offset.y
        if row < len(self._rows):
            start, end = self._rows[row]
            offset = min(max(start, start + event.x - self._gutter), max(start, end - 1))
            self._select(self._units.at(offset) or self.span)

    def on_resize(self) -> None:
        """Break the rows anew."""
        self._wrap()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        place = y + self.scroll_offset.y
        style = self.rich_style
        if place >= len(self._rows):
            return Strip.blank(self.size.width, style)
        start, end = self._rows[place]
        text = Text(self._shown[start:end].rstrip("\n"), end="", no_wrap=True)
        for number, (first, last) in enumerate(self._codings):
            name = "passage--marked" if number == self._marked else "passage--coded"
            self._stylize(text, name, (first, last), start)
        self._stylize(text, "passage--selected", self.span, start)
        gutter = Segment(self._gutter_text(place), style + self.get_component_rich_style("passage--gutter"))
        words = Strip(text.render(self.app.console), cell_length=text.cell_len)
        words = words.extend_cell_length(max(0, self.size.width - self._gutter), style)
        return Strip.join([Strip([gutter], cell_length=self._gutter), words]).apply_style(style)

    @property
    def _gutter(self) -> int:
        return 2 + 2 * (max(self._tracks, default=-1) + 1)

    def _gutter_text(self, place: int) -> str:
        start, end = self._rows[place]
        signs = [" "] * (max(self._tracks, default=-1) + 1)
        for number, ((first, last), track) in enumerate(zip(self._codings, self._tracks, strict=True), 1):
            if start <= first < max(end, start + 1):
                signs[track] = str(number) if number < 10 else "+"
            elif first < start < last and signs[track] == " ":
                signs[track] = "│"
        return f"{self._signs.get(start, ''):<1}" + "".join(f" {sign}" for sign in signs) + " "

    def _stylize(self, text: Text, name: str, span: Span, start: int) -> None:
        first, last = max(0, span[0] - start), min(len(text), span[1] - start)
        if first < last:
            text.stylize(self.get_component_rich_style(name, partial=True), first, last)

    def _select(self, span: Span) -> None:
        self.span = span
        self._show_selection()
        self.refresh()
        self.post_message(self.Changed())

    def _show_selection(self) -> None:
        first, last = self._row_of(self.span[0]), self._row_of(max(self.span[0], self.span[1] - 1))
        height = min(last - first + 1, max(1, self.size.height))
        self.scroll_to_region(Region(0, first, 1, height), animate=False)

    def _row_of(self, offset: int) -> int:
        """The row an offset stands in."""
        low, high = 0, max(0, len(self._rows) - 1)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._rows[middle][0] <= offset else (low, middle - 1)
        return low

    def _wrap(self) -> None:
        width = max(8, self.size.width - self._gutter - self.scrollbar_size_vertical)
        self._rows = wrapped(self._shown, width) if self.text else []
        self.virtual_size = Size(0, len(self._rows))
        self.refresh()
