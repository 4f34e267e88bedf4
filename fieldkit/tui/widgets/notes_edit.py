"""Edits of notes: undoing one gives lines back their words and their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.document._history import EditHistory
from textual.widgets import TextArea

from fieldkit.tui.widgets.notes_document import Marks, NotesDocument


@dataclass
class NotesEdit(Edit):
    """An edit that gives lines back their marks when it is undone or done again.

    Attributes:
        marks_after: the marks of the lines it leaves; None lets the document decide, the first time.
    """

    marks_after: Sequence[Marks] | None = None
    _marks_before: list[Marks] = field(init=False, default_factory=list)

    def do(self, text_area: TextArea, record_selection: bool = True) -> EditResult:
        """Do the edit, or do it again."""
        document = cast(NotesDocument, text_area.document)
        top = self.top[0]
        self._marks_before = document.marks[top : self.bottom[0] + 1]
        result = super().do(text_area, record_selection)
        rows = slice(top, result.end_location[0] + 1)
        if self.marks_after is None:
            self.marks_after = document.marks[rows]
        document.set_marks(rows, self.marks_after)
        return result

    def undo(self, text_area: TextArea) -> EditResult:
        """Take the edit back, marks and all."""
        result = super().undo(text_area)
        document = cast(NotesDocument, text_area.document)
        document.set_marks(slice(self.top[0], self.bottom[0] + 1), self._marks_before)
        return result


def marks_edit(row: int, mark: Marks, *, begun: int = 0) -> NotesEdit:
    """An edit that gives a line its mark.

    Args:
        row: the line.
        mark: its mark from now on.
        begun: characters at its beginning that are taken out, being no text any more.
    """
    return NotesEdit("", (row, 0), (row, begun), True, marks_after=[mark])


class NotesHistory(EditHistory):
    """What can be undone; a mark can, even where there are no words yet."""

    def record(self, edit: Edit) -> None:
        """Record an edit; one that changes marks alone is a step of its own."""
        if edit.text or edit.from_location != edit.to_location:
            super().record(edit)
            return
        self._undo_stack.append([edit])
        self._redo_stack.clear()
        self.checkpoint()
