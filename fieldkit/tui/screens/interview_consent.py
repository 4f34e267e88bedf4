"""The keys of the page with statement and consent."""

from __future__ import annotations

from textual import events

from fieldkit.tui.screens.interview_item import ItemKeys
from fieldkit.tui.widgets.consent import ConsentPage
from fieldkit.tui.widgets.notes import is_text


class ConsentKeys(ItemKeys):
    """What is done on the page with statement and consent."""

    async def key_in_consent(self, event: events.Key) -> bool:
        """Apply a key to the page with statement and consent; whether it was used."""
        page = self.query_one(ConsentPage)
        if page.take_key(event):
            if page.consents.said is not None and not self.study.read_only:
                person, consent, answer = page.consents.said
                self.begin()
                self.attempt(lambda: self.conduct.set_consent(person, **{consent: answer}))
            self.refresh_place()
            return True
        if self.study.read_only or not is_text(event.character):
            return False
        # Officials start talking early: what is typed here is theirs.
        self.turn_to("item")
        self.set_focus(self.pane.notes)
        return await self.key_in_item(event)
