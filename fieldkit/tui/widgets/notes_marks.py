"""Marks made by the keys that are typed at the start of a paragraph; never by what is pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.study.marks import Mark, Numbered, Reading, read_character, with_mark, without_last_mark
from fieldkit.tui.widgets.notes_edit import marks_edit

if TYPE_CHECKING:
    from fieldkit.tui.widgets.notes import Notes


class MarkKeys:
    """Reads the keys typed in notes for marks.

    Attributes:
        numbered: what the numbers after signs stand for.
        remark: why the last key made no mark where it looked like one, or None.
    """

    def __init__(self, notes: Notes) -> None:
        """Read for a widget."""
        self.numbered = Numbered()
        self.remark: str | None = None
        self._notes = notes
        self._row = 0
        self._begun = ""
        self._last = ""
        self._before: dict[str, Any] = {}

    def take(self, character: str) -> bool:
        """Read a character typed, a line break among them.

        Returns:
            Whether it was dealt with; else it is text like any other.
        """
        self.remark = None
        if not self._at_start():
            self.forget()
            return False
        again = character
        while again:
            reading = read_character(self._begun, self._last, again, self.numbered)
            again = self._apply(reading)
        return True

    def finish(self) -> None:
        """Complete a number that is typed: nothing more comes to it."""
        if self._begun and self._at_start():
            reading = read_character(self._begun, "", "\n", self.numbered)
            if reading.mark is not None:
                self._make(reading.mark)
        self.forget()

    def take_back(self) -> bool:
        """Take back the last mark of the paragraph that the cursor is at the start of; whether it had one."""
        row, column = self._notes.cursor_location
        if self._begun:
            # A character of it is deleted, as any other.
            self._begun = self._begun[:-1]
            return False
        self.forget()
        if column or not self._notes.selection.is_empty:
            return False
        mark = without_last_mark(self._notes.marks[row])
        if mark is None:
            return False
        self._notes.edit(marks_edit(row, mark))
        return True

    def forget(self) -> None:
        """Begin afresh: what was typed so far is text."""
        self._begun = self._last = ""

    def _at_start(self) -> bool:
        """Whether the cursor stands where a mark may be typed; what was begun elsewhere is forgotten."""
        row, column = self._notes.cursor_location
        begun = self._begun
        if (
            row != self._row
            or column != len(begun)
            or not self._notes.document.get_line(row).startswith(begun)
        ):
            self.forget()
        self._row = row
        return column == len(self._begun) and self._notes.selection.is_empty

    def _apply(self, reading: Reading) -> str:
        """Do what a reading says.

        Returns:
            The character that is to be read once more, or nothing.
        """
        begun, notes = self._begun, self._notes
        self.remark = reading.remark or self.remark
        if reading.mark is not None:
            self._make(reading.mark, reading.last)
        elif reading.doubled:
            notes.edit(marks_edit(self._row, self._before))
        # What was begun stands there as text already.
        more = (reading.begun or reading.text)[len(begun) :] if reading.mark is None else ""
        if more:
            notes.type_text(more)
        self._begun, self._last = reading.begun, reading.last
        return reading.again

    def _make(self, mark: Mark, sign: str = "") -> None:
        self._before = dict(self._notes.marks[self._row])
        marked = with_mark(self._before, mark, sign)
        self._notes.edit(marks_edit(self._row, marked, begun=len(self._begun)))
