"""The one row that says where an interview stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content
from textual.widgets import Static

from fieldkit.say import language, mark, t
from fieldkit.tui.literal import literal_line, phrase

SAVED_WORDS: Final = {
    "saved": mark("SAVED"),
    "drafted": mark("SAVED"),
    "unsaved": mark("saving\u2026"),
    "failed": mark("NOT SAVED"),
}
"""How safe the words are, as it is shown. A draft on disk is as safe as a revision."""

_PADDING: Final = 2
_LEAST_WIDTH: Final = 78
_GAP: Final = "  "


@dataclass(frozen=True)
class Status:
    """Where an interview stands.

    Attributes:
        codes: codes of the respondents.
        language: code of the language that items are read in.
        place: where in the interview, such as `item 5 of 18`.
        elapsed: minutes the interview has been held, or None while it has not begun.
        planned: minutes the guide allows.
        priority: minutes that open priority items would take.
        runs_short: whether less than that is left.
        short_path: whether only open priority items are gone to.
        signs: what must not be overlooked whatever else is told, such as `NO CONSENT`; two at most.
        saved: one of the keys of `SAVED_WORDS`, or a word to show, in English.
    """

    codes: Sequence[str]
    language: str
    place: str
    elapsed: float | None
    planned: float
    priority: float
    runs_short: bool
    short_path: bool
    saved: str
    signs: tuple[str, ...] = ()


class StatusRow(Static):
    """Respondents, language, item, minutes, priority minutes, and whether all is saved.

    Attributes:
        saved: how safe the words are, as shown last.
    """

    saved: str = ""
    _shown: tuple[Status, int, str] | None = None

    def show(self, status: Status) -> None:
        """Show a status; nothing is made or drawn where it reads as before."""
        self.saved = status.saved
        width = max(_LEAST_WIDTH, self.size.width - _PADDING)
        shown = (status, width, language())
        if shown != self._shown:
            self._shown = shown
            self.update(status_line(status, width), layout=False)


def status_line(status: Status, width: int) -> Content:
    """A status as one line: whatever else has to be cut, that all is saved or not is not.

    Args:
        status: the status.
        width: how many cells there are.
    """
    clock = phrase("$planned min planned", planned=f"{status.planned:g}")
    if status.elapsed is not None:
        told = {"elapsed": int(status.elapsed), "planned": f"{status.planned:g}"}
        clock = phrase("$elapsed of $planned min", **told)
    minutes = f"{status.priority:g}"
    priority = phrase("priority $minutes min", minutes=minutes)
    if status.runs_short:
        priority = phrase("[b reverse]! priority $minutes min[/]", minutes=minutes)
    saved = literal_line(t(SAVED_WORDS.get(status.saved, status.saved))).stylize("bold")
    signs = Content("").join(phrase("[b reverse] $sign [/] ", sign=sign) for sign in status.signs)
    # Two signs take the room of the place.
    place = [literal_line(status.place)] if status.place and len(status.signs) < 2 else []
    parts = [*place, clock, priority]
    parts += [phrase("[b reverse]SHORT[/]")] if status.short_path else []
    rest = Content(f" {status.language.upper()}{_GAP}") + Content(_GAP).join([*parts, saved])
    codes = codes_in(status.codes, width - rest.cell_length - signs.cell_length)
    return signs + codes.stylize("bold") + rest


def codes_in(codes: Sequence[str], width: int) -> Content:
    """As many codes as there is room for, and how many more there are."""
    for shown in range(len(codes), 0, -1):
        more = f" +{len(codes) - shown}" if shown < len(codes) else ""
        words = literal_line(" ".join(codes[:shown]) + more)
        if words.cell_length <= width:
            return words
    return literal_line(codes[0] if codes else "").truncate(max(1, width), ellipsis=True)
