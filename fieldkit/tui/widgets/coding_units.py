"""Words, sentences and paragraphs of a text, and passages made of them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, Literal

Grain = Literal["word", "sentence", "paragraph"]
Side = Literal["start", "end"]
Span = tuple[int, int]
"""First code point and the one after the last."""

WIDER: Final[tuple[Grain, ...]] = ("word", "sentence", "paragraph")

_JOINER: Final = "\u200d"
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
_LINE: Final = re.compile(r"[^\n]+")
_END: Final = re.compile(r"[.!?\u2026]+[\"'\u2019\u201d\u00bb)\]\s]*(?<=\s)")
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(\u00ab\u201c])(?:(?:[^\W\d_]\.-?)*[^\W\d_]|c\.-\u00e0-d|mr|mrs|ms|drs?|prof|mm|mmes?|mlles?|hon|st|ste|cf|vs"
    r"|e\.g|i\.e|p\.\s?ex|approx|dept|dir|env|exec|gov|govt|min)\.\s*$",
    re.IGNORECASE,
)
_BEFORE_NUMBER: Final = re.compile(
    r"(?:^|[\s(\u00ab\u201c])(?:nos?|arts?|figs?|ch|chap|sect?|vols?|tab|paras?|pp|al"
    r"|jan|feb|mar|apr|aug|sept?|oct|nov|dec|janv|f\u00e9vr|avr|juill|d\u00e9c)\.\s*$",
    re.IGNORECASE,
)
# A number of thousands is one word, though a narrow blank parts them.
_WORD: Final = re.compile(r"(?:\S|(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d)))+")
_REACH: Final = 400
"""Characters around a passage that are looked at first; farther off only where nothing is found."""


def units(text: str, grain: Grain, first: int = 0, last: int | None = None) -> list[Span]:
    """The units of a text, in order; punctuation around a word and blanks around anything are left out.

    Args:
        text: the text; paragraphs are its lines.
        grain: which units.
        first: where to begin: no unit may stand across it.
        last: where to end, likewise; None is the end of the text.
    """
    end = len(text) if last is None else last
    if grain == "word":
        found = [match.span() for match in _WORD.finditer(text, first, end)]
    else:
        found = [match.span() for match in _LINE.finditer(text, first, end)]
    if grain == "sentence":
        found = [span for line in found for span in _sentences(text, *line)]
    trimmed = (_trim(text, begun, ended, words=grain == "word") for begun, ended in found)
    return [span for span in trimmed if span[0] < span[1]]


def beside(text: str, grain: Grain, passage: Span | None, direction: int) -> Span | None:
    """The unit that comes after (direction 1) or before (-1) the beginning of a passage.

    Without a passage it is the first or the last unit. Where there is none, None.
    """
    if passage is None:
        at = 0 if direction > 0 else len(text)
        spans = next(filter(None, _units_around(text, grain, (at, at))), [])
        return (spans[0] if direction > 0 else spans[-1]) if spans else None
    for spans in _units_around(text, grain, passage):
        if direction > 0:
            found = (s for s in spans if s[0] > passage[0] or (s[0] == passage[0] and s[1] < passage[1]))
        else:
            found = (s for s in reversed(spans) if s[0] < passage[0])
        if (span := next(found, None)) is not None:
            return span
    return None


def widened(text: str, passage: Span | None) -> Span | None:
    """The next larger passage: word, sentence, paragraph, and then the whole response, which is None."""
    if passage is None:
        return beside(text, "word", None, 1)
    for grain in WIDER:
        spans = next(_units_around(text, grain, passage))
        over = [span for span in spans if span[0] < passage[1] and passage[0] < span[1]]
        if over:
            wider = (min(over[0][0], passage[0]), max(over[-1][1], passage[1]))
            if wider != passage:
                return wider
    return None


def extended(
    text: str, passage: Span, side: Side, grain: Grain | Literal["character"], direction: int
) -> Span:
    """A passage with one of its ends moved to the next end of a unit.

    Args:
        text: the text.
        passage: the passage.
        side: which end moves.
        grain: by what.
        direction: 1 towards the end of the text, -1 towards its beginning.

    Returns:
        The passage, never empty; as it was where the end cannot move.
    """
    start, end = passage
    here = start if side == "start" else end
    if grain == "character":
        there = here + direction
        # A line break at the end of a passage cannot be seen: the letter beyond it is meant.
        while 0 < there < len(text) and (
            not is_edge(text, there) or text[there - 1 if side == "end" else there] == "\n"
        ):
            there += direction
    else:
        there = _next_edge(text, grain, side, here, direction)
    moved = (there, end) if side == "start" else (start, there)
    return moved if 0 <= moved[0] < moved[1] <= len(text) else passage


def is_edge(text: str, at: int) -> bool:
    """Whether what is drawn as one character ends before an offset and another begins there."""
    if at <= 0 or at >= len(text):
        return 0 <= at <= len(text)
    before, after = text[at - 1], text[at]
    if before == _JOINER or after == _JOINER or ord(after) in _SKIN_TONES:
        return False
    if unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return False
    if ord(before) in _FLAG_LETTERS and ord(after) in _FLAG_LETTERS:
        first = at
        while first and ord(text[first - 1]) in _FLAG_LETTERS:
            first -= 1
        return (at - first) % 2 == 0
    return True


def _next_edge(text: str, grain: Grain, side: Side, here: int, direction: int) -> int:
    for spans in _units_around(text, grain, (here, here)):
        edges = [span[0] if side == "start" else span[1] for span in spans]
        at = bisect_right(edges, here) if direction > 0 else bisect_left(edges, here) - 1
        if 0 <= at < len(edges):
            return edges[at]
    return here


def _units_around(text: str, grain: Grain, passage: Span) -> Iterator[list[Span]]:
    """The units about a passage, then those of more and more of the text, at last of all of it.

    A key must not go through the whole of a long document for the word beside another.
    """
    reach = _REACH
    apart = " \n" if grain == "word" else "\n"
    while True:
        first, last = max(0, passage[0] - reach), min(len(text), passage[1] + reach)
        while first and text[first - 1] not in apart:
            first -= 1
        while last < len(text) and text[last] not in apart:
            last += 1
        yield units(text, grain, first, last)
        if (first, last) == (0, len(text)):
            return
        reach *= 8


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    begun = start
    for match in _END.finditer(text, start, end):
        after = text[match.end() : match.end() + 1]
        lookback = max(0, match.start() - 12)
        if after.islower() or _ABBREVIATED.search(text, lookback, match.end()):
            continue
        # What is nothing but a number says which item of a list begins.
        if text[begun : match.end()].strip(" \u00a0.").isdecimal():
            continue
        if after.isdigit() and _BEFORE_NUMBER.search(text, lookback, match.end()):
            continue
        yield begun, match.end()
        begun = match.end()
    yield begun, end


def _trim(text: str, start: int, end: int, *, words: bool) -> Span:
    def dropped(character: str) -> bool:
        return character.isspace() or (words and unicodedata.category(character)[0] == "P")

    while start < end and dropped(text[start]):
        start += 1
    while end > start and dropped(text[end - 1]):
        end -= 1
    return start, end
