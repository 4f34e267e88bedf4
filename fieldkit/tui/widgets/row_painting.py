"""A text area that draws anew only the rows that a key has changed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.document._document import EditResult, Selection
from textual.document._edit import Edit
from textual.reactive import Reactive, reactive
from textual.widgets import TextArea


class RowPainting(TextArea):
    """Textual's text area draws all of itself with each key, and all that lies under it.

    What changes its height, selects or undoes still draws all of it.
    """

    selection: Reactive[Selection] = reactive(Selection(), init=False, always_update=True, repaint=False)

    def edit(self, edit: Edit) -> EditResult:
        """Do an edit, and draw the rows of the lines it leaves."""
        height, blank = self.wrapped_document.height, self._blank
        result = super().edit(edit)
        if height != self.wrapped_document.height or blank != self._blank:
            self.refresh()
        else:
            top = self._row_of((edit.top[0], 0))
            last = result.end_location[0]
            bottom = self._row_of((last, len(self.document.get_line(last))))
            self.refresh_lines(top, bottom - top + 1)
        return result

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        super()._watch_selection(previous_selection, selection)
        if not (previous_selection.is_empty and selection.is_empty):
            self.refresh()
            return
        for cursor in {previous_selection.end, selection.end}:
            self.refresh_lines(self._row_of(cursor))

    def _undo_batch(self, edits: Sequence[Edit]) -> None:
        super()._undo_batch(edits)
        self.refresh()

    def _redo_batch(self, edits: Sequence[Edit]) -> None:
        super()._redo_batch(edits)
        self.refresh()

    @property
    def _blank(self) -> bool:
        return self.document.line_count == 1 and not self.document.get_line(0)

    def _row_of(self, location: tuple[int, int]) -> int:
        return self.wrapped_document.location_to_offset(location).y
