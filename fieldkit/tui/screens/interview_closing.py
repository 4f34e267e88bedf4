"""The keys of the closing review."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from fieldkit.records.interviews import Interview
from fieldkit.say import t
from fieldkit.study.closing import asked_steps
from fieldkit.study.settling import Settled, open_keys, settle_interview, settle_rest, take_back
from fieldkit.study.study import Study
from fieldkit.tui.screens.interview_jumps import JumpKeys
from fieldkit.tui.widgets.closing_page import ClosingPage
from fieldkit.tui.widgets.closing_prompt import Wish, WishPrompt
from fieldkit.tui.widgets.notes import is_text


class ClosingKeys(JumpKeys):
    """What is done in the closing review."""

    def __init__(self, study: Study, interview: str | Interview) -> None:
        """Open an interview; see `InterviewView`."""
        super().__init__(study, interview)
        self._settled: list[Settled] = []

    async def key_in_closing(self, event: events.Key) -> bool:
        """Apply a key to the closing review; whether it was used."""
        gaps = self.query_one(ClosingPage).gaps
        if not gaps.take_key(event):
            if self.study.read_only or not is_text(event.character):
                return False
            # The best is often said when all seems over: what is typed then is kept as well.
            self.go_to_last()
            return await self.key_in_item(event)
        if gaps.chosen is not None:
            self.jump_to(gaps.chosen)
        elif self.study.read_only:
            return True
        elif gaps.digit is not None:
            self.ask(WishPrompt(gaps.digit, len(open_keys(self.conduct))))
        elif gaps.takes_back:
            self._take_back()
        return True

    def go_to_last(self) -> None:
        """Go to the notes of the last item that is asked, to a paragraph of their own."""
        last = asked_steps(self.conduct)[-1]
        self.go_to(last.key)
        self.set_focus(self.pane.notes)
        if self.pane.notes.text.strip():
            # What is said after the end is not part of the sentence before.
            self.pane.notes.type_text("\n")

    def close_with(self, wish: Wish) -> None:
        """Do what was wished in the closing review."""
        self.remark = None
        if wish == "pause":
            self.action_pause()
            return
        self.begin()
        if wish == "complete":
            if self._settle(lambda: settle_interview(self.conduct)):
                left = sum(step.state == "open" for step in asked_steps(self.conduct))
                told = t("Complete; {n} item(s) have no outcome yet: 1, 2 or 3 says why for all")
                self.remark = (
                    told.format(n=left) if left else t("The interview is complete; Ctrl+Z opens it again")
                )
        elif self._settle(lambda: settle_rest(self.conduct, wish)):
            told = t("{n} item(s) not asked; Ctrl+Z takes it back")
            self.remark = told.format(n=len(self._settled[-1].outcomes))
        self.refresh_place()

    def _settle(self, act: Callable[[], Settled]) -> bool:
        return self.attempt(lambda: self._settled.append(act()))

    def _take_back(self) -> None:
        settled = self._settled.pop() if self._settled else None
        if settled is None:
            self.remark = t("Nothing was done here that could be taken back")
        elif self.attempt(lambda: take_back(self.conduct, settled)):
            self.remark = t("Taken back")
        else:
            self._settled.append(settled)
        self.refresh_place()
