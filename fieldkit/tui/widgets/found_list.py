"""What a search found, a line each; only the lines that are seen are made, so that a key costs little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from fieldkit.study.search import Note, excerpt
from fieldkit.tui.literal import literal_line

_FOUND_STYLE = "bold underline"
_CODES = 8
"""Cells for the codes of those present."""


class FoundList(Widget):
    """The notes found, with the word among those around it, and a pointer at the one chosen."""

    @dataclass
    class Picked(Message):
        """A line was clicked."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # the name Textual gives it
        """Make the list, empty."""
        super().__init__(id=id)
        self._notes: Sequence[Note] = ()
        self._query = ""
        self._at = 0

    @property
    def chosen(self) -> Note | None:
        """The note that the pointer is at."""
        return self._notes[self._at] if self._notes else None

    def show(self, notes: Sequence[Note], query: str) -> None:
        """Show what a query found; the pointer goes to the first."""
        self._notes, self._query, self._at = notes, query, 0
        self.refresh()

    def move(self, by: int) -> None:
        """Move the pointer by so many lines, as far as there are any."""
        self._at = max(0, min(len(self._notes) - 1, self._at + by))
        self.refresh()

    def render(self) -> Content:
        """The lines that are seen."""
        first = self._first()
        seen = self._notes[first : first + max(1, self.size.height)]
        lines = [self._line(note, first + row == self._at) for row, note in enumerate(seen)]
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked."""
        at = self._first() + event.y
        if 0 <= at < len(self._notes):
            self._at = at
            self.refresh()
            self.post_message(self.Picked())

    def _first(self) -> int:
        """The first line that is seen: the pointer stays within a page."""
        page = max(1, self.size.height)
        return self._at // page * page

    def _line(self, note: Note, pointed: bool) -> Content:
        before, word, after = excerpt(note, self._query)
        pointer = "\u203a" if pointed else " "
        head = literal_line(f"{pointer} {note.codes:<{_CODES}} {note.number:>2}  {before}")
        room = max(0, self.size.width - len(head) - len(word))
        line = Content.assemble(head, literal_line(word).stylize(_FOUND_STYLE), literal_line(after[:room]))
        return line.stylize("bold") if pointed else line
