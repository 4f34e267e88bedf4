"""Where the positions of another program's codings stand in a text as it is stored here.

The format counts Unicode characters from 0. Programs differ all the same in whether a Windows line
break is one or two of them, and whether a character beyond the basic plane is; most write beside the
positions the words that they mean, and these decide.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fieldkit.text import normalise

_COMPARED = 100

_Reading = Callable[[int], int]
"""From a position as a file has it to one in the text as the file has it."""


@dataclass(frozen=True)
class Claim:
    """What a file says of a passage: its positions, and how its words begin, where it tells."""

    start: int
    end: int
    words: str


class Placed:
    """A text of another program in its stored form.

    Attributes:
        text: the text.
        altered: whether it counts in another way than the format has it.
    """

    def __init__(self, original: str, claims: Sequence[Claim]) -> None:
        """Find out how the file counts in this text.

        Args:
            original: the text as the file has it, without a byte order mark.
            claims: what the file says of its passages.
        """
        stored = normalise(original)
        self.text = stored.text
        self._length = len(original)
        self._offsets = stored.offsets if stored.text != original else None
        readings = _readings(original)
        best = readings[0]
        if len(readings) > 1:
            best = max(readings, key=lambda reading: _agreement(original, reading, claims))
        self.altered = best is not readings[0]
        self._reading = best

    def passage(self, claim: Claim) -> tuple[int, int] | None:
        """Start and end in `text`, or None where they are not in it."""
        start, end = self._reading(claim.start), self._reading(claim.end)
        if not 0 <= start <= end <= self._length:
            return None
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end]


def _readings(original: str) -> list[_Reading]:
    """The ways to count that make a difference in this text, the format's own first."""
    readings: list[_Reading] = [lambda position: position]
    breaks = _places(original, "\r\n")
    if breaks:
        readings.append(_fewer(breaks))
    if not original.isascii() and max(original) > "\uffff":
        wide = [place for place, character in enumerate(original) if character > "\uffff"]
        readings.append(_more(wide))
        if breaks:
            joined = original.replace("\r\n", "\n")
            within = [place for place, character in enumerate(joined) if character > "\uffff"]
            one, two = _fewer(breaks), _more(within)
            readings.append(lambda position: one(two(position)))
    return readings


def _fewer(breaks: list[int]) -> _Reading:
    """Of a file that counts a Windows line break as one character."""
    counted = [place - number for number, place in enumerate(breaks)]
    return lambda position: position + bisect_left(counted, position)


def _more(wide: list[int]) -> _Reading:
    """Of a file that counts a character beyond the basic plane as two."""
    counted = [place + number for number, place in enumerate(wide)]
    return lambda position: position - bisect_left(counted, position)


def _places(text: str, sought: str) -> list[int]:
    found, at = [], text.find(sought)
    while at >= 0:
        found.append(at)
        at = text.find(sought, at + len(sought))
    return found


def _agreement(original: str, reading: _Reading, claims: Sequence[Claim]) -> tuple[int, int]:
    """For how many passages a way to count finds the words the file tells, and finds any place at all."""
    words, places = 0, 0
    for claim in claims:
        start, end = reading(claim.start), reading(claim.end)
        if 0 <= start <= end <= len(original):
            places += 1
            told = " ".join(claim.words[:_COMPARED].split())
            found = " ".join(original[start : min(end, start + 2 * _COMPARED)].split())
            words += bool(told) and found.startswith(told)
    return words, places
