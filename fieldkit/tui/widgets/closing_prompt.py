"""What the closing review asks: whether a digit is meant, and for words where a digit will not do."""

from __future__ import annotations

from typing import Final, Literal

from textual.content import Content

from fieldkit.records.responses import ResponseKey
from fieldkit.say import mark, t
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.interview_prompts import Outcome, Prompt
from fieldkit.tui.widgets.value_form import Line

Wish = Literal["time", "topic", "respondent", "pause", "complete", "high", "medium", "low", "reopen"]
WISHES: Final[dict[str, Wish]] = {
    "1": "time",
    "2": "topic",
    "3": "respondent",
    "4": "pause",
    "5": "complete",
    "6": "high",
    "7": "medium",
    "8": "low",
}
"""Digit to what it asks for; the first three are reasons why items were not asked."""

_DOES: Final[dict[Wish, str]] = {
    "time": mark("says of {n} open item(s): not asked, no time"),
    "topic": mark("says of {n} open item(s): not asked, off the topic"),
    "respondent": mark("says of {n} open item(s): not asked, not for this person"),
    "pause": mark("pauses the interview"),
    "complete": mark("completes the interview"),
    "high": mark("says that your confidence in what was said is high"),
    "medium": mark("says that your confidence in what was said is medium"),
    "low": mark("says that your confidence in what was said is low"),
    "reopen": mark("opens the interview again"),
}
"""What Enter does for each."""


class WishPrompt(Prompt):
    """Waits for Enter. A note can begin with a digit: any other character goes to the notes after it.

    Attributes:
        digit: the digit that was pressed.
        wish: what it asks for.
    """

    def __init__(self, digit: str, still_open: int, *, complete: bool) -> None:
        """Make the prompt.

        Args:
            digit: one of `WISHES`.
            still_open: how many items a reason would be given to.
            complete: whether the interview is complete; then it can be opened again.
        """
        self.digit = digit
        self.wish: Wish = "reopen" if complete and WISHES[digit] == "complete" else WISHES[digit]
        self._still_open = still_open

    @property
    def content(self) -> Content:
        """What Enter will do, and what other keys do."""
        return phrase(
            "Enter $does\n      Esc: no   Typing on: $digit is the notes' first character",
            does=t(_DOES[self.wish]).format(n=self._still_open),
            digit=self.digit,
        )

    def take(self, key: str, character: str | None) -> Outcome:
        """Enter says it is meant; Escape, that it is not."""
        if key in ("enter", "escape"):
            return "done" if key == "enter" else "cancelled"
        return "passed"


class WordsPrompt(Prompt):
    """Waits for a line of words. Any key that is no text says that they are there, but Escape.

    Attributes:
        key: the answer that the words belong to; None where they say why the interview is opened again.
    """

    def __init__(self, question: str, words: str = "", key: ResponseKey | None = None) -> None:
        """Make the prompt.

        Args:
            question: what is asked, with how it is answered.
            words: what was said before.
            key: the answer that the words belong to, or None.
        """
        self.key = key
        self._question = question
        self._line = Line(words)

    @property
    def words(self) -> str:
        """What is typed."""
        return self._line.text.strip()

    @property
    def content(self) -> Content:
        """The question, and what is typed."""
        return (
            Content(self._question)
            + Content(" ")
            + literal_line(self._line.text)
            + Content(t("_\n      Enter keeps it   Esc: leave it as it was"))
        )

    def take(self, key: str, character: str | None) -> Outcome:
        """Text is typed; Enter keeps it; Escape puts away."""
        if key in ("enter", "escape"):
            return "done" if key == "enter" else "cancelled"
        return "taken" if self._line.take(key, character) else "passed"
