"""The keys of the page with statement and consent."""

from __future__ import annotations

from typing import Any

from textual import events

from fieldkit.records.respondents import Respondent
from fieldkit.say import t
from fieldkit.study.consents import usual_mode
from fieldkit.study.withdrawal_effect import withdrawal_effect
from fieldkit.tui.screens.interview_item import ItemKeys
from fieldkit.tui.widgets.consent import ConsentPage
from fieldkit.tui.widgets.consent_prompt import WithdrawPrompt
from fieldkit.tui.widgets.notes import is_text


class ConsentKeys(ItemKeys):
    """What is done on the page with statement and consent."""

    async def key_in_consent(self, event: events.Key) -> bool:
        """Apply a key to the page with statement and consent; whether it was used."""
        page = self.query_one(ConsentPage)
        if page.take_key(event):
            if not self.study.read_only:
                self._take_consent(page)
            self.refresh_place()
            return True
        if self.study.read_only or not is_text(event.character):
            return False
        self.go_to_notes()
        return await self.key_in_item(event)

    def go_to_notes(self) -> None:
        """Go from the consents to the notes: officials start talking early, and what is typed is theirs."""
        self.turn_to("item")
        self.set_focus(self.pane.notes)

    def withdraw(self, respondent: Respondent) -> None:
        """Let a person take her consent back."""
        if self.attempt(lambda: self.conduct.withdraw_consent(respondent.id)):
            self.remark = t("Withdrawn: what was said is kept and counts nowhere; 1 gives the consent again")

    def _take_consent(self, page: ConsentPage) -> None:
        consents = page.consents
        if consents.said is not None:
            person, consent, answer = consents.said
            said: dict[str, Any] = {consent: answer}
            self.remark = None
            self.begin()
            self.attempt(lambda: self.conduct.set_consent(person, **said))
        elif consents.other_mode_of is not None:
            self._give_in_other_mode(consents.other_mode_of.id)
        elif consents.taken_back_by is not None:
            her = consents.taken_back_by
            self.ask(WithdrawPrompt(her, withdrawal_effect(self.study, self.interview_id, her.id)))

    def _give_in_other_mode(self, person: str) -> None:
        mode = self.conduct.consents()[person].mode or usual_mode(self.conduct.interview)
        other = "spoken" if mode == "written" else "written"
        if self.attempt(lambda: self.conduct.set_consent(person, mode=other)):
            self.remark = t("Consent in writing" if other == "written" else "Consent by word of mouth")
