"""Where one is in an interview held line by line, and what leads from one place to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from fieldkit.cli.plain.asking import ConsentRound
from fieldkit.cli.plain.ending import Ending
from fieldkit.cli.plain.show import item_lines, memo_lines
from fieldkit.cli.plain.terminal import tell
from fieldkit.records.responses import ResponseKey
from fieldkit.say import t
from fieldkit.storage.errors import StoreError
from fieldkit.study.closing import asked_steps
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import StudyError
from fieldkit.study.memo import MEMO
from fieldkit.study.steps import StepView, numbered_items

Page = Literal["consent", "item", "closing", "memo"]


@dataclass(frozen=True)
class Question:
    """Something asked that the next line may answer; nothing waits for it.

    Attributes:
        text: what is asked.
        understands: whether a line answers it; any other is words or a command, as ever.
        answer: takes the answer.
        passed_by: is called where the next line is words.
    """

    text: str
    understands: Callable[[str], bool]
    answer: Callable[[str], object]
    passed_by: Callable[[], object] = lambda: None


class Here:
    """The page that is read, and the item that is asked.

    Attributes:
        conduct: the interview.
        page: what is read now.
        consents: each person's consents.
        ending: the closing review.
        question: what the next line may answer, or None.
    """

    def __init__(self, conduct: Conduct) -> None:
        """Begin with the consents, or where the interview was left.

        Args:
            conduct: the interview.
        """
        self.conduct = conduct
        self.page: Page = "item" if conduct.interview.started_at else "consent"
        self.consents = ConsentRound(conduct)
        self.ending = Ending(conduct)
        self.question: Question | None = None

    @property
    def step(self) -> StepView:
        """The step of the item that is asked; the first one where a change elsewhere took that one away."""
        steps = self.conduct.steps()
        found = next((step for step in steps if step.key == self.conduct.current), None)
        if found is None:
            found = next((step for step in steps if step.relevant), steps[0])
            self.conduct.move_to(found.key)
        return found

    @property
    def target(self) -> ResponseKey:
        """The answer that words go to."""
        if self.page == "memo":
            return MEMO
        return asked_steps(self.conduct)[-1].key if self.page == "closing" else self.step.key

    def read(self) -> None:
        """Read out what is asked now."""
        if self.page == "consent":
            lines = self.consents.lines()
        elif self.page == "closing":
            lines = self.ending.lines()
        elif self.page == "memo":
            lines = memo_lines(self.conduct)
        else:
            lines = item_lines(self.conduct, self.step, len(numbered_items(self.conduct.guide)))
        self.say_all(lines)

    def ask(self, question: Question) -> None:
        """Ask something that the next line may answer."""
        self.question = question
        tell(question.text)

    def go_to(self, key: ResponseKey) -> None:
        """Leave what is read for an item."""
        self.leave()
        self.attempt(lambda: self.conduct.move_to(key))
        self.page = "item"
        self.read()

    def turn_to(self, page: Page) -> None:
        """Leave what is read for a page."""
        self.leave()
        self.page = page
        self.read()

    def leave(self) -> None:
        """Keep the answer as a revision, and tell what it lacks; that blocks nothing."""
        if self.page == "memo":
            self.attempt(lambda: self.conduct.leave(MEMO))
        if self.page != "item":
            return
        step = self.step
        self.attempt(lambda: self.conduct.leave(step.key))
        if step.value_missing:
            told = t("{number} has no value yet, and what is asked later depends on it.")
            tell(told.format(number=step.number))
        elif step.relevant and step.item.required and step.state == "open":
            tell(t("{number} is required and has no answer yet.").format(number=step.number))

    def begin(self) -> None:
        """Let the clock run from the first thing that is noted; a completed interview stays so.

        Raises:
            StoreError: the clock could not be started.
        """
        if self.conduct.interview.state in ("planned", "paused"):
            self.conduct.start()

    def say_all(self, lines: Iterable[str]) -> None:
        """Say lines, one after the other."""
        for line in lines:
            tell(line)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that writes; what goes wrong is told, and nothing is lost.

        Returns:
            Whether it was done.
        """
        try:
            act()
        except (StudyError, StoreError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            told = t("Not done: {why}") if isinstance(error, StudyError) else t("NOT SAVED: {why}")
            tell(told.format(why=error))
            return False
        return True
