"""The words of a response, to read and to choose passages in; nothing can be typed into them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._wrap import compute_wrap_offsets
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fieldkit.records.responses import Paragraph
from fieldkit.say import mark, t
from fieldkit.text import visible_line
from fieldkit.tui.widgets.coding_marks import Marked, Passage
from fieldkit.tui.widgets.coding_units import Span
from fieldkit.tui.widgets.keys import taken_by_screen
from fieldkit.tui.widgets.notes_signs import GUTTER, reading_sign


@dataclass(frozen=True)
class Row:
    """One row on the screen.

    Attributes:
        first: where it begins in the marked text.
        last: where it ends there.
        sign: the sign of its paragraph's kind, on the paragraph's first row.
    """

    first: int
    last: int
    sign: str = ""


NO_WORDS: Final = mark("No words were noted: codes go to the value")


class PassageView(ScrollView, can_focus=True):
    """Paragraphs with their kinds, coded passages with their numbers, and the passage chosen.

    Coded words are underlined, those that several passages cover also bold; `[¹` and `¹]` say where
    each begins and ends.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "passage-view--sign",
        "passage-view--coded",
        "passage-view--overlap",
        "passage-view--chosen",
        "passage-view--kind",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make it, empty."""
        super().__init__(id=id)
        self._paragraphs: Sequence[Paragraph] = ()
        self._marked = Marked("", ())
        self._shown = ""
        self._rows: list[Row] = []
        self._chosen: Span | None = None
        self._width = 0
        self._breaks: dict[str, list[int]] = {}

    def show(self, paragraphs: Sequence[Paragraph], passages: Sequence[Passage]) -> None:
        """Show a text and its passages; nothing is chosen."""
        self._paragraphs = paragraphs
        self._marked = Marked("\n".join(paragraph.text for paragraph in paragraphs), passages)
        self._shown = visible_line(self._marked.shown)
        self._chosen = None
        self._lay_out()

    def choose(self, passage: Span | None) -> None:
        """Show which passage is chosen, and bring it into view; None is the whole response."""
        self._chosen = passage
        if passage is not None:
            first, last = self._marked.stretch(*passage)
            top, foot = self._row_of(first), self._row_of(max(first, last - 1))
            self.scroll_to_region(Region(0, top, 1, foot - top + 1), animate=False, immediate=True)
        self.refresh()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._lay_out()

    def action_page_down(self) -> None:
        """Go a page down, at once: gliding there draws a long text again for every step."""
        self.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Go a page up, likewise."""
        self.scroll_page_up(animate=False)

    async def _on_key(self, event: events.Key) -> None:
        if not await taken_by_screen(self, event):
            await super()._on_key(event)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width = self.size.width
        number = y + self.scroll_offset.y
        base = self.rich_style
        if not self._paragraphs:
            text = t(NO_WORDS) if number == 0 else ""
            return Strip([Segment(text, base + Style(dim=True))]).adjust_cell_length(width, base)
        if number >= len(self._rows):
            return Strip.blank(width, base)
        row = self._rows[number]
        sign = Segment(row.sign.ljust(GUTTER), base + self._style("kind"))
        return Strip([sign, *self._segments(row, base)]).adjust_cell_length(width, base)

    def _segments(self, row: Row, base: Style) -> list[Segment]:
        edges = {row.first, row.last}
        chosen = (0, 0) if self._chosen is None else self._marked.stretch(*self._chosen)
        signs = [span for span in self._marked.signs if span[0] < row.last and row.first < span[1]]
        coded = [span for span in self._marked.coded if span[0] < row.last and row.first < span[1]]
        for first, last in [chosen, *signs, *(span[:2] for span in coded)]:
            edges |= {edge for edge in (first, last) if row.first < edge < row.last}
        cuts = sorted(edges)
        segments = []
        for first, last in pairwise(cuts):
            style = base
            depth = next((span[2] for span in coded if span[0] <= first < span[1]), 0)
            if any(span[0] <= first < span[1] for span in signs):
                style += self._style("sign")
            elif depth:
                style += self._style("coded" if depth == 1 else "overlap")
            if chosen[0] <= first < chosen[1]:
                style += self._style("chosen")
            segments.append(Segment(self._shown[first:last], style))
        return segments

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"passage-view--{name}", partial=True)

    def _row_of(self, place: int) -> int:
        return max(0, bisect_right([row.first for row in self._rows], place) - 1)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width - GUTTER
        if width <= 0:
            # Hidden beside the list, it has no width yet: a row for each letter would take a second.
            self._rows = []
            return
        # A code given to a long document changes a paragraph or two: the others are wrapped already.
        known = self._breaks if width == self._width else {}
        self._width, self._breaks = width, {}
        rows: list[Row] = []
        begun = offset = 0
        for number, paragraph in enumerate(self._paragraphs):
            if number:
                rows.append(Row(begun - 1, begun - 1))
            offset += len(paragraph.text)
            # A passage may end with its paragraph: the sign that closes it stands before the break.
            last_paragraph = number == len(self._paragraphs) - 1
            end = len(self._shown) if last_paragraph else self._marked.place(offset)
            text = self._shown[begun:end]
            breaks = known[text] if text in known else compute_wrap_offsets(text, width, 1)
            self._breaks[text] = breaks
            sign = reading_sign(paragraph.kind, paragraph.text, paragraph.attribution)
            for first, last in zip([0, *breaks], [*breaks, len(text)], strict=True):
                rows.append(Row(begun + first, begun + last, "" if first else sign))
            begun, offset = end + 1, offset + 1
        self._rows = rows
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self.refresh()
