"""Passages of a response and the signs that mark them in its text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

from fieldkit.records.codings import Coding

Place = Literal["words", "whole", "lost"]

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Passage:
    """A passage that carries codes.

    Attributes:
        number: its number among the response's passages, from 1.
        start: first code point.
        end: the code point after the last.
        place: words in the text, the whole response, or lost because the text was changed since.
        codings: what it carries, in order.
    """

    number: int
    start: int
    end: int
    place: Place
    codings: tuple[Coding, ...]

    @property
    def sign(self) -> str:
        """Its number as the text shows it."""
        return raised(self.number)


@dataclass(frozen=True)
class Mark:
    """A sign to put into a text before the character at an offset."""

    offset: int
    sign: str


class Marked:
    """A text with the signs of its passages put in, and the way from one to the other.

    Attributes:
        shown: the text with the signs; control characters are as they were.
        signs: where the signs stand in it, in order.
        coded: stretches of it that passages cover, in order, each with how many cover it.
    """

    def __init__(self, text: str, passages: Iterable[Passage]) -> None:
        """Mark a text."""
        passages = [passage for passage in passages if passage.place == "words"]
        found = marks(passages)
        self._offsets = [mark.offset for mark in found]
        self._widths = [0, *accumulate(len(mark.sign) for mark in found)]
        pieces: list[str] = []
        self.signs: list[tuple[int, int]] = []
        done = 0
        for at, mark in enumerate(found):
            pieces += [text[done : mark.offset], mark.sign]
            done = mark.offset
            self.signs.append((done + self._widths[at], done + self._widths[at + 1]))
        self.shown = "".join([*pieces, text[done:]])
        self.coded = self._covered(passages)

    def place(self, offset: int) -> int:
        """Where the character at an offset of the text stands among the signs."""
        return offset + self._widths[bisect_right(self._offsets, offset)]

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """The stretch from the first to the last character of a passage of the text."""
        if start >= end:
            return self.place(start), self.place(start)
        return self.place(start), self.place(end - 1) + 1

    def _covered(self, passages: Sequence[Passage]) -> list[tuple[int, int, int]]:
        steps: dict[int, int] = {}
        for passage in passages:
            first, last = self.stretch(passage.start, passage.end)
            steps[first] = steps.get(first, 0) + 1
            steps[last] = steps.get(last, 0) - 1
        covered, depth, before = [], 0, 0
        for at in sorted(steps):
            if depth:
                covered.append((before, at, depth))
            depth += steps[at]
            before = at
        return covered


def passages_of(text: str, codings: Iterable[Coding]) -> list[Passage]:
    """The passages of a response, in the order of the text; several codes on one make one passage."""
    at: dict[tuple[int, int], list[Coding]] = {}
    for coding in sorted(codings, key=lambda each: (each.start, -each.end)):
        at.setdefault((coding.start, coding.end), []).append(coding)
    return [
        Passage(number, start, end, _place(text, start, end, together), tuple(together))
        for number, ((start, end), together) in enumerate(at.items(), start=1)
    ]


def marks(passages: Iterable[Passage]) -> list[Mark]:
    """The signs for passages: `[¹` where the first begins, `¹]` where it ends.

    Where one ends and another begins, the end comes first; of two that begin together the longer
    one is opened first, and of two that end together the shorter one is closed first.
    """
    entries = []
    for passage in passages:
        length = passage.end - passage.start
        entries.append(((passage.start, 1, -length, passage.number), f"[{passage.sign}"))
        entries.append(((passage.end, 0, length, -passage.number), f"{passage.sign}]"))
    return [Mark(order[0], sign) for order, sign in sorted(entries)]


def raised(number: int) -> str:
    """A number in raised digits."""
    return str(number).translate(_RAISED)


def _place(text: str, start: int, end: int, codings: Sequence[Coding]) -> Place:
    quote = codings[0].quote
    if quote and text[start:end] != quote:
        return "lost"
    return "whole" if start == end or (start, end) == (0, len(text)) else "words"
