"""The notes under one item as a document: its lines are paragraphs, and each carries its mark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from textual.document._document import Document, EditResult, Location

from fieldkit.study.marks import OPENED_BY, PARAPHRASE, as_kept, is_marked, named_in
from fieldkit.text import normalise, visible

Marks = Mapping[str, Any]
"""All that a paragraph has beside its text: kind, offset_s, respondent, attribution and the like; and, while
it is typed, the quotation mark that made it verbatim."""


class NotesDocument(Document):
    """Lines of notes, each with its mark; and the same lines as they are safe to draw.

    `replace_range` is the one door of typing, pasting, undo and redo. Through it marks follow their
    words: a split copies them, a join keeps the first, and words that are new are paraphrase.

    Attributes:
        marks: the mark of each line; changed through `set_marks` only.
        marked: how often what marks say changed, so that what hangs on it is worked out only then.
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
        self.marks: list[Marks] = [{"kind": PARAPHRASE}]
        self.marked = 0
        lines: list[str] = []
        marks: list[Marks] = []
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
        """The notes as an answer keeps them; none where there are only blanks, and no mark says anything."""
        if not any(line.strip() for line in self._lines) and not (
            named_in(self.marks, "probe") or named_in(self.marks, "also_answers")
        ):
            return []
        return [
            as_kept({"text": line, **mark}) if OPENED_BY in mark else {"text": line, **mark}
            for line, mark in zip(self._lines, self.marks, strict=True)
        ]

    def set_marks(self, rows: slice, marks: Sequence[Marks]) -> None:
        """Put marks in place of those of some lines."""
        if _said(self.marks[rows]) != _said(marks):
            self.marked += 1
        self.marks[rows] = marks

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
        self.set_marks(slice(top, bottom + 1), marks)
        return result

    def _mark_of_one(self, first: Marks, last: Marks, before: bool, after: bool, *, same_row: bool) -> Marks:
        if before:
            return first
        if after:
            return last
        if not same_row:
            return self._fresh()
        if first.get("offset_s") is None:
            return self._begun(first)
        return first

    def _fresh(self) -> Marks:
        return self._begun({"kind": PARAPHRASE})

    def _begun(self, mark: Marks) -> Marks:
        offset = self._clock()
        return mark if offset is None else {**mark, "offset_s": round(offset, 1)}


def _said(marks: Sequence[Marks]) -> list[Marks]:
    """What marks say, without those that say nothing, and without when it was."""
    return [{**mark, "offset_s": None} for mark in marks if is_marked(mark)]


def drawn(text: str) -> str:
    """A text as notes draw it: nothing a terminal would act on, a tab as a blank; one for one."""
    return visible(text).replace("\t", " ")
