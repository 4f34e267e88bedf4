"""The one row that says where an interview stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.content import Content
from textual.widgets import Static

from fieldkit.say import mark, t
from fieldkit.tui.literal import phrase

SAVED_WORDS: Final = {
    "saved": mark("SAVED"),
    "drafted": mark("SAVED"),
    "unsaved": mark("saving\u2026"),
    "failed": mark("NOT SAVED"),
}
"""How safe the words are, as it is shown. A draft on disk is as safe as a revision."""


_ROW: Final = mark(
    "[b]$codes[/b] $language  $place  $done/$total done  $clock  priority $priority min  [b]$saved[/b]"
)
_WITH_SIGNS: Final = mark("[b]$codes[/b] $language  $clock priority $priority [b]$saved[/b]")
_WITH_SIGN: Final = mark(
    "[b]$codes[/b] $language $place  $done/$total  $clock priority $priority [b]$saved[/b]"
)


@dataclass(frozen=True)
class Status:
    """Where an interview stands.

    Attributes:
        codes: codes of the respondents.
        language: code of the language that items are read in.
        place: where in the interview, such as `item 5`.
        done: items done.
        total: items to be asked.
        elapsed: minutes the interview has been held, or None while it has not begun.
        planned: minutes the guide allows.
        priority: minutes that open priority items would take.
        signs: what must not be overlooked whatever else is told, such as `NO CONSENT`; two at most.
        saved: one of the keys of `SAVED_WORDS`, or a word to show, in English.
    """

    codes: str
    language: str
    place: str
    done: int
    total: int
    elapsed: float | None
    planned: float
    priority: float
    saved: str
    signs: tuple[str, ...] = ()


class StatusRow(Static):
    """Respondent, language, item, progress, minutes, priority minutes, and whether all is saved.

    Attributes:
        saved: how safe the words are, as shown last.
    """

    saved: str = ""

    def show(self, status: Status) -> None:
        """Show a status; nothing is drawn where it reads as before."""
        self.saved = status.saved
        content = status_line(status)
        if content != self.content:
            self.update(content)


def status_line(status: Status) -> Content:
    """A status as one line of at most 80 cells for codes of usual length."""
    if status.elapsed is None:
        clock = t("{minutes} min planned").format(minutes=f"{status.planned:g}")
    else:
        clock = t("{held} of {minutes} min").format(held=int(status.elapsed), minutes=f"{status.planned:g}")
    # A sign takes the room of words that can be done without.
    row = (_ROW, _WITH_SIGN, _WITH_SIGNS)[len(status.signs)]
    signs = Content("").join(phrase("[b reverse] $sign [/] ", sign=sign) for sign in status.signs)
    return signs + phrase(
        row,
        codes=status.codes,
        language=status.language.upper(),
        place=status.place,
        done=status.done,
        total=status.total,
        clock=clock,
        priority=f"{status.priority:g}",
        saved=t(SAVED_WORDS.get(status.saved, status.saved)),
    )
