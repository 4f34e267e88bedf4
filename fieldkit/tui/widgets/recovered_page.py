"""The page with the words that a crash did not take."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from fieldkit.say import t
from fieldkit.study.recovered import Recovered
from fieldkit.tui.literal import literal, literal_line, phrase
from fieldkit.tui.widgets.keys import taken_by_screen


class RecoveredPage(VerticalScroll, can_focus=True):
    """Each item whose words were recovered, with the words."""

    def __init__(self, found: Sequence[Recovered]) -> None:
        """Make the page of what was found when the interview was opened."""
        super().__init__(id="recovered")
        self._found = found

    def compose(self) -> ComposeResult:
        """What was recovered, one below the other."""
        yield Static(self._told())

    def language_changed(self) -> None:
        """Say it in another language."""
        self.query_one(Static).update(self._told())

    def _told(self) -> Content:
        lines = [phrase("Recovered after the last stop; all of it stands in the notes (Enter goes there)")]
        for each in self._found:
            lines.append(Content(""))
            number = t("Memo") if each.number is None else str(each.number)
            lines.append(phrase("[b]$number[/b]  ", number=number) + literal_line(each.asked))
            lines.append(literal(each.words))
        return Content("\n").join(lines)

    def take_key(self, key: str) -> bool:
        """Arrows and page keys read on; whether the key was one for here."""
        scrolls = {
            "up": self.scroll_up,
            "down": self.scroll_down,
            "pageup": self.scroll_page_up,
            "pagedown": self.scroll_page_down,
        }
        if key in scrolls:
            scrolls[key](animate=False)
        return key in scrolls

    async def _on_key(self, event: events.Key) -> None:
        await taken_by_screen(self, event)
