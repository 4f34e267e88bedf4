"""What a digit of the closing review does to many items, and the second key that says it is meant."""

from __future__ import annotations

from typing import Final, Literal

from textual.content import Content

from fieldkit.say import mark, t
from fieldkit.tui.literal import phrase
from fieldkit.tui.widgets.interview_prompts import Outcome, Prompt

Wish = Literal["time", "topic", "respondent", "pause", "complete"]
WISHES: Final[dict[str, Wish]] = {"1": "time", "2": "topic", "3": "respondent", "4": "pause", "5": "complete"}
"""Digit to what it asks for; the first three are reasons why items were not asked."""

_DOES: Final[dict[Wish, str]] = {
    "time": mark("says of {n} open item(s): not asked, no time"),
    "topic": mark("says of {n} open item(s): not asked, off the topic"),
    "respondent": mark("says of {n} open item(s): not asked, not for this person"),
    "pause": mark("pauses the interview"),
    "complete": mark("completes the interview"),
}
"""What Enter does for each."""


class WishPrompt(Prompt):
    """Waits for Enter. A note can begin with a digit: any other character goes to the notes after it.

    Attributes:
        digit: the digit that was pressed.
    """

    def __init__(self, digit: str, still_open: int) -> None:
        """Make the prompt.

        Args:
            digit: one of `WISHES`.
            still_open: how many items a reason would be given to.
        """
        self.digit = digit
        self._still_open = still_open

    @property
    def wish(self) -> Wish:
        """What the digit asks for."""
        return WISHES[self.digit]

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
