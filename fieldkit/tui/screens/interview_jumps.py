"""The keys with which the talk is followed: jumps and back, what is covered elsewhere, items added."""

from __future__ import annotations

from typing import Final

from fieldkit.records.interviews import Interview
from fieldkit.records.responses import ResponseKey
from fieldkit.say import t
from fieldkit.study.adding import add_item
from fieldkit.study.links import link
from fieldkit.study.study import Study
from fieldkit.tui.screens.interview_recovered import RecoveredKeys
from fieldkit.tui.widgets.goto import Place, Target, all_targets, covering_targets
from fieldkit.tui.widgets.goto_prompts import GoToPrompt, QuestionPrompt, WherePrompt

REMEMBERED: Final = 20
"""Places that one can go back to, one after the other."""


class JumpKeys(RecoveredKeys):
    """What leads to another item than the next one, and ties one to another."""

    def __init__(self, study: Study, interview: str | Interview) -> None:
        """Open an interview; see `InterviewView`."""
        super().__init__(study, interview)
        self._jumps: list[Place] = []
        self._item_before: ResponseKey | None = None

    def action_go_to(self) -> None:
        """Ask where to go; Enter alone goes back to where the last jump came from."""
        self.ask(GoToPrompt(all_targets(self.conduct, self._jumps[-1] if self._jumps else None)))

    def action_short_path(self) -> None:
        """Let the next item be the next priority item that is open; or every item again."""
        self.short_path = not self.short_path
        self.remark = t("The short path: next goes to open priority items only")
        if not self.short_path:
            self.remark = t("All items again")
        self.refresh_status()

    def action_another(self) -> None:
        """Ask which repeat to add an instance to."""
        prompt = GoToPrompt(all_targets(self.conduct, None))
        prompt.take("plus", "+")
        self.ask(prompt)

    def go_to(self, key: ResponseKey) -> None:
        """Leave the current item for another."""
        if key != self.conduct.current:
            self._item_before = self.conduct.current
        super().go_to(key)

    def jump_to(self, key: ResponseKey) -> None:
        """Go to an item out of its turn; one can go back."""
        self._remember()
        self.go_to(key)

    def ask_where(self) -> None:
        """Ask under which item the current one is covered: first, the one that one came from."""
        self.ask(WherePrompt(covering_targets(self.conduct, self._item_before)))

    def place_chosen(self, prompt: GoToPrompt) -> None:
        """Do what was chosen in a list of places."""
        target = prompt.chosen
        if target is None:
            self._ask_question(prompt.added)
        elif isinstance(prompt, WherePrompt):
            self._covered_under(target)
        elif self._jumps and not prompt.typed and self._jumps[-1] in (target.key, target.kind):
            self._jumps.pop()
            self._go_to_target(target)
        else:
            self._remember()
            self._go_to_target(target)

    def add_asked(self, prompt: QuestionPrompt) -> None:
        """Add the item that was typed, and go to it."""
        self.begin()
        added: list[ResponseKey] = []
        if self.attempt(lambda: added.append(add_item(self.conduct, prompt.text, prompt.questions))):
            self.jump_to(added[0])
        elif self.remark is not None and self.conduct.failure is None:
            # Only its number was wrong: the words are not to be typed again.
            self._ask_question(prompt.text)

    def _ask_question(self, text: str) -> None:
        questions = self.conduct.guide.questions_of(self.conduct.current.item)
        self.ask(QuestionPrompt(text, questions))

    def _remember(self) -> None:
        # Off the record hides the item; it is where one comes back to.
        here: Place = self.page if self.page in ("consent", "closing") else self.conduct.current
        if self._jumps[-1:] != [here]:
            self._jumps = [*self._jumps, here][-REMEMBERED:]

    def _covered_under(self, target: Target) -> None:
        source, covered = target.key, self.conduct.current
        if source is not None:
            self.attempt(lambda: link(self.conduct, source, covered))
            self.refresh_place()

    def _go_to_target(self, target: Target) -> None:
        if target.kind == "another" and target.repeat is not None:
            repeat = target.repeat
            added: list[ResponseKey] = []
            if self.attempt(lambda: added.append(self.conduct.add_instance(repeat))):
                self.go_to(added[0])
        elif target.kind == "short":
            self.action_short_path()
        elif target.kind == "recovered":
            self.action_recovered()
        elif target.key is not None:
            self.go_to(target.key)
        else:
            self.remark = None
            self.leave_item()
            self.turn_to("consent" if target.kind == "consent" else "closing")
