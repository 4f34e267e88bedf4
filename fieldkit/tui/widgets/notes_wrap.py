"""Wrapping of notes that stays quick in a very long line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from rich.cells import cell_len
from textual._wrap import compute_wrap_offsets
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset, clamp

LONG_LINE = 2_000
"""Characters from which a line is wrapped again only where it changed."""

_PIECE = 4_096


class NotesWrap(WrappedDocument):
    """A wrapped view of lines without tabs.

    It wraps as its base class does. In a long line it wraps again only from the change to where the
    breaks agree with the former ones: wrapping is greedy, so from there on they all do. And a
    location outside the document is taken as the nearest one inside, because the text area asks for
    its old cursor's place while an edit is half done.
    """

    @property
    def height(self) -> int:
        """Rows of the wrapped text."""
        return len(self._offset_to_line_info)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap all lines to a width in cells; 0 for no wrapping."""
        super().wrap(width, tab_width)
        self._lengths = [len(line) for line in self.document.lines]

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap again after an edit, in the terms of the base class."""
        row = start[0]
        one_row = row == old_end[0] == new_end[0] and len(self._lengths) == self.document.line_count
        long = one_row and self._width and self._lengths[row] > LONG_LINE
        if not long or not self._wrap_within(row, start[1], old_end[1]):
            super().wrap_range(start, old_end, new_end)
        self._lengths = [len(line) for line in self.document.lines]

    def rows_of(self, line_index: int) -> list[tuple[int, int]]:
        """Start and end column of each row that a line takes."""
        offsets = self._wrap_offsets[line_index]
        return list(zip([0, *offsets], [*offsets, len(self.document[line_index])], strict=True))

    def row_at(self, y: int) -> tuple[int, int, int, bool] | None:
        """The line drawn in a row.

        Returns:
            Line index, start and end column, and whether it is the line's last row; None below all.
        """
        if not 0 <= y < len(self._offset_to_line_info):
            return None
        line_index, section = self._offset_to_line_info[y]
        offsets = self._wrap_offsets[line_index]
        start = offsets[section - 1] if section else 0
        if section < len(offsets):
            return line_index, start, offsets[section], False
        return line_index, start, len(self.document[line_index]), True

    def get_sections(self, line_index: int) -> list[str]:
        """The rows of a line, as texts."""
        line = self.document[line_index]
        return [line[start:end] for start, end in self.rows_of(line_index)]

    def location_to_offset(self, location: Location) -> Offset:
        """Where a location is drawn: cells from the left, rows from the top."""
        line_index = clamp(location[0], 0, len(self._wrap_offsets) - 1)
        line = self.document[min(line_index, self.document.line_count - 1)]
        column = clamp(location[1], 0, len(line))
        offsets = self._wrap_offsets[line_index]
        section = bisect_right(offsets, column)
        start = offsets[section - 1] if section else 0
        return Offset(cell_len(line[start:column]), self._line_index_to_offsets[line_index][section])

    def _wrap_within(self, row: int, column: int, old_end: int) -> bool:
        """Wrap one line again between the edit and the first break that stands as it stood."""
        line = self.document[row]
        old = self._wrap_offsets[row]
        shift = len(line) - self._lengths[row]
        # The row before the edited one may have room for a word that has become shorter.
        kept = old[: max(0, bisect_right(old, column) - 2)]
        former = [offset + shift for offset in old[bisect_left(old, old_end) :]]
        offsets = self._breaks_after(line, kept, old_end + shift, former)
        if offsets is None:
            return False
        self._wrap_offsets[row] = offsets
        self._move_rows(row, len(old) + 1, len(offsets) + 1)
        return True

    def _breaks_after(self, line: str, kept: list[int], settled: int, former: list[int]) -> list[int] | None:
        """All breaks, going on from those kept; None where a piece is too short to tell."""
        offsets = list(kept)
        known = set(former)
        while True:
            position = offsets[-1] if offsets else 0
            complete = position + _PIECE >= len(line)
            breaks = compute_wrap_offsets(line[position : position + _PIECE], self._width, self._tab_width)
            if not complete:
                # The piece may end inside a word, so its last break is not certain.
                breaks = breaks[:-1]
                if not breaks:
                    return None
            for offset in breaks:
                offsets.append(position + offset)
                if offsets[-1] >= settled and offsets[-1] in known:
                    return offsets + former[bisect_right(former, offsets[-1]) :]
            if complete:
                return offsets

    def _move_rows(self, row: int, old_height: int, new_height: int) -> None:
        if old_height == new_height:
            return
        top = self._line_index_to_offsets[row][0]
        self._offset_to_line_info[top : top + old_height] = [(row, section) for section in range(new_height)]
        self._line_index_to_offsets[row] = list(range(top, top + new_height))
        for later in range(row + 1, len(self._line_index_to_offsets)):
            self._line_index_to_offsets[later] = [
                offset + new_height - old_height for offset in self._line_index_to_offsets[later]
            ]
