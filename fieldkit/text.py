"""Text from people and files: the form it is stored in, and the form it is safe to show in.

Stored text is exact but for three things: it is in Unicode normal form C, every line break is one
newline, and a lone surrogate (which no file can hold) is U+FFFD. Shown text replaces, one for one,
every character that a terminal would act on instead of drawing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import filterfalse
from typing import Literal

REPLACEMENT = "\ufffd"
"""What stands where a lone surrogate stood."""

ChangeKind = Literal["newline", "composed", "surrogate"]

# TextArea makes newlines of all of these, so the stored text has them as newlines from the start.
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPLIT_BREAK = re.compile("\r\n")

# No character below U+0300 joins the one before it, so composing never reaches over one.
# (Spelt so that no class holds the upper planes, which are slow to compile.)
_MAY_COMPOSE = re.compile("[\x20-\x84\x86-\u02ff]?[^\x00-\u02ff]+")
# No accent is a letter or a blank; Unicode itself asks for at most 30 on one letter (UAX 15).
_MANY_ACCENTS = re.compile(r"[^\w\s\x00-\x7f]{31,}")

# Embeddings, overrides and isolates can make a line read differently from what it says.
_BIDI_CONTROLS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = (0x00AD, 0x180E, 0x200B, 0x2060, *range(0x2061, 0x2065), 0xFEFF, *range(0xFFF9, 0xFFFC))
_TAGS = range(0xE0000, 0xE0080)


def _visible_symbols() -> dict[int, str]:
    symbols = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
    symbols[0x7F] = "\u2421"
    symbols |= dict.fromkeys(range(0x80, 0xA0), "\u2426")
    symbols |= dict.fromkeys(_BIDI_CONTROLS, "\u21c4")
    symbols |= dict.fromkeys(_INVISIBLE, "\u2423")
    symbols |= dict.fromkeys(_TAGS, "\u2423")
    symbols |= dict.fromkeys((0x2028, 0x2029), "\u2424")
    symbols |= dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)
    return symbols


_VISIBLE = _visible_symbols()
_VISIBLE_LINE = _VISIBLE | {0x09: " ", 0x0A: "\u21b5"}


@dataclass(frozen=True, slots=True)
class Change:
    """One way in which normalising altered a text.

    Attributes:
        kind: `newline` (another line break became a newline), `composed` (characters joined to
            normal form C) or `surrogate` (a lone surrogate became U+FFFD).
        offset: where it first happened, in code points of the original text.
        count: how often it happened.
    """

    kind: ChangeKind
    offset: int
    count: int


@dataclass(frozen=True)
class Normalised:
    """A text in its stored form, and the way back to where it came from.

    Attributes:
        original: the text as it came.
        text: the text as it is stored.
        changes: what was altered, one entry per kind, in the order of first occurrence.
    """

    original: str
    text: str
    changes: tuple[Change, ...]

    @cached_property
    def offsets(self) -> list[int]:
        """For each offset into the original (0 to its length, code points), the offset in `text`.

        An offset inside a run that became fewer characters maps to the end of what it became.
        """
        edits = [(found.start(), "\r\n", "\n") for found in _SPLIT_BREAK.finditer(self.original)]
        edits += _compositions(self.original)
        mapped = [0]
        for start, before, after in [*sorted(edits), (len(self.original), "", "")]:
            shift = mapped[-1] - (len(mapped) - 1)
            mapped.extend(range(len(mapped) + shift, start + 1 + shift))
            mapped.extend([mapped[-1] + len(after)] * len(before))
        return mapped


def decode(content: bytes, encoding: str) -> str:
    """Decode text that may hold surrogates, as programs write that think in UTF-16.

    Args:
        content: the bytes.
        encoding: `utf-8`, `utf-8-sig` or `utf-16`.

    Returns:
        The text; two surrogates that make a character together are that character, lone ones stay.

    Raises:
        UnicodeDecodeError: the bytes are not of that encoding in any other respect.
    """
    text = content.decode(encoding, "surrogatepass")
    if not _SURROGATES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def replace_surrogates(text: str) -> tuple[str, int]:
    """The text with U+FFFD for each lone surrogate, and how many there were."""
    return _SURROGATES.subn(REPLACEMENT, text)


def normalise(text: str) -> Normalised:
    """Bring a text into the form in which it is stored.

    Args:
        text: any string, lone surrogates included.

    Returns:
        The normalised text with its changes; `normalise(n.text).text == n.text` always holds.
    """
    if text.isascii() and not _LINE_BREAKS.search(text):
        return Normalised(text, text, ())
    changes = []
    surrogates = list(_SURROGATES.finditer(text))
    if surrogates:
        changes.append(Change("surrogate", surrogates[0].start(), len(surrogates)))
    breaks = list(_LINE_BREAKS.finditer(text))
    if breaks:
        changes.append(Change("newline", breaks[0].start(), len(breaks)))
    broken = _LINE_BREAKS.sub("\n", _SURROGATES.sub(REPLACEMENT, text))
    stored = _composed(broken)
    if stored != broken:
        places = [start for start, _, _ in _compositions(text)]
        changes.append(Change("composed", places[0], len(places)))
    return Normalised(text, stored, tuple(sorted(changes, key=lambda change: change.offset)))


def visible(text: str) -> str:
    """Make a text safe to show: each character a terminal would act on becomes a visible symbol.

    Newlines and tabs stay. The result has as many characters as the text, so offsets hold.

    Args:
        text: any string.

    Returns:
        The text to show.
    """
    return text.translate(_VISIBLE)


def visible_line(text: str) -> str:
    """As `visible`, for one line: a newline shows as a return sign and a tab as a blank."""
    return text.translate(_VISIBLE_LINE)


def shortened(text: str, most: int, dots: str = "...") -> str:
    """The text, or where it is longer than `most` characters its beginning and dots."""
    return text if len(text) <= most else f"{text[: most - len(dots)]}{dots}"


def fold(text: str) -> str:
    """Fold case and accents, for searching: `Établi` and `etabli` fold alike."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", _in_order(folded))))


def _compositions(text: str) -> Iterator[tuple[int, str, str]]:
    """The smallest runs that composing alters: where each starts, what it was and what it becomes."""
    for stretch in _MAY_COMPOSE.finditer(text):
        whole = _SURROGATES.sub(REPLACEMENT, stretch.group())
        if unicodedata.is_normalized("NFC", whole):
            continue
        start = stretch.start()
        for run in _runs(whole):
            composed = _composed(run)
            if composed != run:
                yield start, run, composed
            start += len(run)


def _runs(text: str) -> Iterator[str]:
    """The text in the smallest runs that compose on their own."""
    start, end = 0, 1
    while end < len(text):
        following = text[end]
        if not unicodedata.combining(following):
            run = text[start:end]
            if _composed(run + following) == _composed(run) + _composed(following):
                yield run
                start = end
        end += 1
    yield text[start:]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _in_order(text))


def _in_order(text: str) -> str:
    """The same text to Unicode, long runs of accents sorted: Python's own sorting of them is quadratic."""
    return _MANY_ACCENTS.sub(lambda found: _sorted_accents(found.group()), text)


def _sorted_accents(text: str) -> str:
    ordered: list[str] = []
    accents: list[str] = []
    for character in "".join(unicodedata.normalize("NFD", each) for each in text):
        if not unicodedata.combining(character):
            ordered += sorted(accents, key=unicodedata.combining)
            ordered.append(character)
            accents = []
        else:
            accents.append(character)
    return "".join(ordered + sorted(accents, key=unicodedata.combining))
