"""What stands in the item's place while the talk is off the record."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from fieldkit.say import mark
from fieldkit.tui.literal import phrase
from fieldkit.tui.widgets.keys import taken_by_screen

_TOLD: Final = mark(
    "[b reverse] OFF THE RECORD [/] since $since: nothing is kept.\n\n"
    "Whatever is typed or pasted now is thrown away. The clock goes on.\n\n"
    "$key: on the record again\n"
    "Del: what was noted just before was off the record too"
)


class OffRecordPage(Vertical, can_focus=True):
    """Says that nothing is kept, and since when. Keys and pasted text end here."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make the page."""
        super().__init__(id=id)
        self._shown: tuple[float, str] | None = None

    def compose(self) -> ComposeResult:
        """The words."""
        yield Static(id="off-record-told")

    def show(self, since_s: float, key: str) -> None:
        """Show the page.

        Args:
            since_s: seconds from the interview's start when it began.
            key: the key that ends it.
        """
        self._shown = since_s, key
        hours, minutes = divmod(int(since_s // 60), 60)
        told = phrase(_TOLD, since=f"{hours}:{minutes:02}", key=key)
        self.query_one("#off-record-told", Static).update(told)

    def language_changed(self) -> None:
        """Say it in the language that the interface has now."""
        if self._shown is not None:
            self.show(*self._shown)

    async def _on_key(self, event: events.Key) -> None:
        await taken_by_screen(self, event)
        event.stop()
        event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
