"""The notes under one item as a document: its lines are paragraphs, and each carries its mark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from textual.document._document import Document, EditResult, Location
from textual.document._edit import Edit
from textual.widgets import TextArea

from fieldkit.text import normalise, visible

PARAPHRASE = "paraphrase"
VERBATIM = "verbatim"

Mark = Mapping[str, Any]
"""All that a paragraph has beside its text: kind, offset_s, respondent, attribution and the like."""


class NotesDocument(Document):
    """Lines of notes, each with its mark; and the same lines as they are safe to draw.

    `replace_range` is the one door of typing, pasting, undo and redo. Through it marks follow their
    words: a split copies them, a join keeps the first, and words that are new are paraphrase.

    Attributes:
        marks: the mark of each line.
        shown: the same lines, character for character, with visible symbols in place of what a
            terminal would act on.
    """

    def __init__(
        self, paragraphs: Iterable[Mapping[str, Any]] = (), clock: Callable[[], float | None] | None = None
    ) -> None:
        """Make a document.

        Args:
            paragraphs: each with `text`, and its mark.
            clock: tells the seconds since the interview began, or None while it has not.
        """
        super().__init__("")
        self._clock = clock or (lambda: None)
        self.marks: list[Mark] = [{"kind": PARAPHRASE}]
        lines: list[str] = []
        marks: list[Mark] = []
        for paragraph in paragraphs:
            mark = {name: value for name, value in paragraph.items() if name != "text"}
            for line in normalise(str(paragraph.get("text", ""))).text.split("\n"):
                lines.append(line)
                marks.append({"kind": PARAPHRASE, **mark})
        if lines:
            self._lines, self.marks = lines, marks
        self.shown = Document("")
        self.shown._lines = [drawn(line) for line in self._lines]

    def paragraphs(self) -> list[dict[str, Any]]:
        """The notes as an answer keeps them; none where there are only blanks."""
        if not any(line.strip() for line in self._lines):
            return []
        return [{"text": line, **mark} for line, mark in zip(self._lines, self.marks, strict=True)]

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Put a text in place of a range; marks follow their words.

        Args:
            start: row and column, in code points.
            end: row and column, in code points.
            text: any text; it is brought into its stored form.

        Returns:
            Where the text put in ends, and what it replaced.
        """
        text = normalise(text).text
        # Deleting the last line asks for a line after it.
        start, end = sorted((min(start, self.end), min(end, self.end)))
        (top, left), (bottom, right) = start, end
        before = bool(self._lines[top][:left])
        after = bool(self._lines[bottom][right:])
        first, last = self.marks[top], self.marks[bottom]
        result = super().replace_range(start, end, text)
        self.shown.replace_range(start, end, drawn(text))
        rows = result.end_location[0] - top + 1
        if rows == 1:
            marks = [self._mark_of_one(first, last, before, after, same_row=top == bottom)]
        else:
            head = first if before or not after else self._fresh()
            tail = last if after else self._fresh()
            marks = [head, *(self._fresh() for _ in range(rows - 2)), tail]
        self.marks[top : bottom + 1] = marks
        return result

    def _mark_of_one(self, first: Mark, last: Mark, before: bool, after: bool, *, same_row: bool) -> Mark:
        if before:
            return first
        if after:
            return last
        if not same_row:
            return self._fresh()
        if first.get("offset_s") is None:
            return self._begun(first)
        return first

    def _fresh(self) -> Mark:
        return self._begun({"kind": PARAPHRASE})

    def _begun(self, mark: Mark) -> Mark:
        offset = self._clock()
        return mark if offset is None else {**mark, "offset_s": round(offset, 1)}


@dataclass
class NotesEdit(Edit):
    """An edit that gives lines back their marks when it is undone or done again.

    Attributes:
        marks_after: the marks of the lines it leaves; None lets the document decide, the first time.
    """

    marks_after: Sequence[Mark] | None = None
    _marks_before: list[Mark] = field(init=False, default_factory=list)

    def do(self, text_area: TextArea, record_selection: bool = True) -> EditResult:
        """Do the edit, or do it again."""
        marks = cast(NotesDocument, text_area.document).marks
        top = self.top[0]
        self._marks_before = marks[top : self.bottom[0] + 1]
        result = super().do(text_area, record_selection)
        rows = slice(top, result.end_location[0] + 1)
        if self.marks_after is None:
            self.marks_after = marks[rows]
        marks[rows] = self.marks_after
        return result

    def undo(self, text_area: TextArea) -> EditResult:
        """Take the edit back, marks and all."""
        result = super().undo(text_area)
        marks = cast(NotesDocument, text_area.document).marks
        marks[self.top[0] : self.bottom[0] + 1] = self._marks_before
        return result


def drawn(text: str) -> str:
    """A text as notes draw it: nothing a terminal would act on, a tab as a blank; one for one."""
    return visible(text).replace("\t", " ")
