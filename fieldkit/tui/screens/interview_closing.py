"""The keys of the closing review."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from fieldkit.records.interviews import Interview
from fieldkit.records.responses import ResponseKey
from fieldkit.say import mark, t
from fieldkit.study.closing import asked_steps
from fieldkit.study.memo import MEMO
from fieldkit.study.reopening import reopen
from fieldkit.study.settling import (
    Settled,
    next_outcome,
    open_keys,
    settle_interview,
    settle_one,
    settle_rest,
    take_back,
)
from fieldkit.study.study import Study
from fieldkit.tui.screens.interview_jumps import JumpKeys
from fieldkit.tui.screens.interview_view import Page
from fieldkit.tui.widgets.closing_list import Gap
from fieldkit.tui.widgets.closing_page import ClosingPage
from fieldkit.tui.widgets.closing_prompt import Wish, WishPrompt, WordsPrompt
from fieldkit.tui.widgets.notes import is_text

_QUESTIONS = {
    "already covered": mark("Where is it covered already?"),
    "will send": mark("What will be sent?"),
}


class ClosingKeys(JumpKeys):
    """What is done in the closing review."""

    def __init__(self, study: Study, interview: str | Interview) -> None:
        """Open an interview; see `InterviewView`."""
        super().__init__(study, interview)
        self._settled: list[Settled] = []

    def on_mount(self) -> None:
        """Show the memo there is."""
        self.query_one(ClosingPage).memo.load(self.conduct.answer(MEMO).paragraphs)

    async def key_in_closing(self, event: events.Key) -> bool:
        """Apply a key to the closing review; whether it was used."""
        page = self.query_one(ClosingPage)
        if self.focused is page.memo:
            taken = await page.memo.take_key(event)
            self.take_memo()
            return taken
        gaps = page.gaps
        if not gaps.take_key(event):
            if self.study.read_only or not is_text(event.character):
                return False
            # The best is often said when all seems over: what is typed then is kept as well.
            self.go_to_last()
            return await self.key_in_item(event)
        if gaps.chosen is not None:
            self.jump_to(gaps.chosen.step.key)
        elif self.study.read_only:
            return True
        elif gaps.digit is not None:
            complete = self.conduct.interview.state == "complete"
            self.ask(WishPrompt(gaps.digit, len(open_keys(self.conduct)), complete=complete))
        elif gaps.turned is not None:
            self._turn(*gaps.turned)
        elif gaps.takes_back:
            self._take_back()
        return True

    def action_other_field(self) -> None:
        """Go from the gaps to the memo, or back."""
        page = self.query_one(ClosingPage)
        if self.page == "closing":
            self.keep_memo()
            self.set_focus(page.gaps if self.focused is page.memo else page.memo)
        else:
            super().action_other_field()

    def action_disposition(self) -> None:
        """In the closing review, say of all the rest that there was no time; else as of an item."""
        if self.page != "closing":
            super().action_disposition()
        elif not self.study.read_only and open_keys(self.conduct):
            self.close_with("time")

    def action_reopen(self) -> None:
        """Ask why a complete interview is opened again."""
        if self.conduct.interview.state != "complete":
            self.remark = t("Only a complete interview can be opened again")
            self.refresh_status()
        elif not self.study.read_only:
            self.ask(WordsPrompt(t("Why is the interview opened again?")))

    def turn_to(self, page: Page) -> None:
        """As in `InterviewView`; the memo is kept when the closing review is left."""
        if self.page == "closing" != page:
            self.keep_memo()
        super().turn_to(page)

    def take_memo(self) -> None:
        """Take over the memo as it stands on the screen, in memory."""
        words = self.query_one(ClosingPage).memo.paragraphs
        if not self.study.read_only and words != self.conduct.answer(MEMO).paragraphs:
            self.conduct.type_notes(MEMO, words)
            self.refresh_status()

    def keep_memo(self) -> None:
        """Keep the memo, where it was typed in."""
        if not self.study.read_only:
            self.attempt(lambda: self.conduct.leave(MEMO))

    def go_to_last(self) -> None:
        """Go to the notes of the last item that is asked, to a paragraph of their own."""
        last = asked_steps(self.conduct)[-1]
        self.go_to(last.key)
        self.set_focus(self.pane.notes)
        if self.pane.notes.text.strip():
            # What is said after the end is not part of the sentence before.
            self.pane.notes.type_text("\n")

    def look_after(self) -> None:
        """As in `InterviewView`; what is typed about an answer in the line below is drafted as well."""
        if isinstance(self.prompt, WordsPrompt) and self.prompt.key is not None:
            self.conduct.type_value(self.prompt.key, self.prompt.words or None)
        super().look_after()

    def close_with(self, wish: Wish) -> None:
        """Do what was wished in the closing review."""
        self.remark = None
        if wish == "reopen":
            self.action_reopen()
            return
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
        elif wish in ("high", "medium", "low"):
            self.attempt(lambda: self.conduct.set_confidence(wish))
        elif self._settle(lambda: settle_rest(self.conduct, wish)):
            told = t("{n} item(s) not asked; Ctrl+Z takes it back")
            self.remark = told.format(n=len(self._settled[-1].outcomes))
        self.refresh_place()

    def words_given(self, prompt: WordsPrompt) -> None:
        """Keep the words that were asked for."""
        if prompt.key is None:
            if self.attempt(lambda: reopen(self.conduct, prompt.words)):
                self.remark = t("Open again; the clock goes on with the next thing noted")
            return
        key, said = prompt.key, self.conduct.answer(prompt.key)
        if prompt.words != (said.reason or ""):
            self._settle(lambda: settle_one(self.conduct, key, said.disposition, prompt.words or None))
        self.conduct.type_value(key, None)

    def words_left(self, key: ResponseKey | None) -> None:
        """Forget the words that were asked for and taken back."""
        if key is not None:
            self.conduct.type_value(key, None)

    def _turn(self, gap: Gap, by: int) -> None:
        """Give a line its next reason, or ask for its words."""
        key, state = gap.step.key, gap.step.state
        if state in _QUESTIONS:
            self.ask(WordsPrompt(t(_QUESTIONS[state]), self.conduct.answer(key).reason or "", key))
        elif state in ("open", "not asked"):
            self.remark = None
            self._settle(lambda: settle_one(self.conduct, key, *next_outcome(self.conduct, key, by)))
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
