"""A coding that waits for a decision: the words it was given to, beside those it would stand on now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from textual.content import Content

from fieldkit.say import mark, t
from fieldkit.tui.literal import literal, phrase

if TYPE_CHECKING:
    from fieldkit.study.anchoring import Waiting
    from fieldkit.tui.widgets.coding_units import Span

STATES: Final[Mapping[str, str]] = {
    "changed": mark("its words were changed"),
    "ambiguous": mark("its words stand in several places, or beside what is gone"),
    "lost": mark("its words are gone"),
}
"""Why a person has to decide."""

AROUND: Final = 400
"""Characters before and after the words that are shown with them."""


def places_of(waiting: Waiting) -> list[Span]:
    """Where the coding may stand: none where its words are gone."""
    found = waiting.anchored
    if found.state == "lost":
        return []
    return list(found.candidates) or [(found.start, found.end)]


def waiting_text(waiting: Waiting, code: str, at: int) -> Content:
    """All that is to be known for the decision.

    Args:
        waiting: the coding.
        code: the code's name.
        at: which of the places it may stand in is shown, from 0.
    """
    places = places_of(waiting)
    found = waiting.anchored
    start, end = places[at] if places else (found.start, found.start)
    now = phrase("[b]Now[/] [dim]nothing of them is left[/]")
    if places:
        now = phrase("[b]Now[/] “$words”", words=waiting.text[start:end])
    if len(places) > 1:
        now += phrase("  [dim]place $n of $all: Right shows the next[/]", n=at + 1, all=len(places))
    coder = waiting.coding.coder or "?"
    lines = [
        phrase("[b]$code[/]  $coder", code=code, coder=coder),
        phrase("[dim]$why[/]", why=t(STATES[found.state])),
        Content(""),
        phrase("[b]Was[/] “$words”", words=waiting.coding.quote),
        now,
        Content(""),
        phrase("[b]The text now[/]"),
        _around(waiting.text, start, end),
    ]
    return Content("\n").join(lines)


def _around(text: str, start: int, end: int) -> Content:
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    before, after = text[first:start], text[end:last]
    return Content("").join(
        [
            literal(("… " if first else "") + before),
            literal(text[start:end]).stylize("reverse") if start < end else phrase("[reverse] ? [/]"),
            literal(after + (" …" if last < len(text) else "")),
        ]
    )
