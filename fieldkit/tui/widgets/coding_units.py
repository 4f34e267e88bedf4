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
_END: Final = re.compile(r"[.!?\u2026]+[\"'\u2019\u201d\u00bb)\]\s]*(?<=\s)")
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(\u00ab\u201c])(?:\w|mr|mrs|ms|dr|mme|mlle|no|st|ste|cf|vs|e\.g|i\.e|p\. ?ex"
    r"|approx|dept|dir|env|exec|gov|govt|min)\.\s*$",
    re.IGNORECASE,
)


def units(text: str, grain: Grain) -> list[Span]:
    """The units of a text, in order; punctuation around a word and blanks around anything are left out.

    Args:
        text: the text; paragraphs are its lines.
        grain: which units.
    """
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    if grain == "paragraph":
        found = lines
    elif grain == "sentence":
        found = [span for line in lines for span in _sentences(text, *line)]
    else:
        found = [match.span() for match in re.finditer(r"\S+", text)]
    trimmed = (_trim(text, start, end, words=grain == "word") for start, end in found)
    return [span for span in trimmed if span[0] < span[1]]


def beside(text: str, grain: Grain, passage: Span | None, direction: int) -> Span | None:
    """The unit that comes after (direction 1) or before (-1) the beginning of a passage.

    Without a passage it is the first or the last unit. Where there is none, None.
    """
    spans = units(text, grain)
    if passage is None:
        return (spans[0] if direction > 0 else spans[-1]) if spans else None
    if direction > 0:
        later = (s for s in spans if s[0] > passage[0] or (s[0] == passage[0] and s[1] < passage[1]))
        return next(later, None)
    return next((s for s in reversed(spans) if s[0] < passage[0]), None)


def widened(text: str, passage: Span | None) -> Span | None:
    """The next larger passage: word, sentence, paragraph, and then the whole response, which is None."""
    if passage is None:
        return beside(text, "word", None, 1)
    for grain in WIDER:
        over = [span for span in units(text, grain) if span[0] < passage[1] and passage[0] < span[1]]
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
    there = here + direction
    if grain == "character":
        # A line break at the end of a passage cannot be seen: the letter beyond it is meant.
        while 0 < there < len(text) and (
            not is_edge(text, there) or text[there - 1 if side == "end" else there] == "\n"
        ):
            there += direction
    else:
        edges = [span[0] if side == "start" else span[1] for span in units(text, grain)]
        at = bisect_right(edges, here) if direction > 0 else bisect_left(edges, here) - 1
        there = edges[at] if 0 <= at < len(edges) else here
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


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    begun = start
    for match in _END.finditer(text, start, end):
        after = text[match.end() : match.end() + 1]
        if after.islower() or _ABBREVIATED.search(text, max(0, match.start() - 12), match.end()):
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
