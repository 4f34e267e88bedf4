"""The signs of paragraphs: what a paragraph is, in the cells before its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.study.marks import FOLLOW_UP_SIGN, ITEM_SIGN, NOTE, PROBE_SIGN, VERBATIM, Numbered

SIGNS: Final[Mapping[str, str]] = {VERBATIM: "\u201c", NOTE: "*"}
"""The sign at the left of a paragraph of each kind; paraphrase has none."""

UNATTRIBUTED: Final = "\u00f8"
"""The sign of a paragraph that is not for attribution."""

GUTTER: Final = 2
"""Fewest cells at the left for the sign."""


def sign_of(paragraph: Mapping[str, Any], numbered: Numbered) -> str:
    """All signs of a paragraph: who speaks, attribution, kind, follow-up, probe, what else it answers.

    Args:
        paragraph: its fields.
        numbered: what numbers stand for.
    """
    follow_up = FOLLOW_UP_SIGN if paragraph.get("follow_up") else ""
    probe = _number(numbered.probes, paragraph.get("probe"))
    items = [_number(numbered.items, item) for item in paragraph.get("also_answers") or []]
    return "".join(
        [
            _number(numbered.speakers, paragraph.get("respondent")),
            _kind_sign(paragraph.get("kind"), paragraph.get("attribution")),
            follow_up,
            f"{PROBE_SIGN}{probe}" if probe else "",
            *(f"{ITEM_SIGN}{item}" for item in items if item),
        ]
    )


def reading_sign(kind: str | None, text: str, attribution: str | None = None) -> str:
    """The sign of a paragraph where it is read: none beside words that bring quotation marks of their own."""
    words = text.strip()
    quoted = any(words.startswith(first) and words.endswith(last) for first, last in ("“”", "«»", '""'))
    return _kind_sign(None if quoted and kind == VERBATIM else kind, attribution)


def _kind_sign(kind: str | None, attribution: str | None) -> str:
    """Whether it may be attributed, then its kind, next to the words."""
    return (UNATTRIBUTED if attribution == NO_ATTRIBUTION else "") + SIGNS.get(kind or "", "")


def _number(known: Mapping[int, str], wanted: str | None) -> str:
    if wanted is None:
        return ""
    return next((str(number) for number, each in known.items() if each == wanted), "")
