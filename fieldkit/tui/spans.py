"""Words, sentences and paragraphs of a text, to select by; rows of it, to draw by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from rich.cells import cell_len, get_character_cell_size

Unit = Literal["word", "sentence", "paragraph", "letter"]
Span = tuple[int, int]
"""First code point, and the one after the last."""

_PATTERNS: Final[dict[Unit, re.Pattern[str]]] = {
    "word": re.compile(r"\w+(?:[’'\-]\w+)*"),
    "paragraph": re.compile(r"[^\n]+"),
    # A letter is what is seen as one: marks and joined signs stay with what they belong to.
    "letter": re.compile("[^\n](?:[\u0300-\u036f\u200d\ufe0f\U0001f3fb-\U0001f3ff]|(?<=\u200d)[^\n])*"),
}

# Closing quotes and brackets belong to the sentence they end; French sets a space before some.
_ENDS: Final = re.compile(r"[.!?…]++(?:[\u00a0\u202f ]?[»”\"')\]])*+")


class Units:
    """A text cut into the units of one kind."""

    def __init__(self, text: str, unit: Unit) -> None:
        """Cut a text."""
        spans = _sentences(text) if unit == "sentence" else (f.span() for f in _PATTERNS[unit].finditer(text))
        self.spans: list[Span] = [found for span in spans if (found := _trimmed(text, span)) is not None]
        self._starts = [start for start, _ in self.spans]

    def at(self, offset: int) -> Span | None:
        """The unit an offset lies in, else the one before it, else the first; None in an empty text."""
        if not self.spans:
            return None
        return self.spans[max(0, bisect_right(self._starts, offset) - 1)]

    def after(self, offset: int) -> Span | None:
        """The first unit that begins at an offset or after it."""
        place = bisect_right(self._starts, offset - 1)
        return self.spans[place] if place < len(self.spans) else None

    def before(self, offset: int) -> Span | None:
        """The last unit that begins before an offset."""
        place = bisect_right(self._starts, offset - 1) - 1
        return self.spans[place] if place >= 0 else None


def moved(units: Units, span: Span, step: int) -> Span:
    """The unit after (step 1) or before (step -1) a selection; itself where there is none."""
    found = units.after(span[1]) if step > 0 else units.before(span[0])
    return found or span


def grown(units: Units, span: Span, step: int) -> Span:
    """A selection with one more unit at its end, or (step -1) one less, but never none."""
    if step > 0:
        following = units.after(span[1])
        return (span[0], following[1]) if following else span
    last = units.before(span[1])
    previous = units.before(last[0]) if last else None
    return (span[0], previous[1]) if previous and previous[1] > span[0] else span


def wrapped(text: str, width: int) -> list[Span]:
    """The rows of a text that is drawn in a number of cells: broken at blanks where there are any.

    Args:
        text: the text as it is shown, one code point for each of the stored one.
        width: cells a row may take.

    Returns:
        For each row its span; the blank or newline it breaks at belongs to the row before.
    """
    rows: list[Span] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        narrow = cell_len(line) == len(line)
        while end - start > width or not narrow:
            cut = start + width if narrow else _fitting(text, start, end, width)
            if cut >= end:
                break
            blank = text.rfind(" ", start + 1, cut + 1)
            cut = blank + 1 if blank > 0 else cut
            rows.append((start, cut))
            start = cut
        rows.append((start, end))
        start = end + 1
    return rows


def tracks(spans: Sequence[Span], most: int) -> list[int]:
    """For each span a track, so that spans that overlap stand side by side as far as there are tracks.

    Args:
        spans: in the order of their starts.
        most: how many tracks there are.
    """
    ends: list[int] = []
    placed = []
    for start, end in spans:
        free = next((track for track, taken in enumerate(ends) if taken <= start), None)
        if free is None and len(ends) < most:
            free = len(ends)
            ends.append(end)
        track = most - 1 if free is None else free
        ends[track] = max(ends[track], end)
        placed.append(track)
    return placed


def _sentences(text: str) -> Iterator[Span]:
    """The sentences, with the blanks around them; a newline ends one too."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        for found in _ENDS.finditer(text, start, end):
            if found.end() == end or text[found.end()].isspace():
                yield start, found.end()
                start = found.end()
        yield start, end
        start = end + 1


def _trimmed(text: str, span: Span) -> Span | None:
    """A span without the blanks around it; None where there is nothing else."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _fitting(text: str, start: int, end: int, width: int) -> int:
    """Where a row of wide characters must end; after one character at the least."""
    taken = 0
    for place in range(start, end):
        taken += get_character_cell_size(text[place])
        if taken > width and place > start:
            return place
    return end
