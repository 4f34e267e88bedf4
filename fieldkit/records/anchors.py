"""Where coded words stand in a later form of their text: found by content, never guessed in silence.

A passage is told by its text as it was, its place there, and its words. On the later text it is settled
only where exactly its words stand and nothing else could be meant by them; everything else is marked, so
that a person decides. How:

1. All of the text up to the end of the passage is unchanged: it stays at its place. All of the text from
   its start on is unchanged: it moved by the difference. A deletion of one of several like stretches, of
   which it could have been one, is for a person.
2. Else each place with the same words is held against the passage by what stands before and after it.
   One is taken only if it fits this passage better than any other place does, and no other passage of the
   old text with these words fits it as well.
3. Else the words around, and those left of it, tell by a comparison word by word (Ratcliff and Obershelp,
   as `difflib` has it) where it was changed. Where less than a third of it is left, it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final, Literal

AnchorState = Literal["exact", "moved", "changed", "ambiguous", "lost"]
"""exact: its words at its place; moved: its words elsewhere; changed: its words were edited; ambiguous: its
words stand in several places; lost: they are gone."""

Place = tuple[int, int]

_CONTEXT: Final = 200
_TELLING: Final = 8
"""Characters of like surroundings, or twice as many of its own, that tell it from a chance likeness."""

_MOST_PLACES: Final = 1_000
_MOST_PAIRS: Final = 1_000_000
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a passage stands in a later text.

    Attributes:
        start: first code point; of a lost passage, where it would stand.
        end: the code point after its last; equal to `start` where it is lost.
        state: how it was found.
        candidates: places to choose from, where it is ambiguous.
    """

    start: int
    end: int
    state: AnchorState
    candidates: tuple[Place, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether exactly its words stand there, so that nobody has to decide."""
        return self.state in ("exact", "moved")


class LaterText:
    """A text in its later form, held against what it was."""

    def __init__(self, before: str | None, after: str) -> None:
        """Compare two forms of a text.

        Args:
            before: the text that passages were coded on; None where it is not known here.
            after: the text as it is now.
        """
        self.before = before
        self.after = after

    def place(self, start: int, end: int, quote: str) -> Anchored:
        """Where a passage stands now.

        Args:
            start: its first code point in the text as it was.
            end: the code point after its last.
            quote: its words.
        """
        before, after = self.before, self.after
        if start >= end:
            at = min(start, len(after))
            return Anchored(at, at, "exact")
        if before is None or before[start:end] != quote:
            return self._by_words_alone(start, quote)
        if before == after:
            return Anchored(start, end, "exact")
        return (
            self._beside_the_change(start, end) or self._by_context(start, end) or self._by_edits(start, end)
        )

    def _by_words_alone(self, start: int, quote: str) -> Anchored:
        if not quote:
            return Anchored(min(start, len(self.after)), min(start, len(self.after)), "lost")
        if self.after.startswith(quote, start):
            return Anchored(start, start + len(quote), "exact")
        places = [(at, at + len(quote)) for at in _occurrences(self.after, quote)]
        if len(places) == 1:
            return Anchored(*places[0], "moved")
        if places:
            nearest = min(places, key=lambda place: abs(place[0] - start))
            return Anchored(*nearest, "ambiguous", tuple(places))
        at = min(start, len(self.after))
        return Anchored(at, at, "lost")

    @cached_property
    def _prefix(self) -> int:
        """Characters that both begin with."""
        return _common_start(self.before or "", self.after)

    @cached_property
    def _suffix(self) -> int:
        """Characters that both end with; may overlap those they begin with."""
        return _common_end(self.before or "", self.after)

    def _beside_the_change(self, start: int, end: int) -> Anchored | None:
        """The passage where all that changed lies after it, or all before it."""
        before, after = self.before or "", self.after
        grown = len(after) - len(before)
        if end <= self._prefix:
            found = Anchored(start, end, "exact")
        elif start >= len(before) - self._suffix:
            found = Anchored(start + grown, end + grown, "moved")
        else:
            return None
        first, last = max(len(after) - self._suffix, end + grown), min(self._prefix, start)
        if grown < 0 and first <= last:
            # What was deleted may have been the passage itself, of which there was another beside it.
            same = {(start, end), (start + grown, end + grown)}
            quote = before[start:end]
            places = sorted(place for place in same if place[0] >= 0 and after[slice(*place)] == quote)
            return Anchored(found.start, found.end, "ambiguous", tuple(places))
        return found

    def _by_context(self, start: int, end: int) -> Anchored | None:
        """The one place whose words and surroundings are those of the passage; None where there is none."""
        before, after = self.before or "", self.after
        quote = before[start:end]
        there = _occurrences(after, quote)
        rivals = _occurrences(before, quote)
        if not there or max(len(there), len(rivals)) > _MOST_PLACES:
            return None
        likeness = {at: self._likeness(start, at, len(quote)) for at in there}
        most = max(likeness.values())
        best = [at for at in there if likeness[at] == most]
        fitting = [
            at for at in best if not self._fits_another(start, at, len(quote), most, rivals, equal=False)
        ]
        if not fitting:
            return None
        at = min(fitting, key=lambda each: abs(each - start))
        certain = len(fitting) == 1 and not self._fits_another(
            start, at, len(quote), most, rivals, equal=True
        )
        alone = len(there) == len(rivals) == 1 and len(quote) >= 2 * _TELLING
        if certain and (alone or most >= _TELLING):
            return Anchored(at, at + len(quote), "exact" if at == start else "moved")
        return Anchored(
            at, at + len(quote), "ambiguous", tuple((each, each + len(quote)) for each in fitting)
        )

    def _fits_another(
        self, start: int, at: int, length: int, most: int, rivals: list[int], *, equal: bool
    ) -> bool:
        """Whether another passage with these words fits a place better, or where `equal` as well."""
        return any(
            rival != start and self._likeness(rival, at, length) >= most + (not equal) for rival in rivals
        )

    def _likeness(self, start: int, at: int, length: int) -> int:
        """Characters before and after that are the same; that both begin or end there counts as one."""
        before, after = self.before or "", self.after
        left = _common_end(before[max(start - _CONTEXT, 0) : start], after[max(at - _CONTEXT, 0) : at])
        right = _common_start(
            before[start + length : start + length + _CONTEXT], after[at + length : at + length + _CONTEXT]
        )
        edges = (left == start == at) + (start + length + right == len(before)) * (
            at + length + right == len(after)
        )
        return left + right + edges * _TELLING

    def _by_edits(self, start: int, end: int) -> Anchored:
        """The passage as it was edited, or where it was."""
        kept = [(a, b, n) for a, b, n in self._matches if start <= a and a + n <= end]
        left = max((b + n for a, b, n in self._matches if a + n <= start), default=0)
        words = [found.span() for found in _TOKEN.finditer(self.before or "", start, end)]
        size = sum(last - first for first, last in words)
        if not words or 3 * sum(n for _, _, n in kept) < size:
            return Anchored(left, left, "lost")
        right = min((b for a, b, n in self._matches if a >= end), default=len(self.after))
        first = kept[0][1] if kept[0][0] == words[0][0] else _skip_blanks(self.after, left)
        last = kept[-1][1] + kept[-1][2]
        if kept[-1][0] + kept[-1][2] != words[-1][1]:
            last = max(last, len(self.after[:right].rstrip()))
        state: AnchorState = (
            "ambiguous" if self.after[first:last] == (self.before or "")[start:end] else "changed"
        )
        return Anchored(first, last, state, ((first, last),) if state == "ambiguous" else ())

    @cached_property
    def _matches(self) -> list[tuple[int, int, int]]:
        """Words that stand in both, in order: where in the one, where in the other, how long."""
        before, after = self.before or "", self.after
        lines = [_lines(before), _lines(after)]
        found: list[tuple[int, int, int]] = []
        matcher = SequenceMatcher(
            None, [before[slice(*a)] for a in lines[0]], [after[slice(*b)] for b in lines[1]], autojunk=False
        )
        for kind, a_first, a_last, b_first, b_last in matcher.get_opcodes():
            if kind == "equal":
                for (a, a_end), (b, _) in zip(
                    lines[0][a_first:a_last], lines[1][b_first:b_last], strict=True
                ):
                    shift = b - a
                    found += [(s, s + shift, e - s) for s, e in _tokens(before, a, a_end)]
            elif kind == "replace":
                a_span = lines[0][a_first][0], lines[0][a_last - 1][1]
                b_span = lines[1][b_first][0], lines[1][b_last - 1][1]
                found += _word_matches(before, a_span, after, b_span)
        return found


def _word_matches(before: str, a_span: Place, after: str, b_span: Place) -> Iterator[tuple[int, int, int]]:
    ours, theirs = _tokens(before, *a_span), _tokens(after, *b_span)
    if len(ours) * len(theirs) > _MOST_PAIRS:
        return
    matcher = SequenceMatcher(
        None, [before[slice(*a)] for a in ours], [after[slice(*b)] for b in theirs], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            (a, a_end), (b, _) = ours[block.a + step], theirs[block.b + step]
            yield a, b, a_end - a


def _tokens(text: str, start: int, end: int) -> list[Place]:
    return [found.span() for found in _TOKEN.finditer(text, start, end)]


def _lines(text: str) -> list[Place]:
    """The lines with words; blank ones are all alike and tell nothing."""
    places, start = [], 0
    for line in text.split("\n"):
        if line and not line.isspace():
            places.append((start, start + len(line)))
        start += len(line) + 1
    return places


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _occurrences(text: str, words: str) -> list[int]:
    """Where words stand in a text, overlapping ones too, but no more than can be weighed."""
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) <= _MOST_PLACES:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _common_start(one: str, other: str) -> int:
    """How many characters both begin with."""
    known, limit = 0, min(len(one), len(other))
    while known < limit:
        middle = (known + limit + 1) // 2
        if one[known:middle] == other[known:middle]:
            known = middle
        else:
            limit = middle - 1
    return known


def _common_end(one: str, other: str) -> int:
    """How many characters both end with."""
    known, limit = 0, min(len(one), len(other))
    while known < limit:
        middle = (known + limit + 1) // 2
        if one[len(one) - middle : len(one) - known] == other[len(other) - middle : len(other) - known]:
            known = middle
        else:
            limit = middle - 1
    return known
