"""The keys of the page with what was recovered after a crash."""

from __future__ import annotations

from textual import events

from fieldkit.say import t
from fieldkit.tui.screens.interview_item import ItemKeys
from fieldkit.tui.widgets.notes import is_text
from fieldkit.tui.widgets.recovered_page import RecoveredPage


class RecoveredKeys(ItemKeys):
    """What is done on the page with what was recovered."""

    async def key_in_recovered(self, event: events.Key) -> bool:
        """Apply a key to the page; whether it was used."""
        if self.query_one(RecoveredPage).take_key(event.key):
            return True
        if event.key in ("enter", "escape"):
            self.turn_to("item")
            return True
        if self.study.read_only or not is_text(event.character):
            return False
        self.turn_to("item")
        self.set_focus(self.pane.notes)
        return await self.key_in_item(event)

    def action_recovered(self) -> None:
        """Show what was recovered after a crash, with its words."""
        if not self.recovered:
            self.remark = t("Nothing had to be recovered when this interview was opened")
            self.refresh_status()
            return
        self.leave_item()
        self.turn_to("recovered")
