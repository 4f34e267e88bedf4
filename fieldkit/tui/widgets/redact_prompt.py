"""What declaring words off the record does, shown before it is done."""

from __future__ import annotations

from textual.content import Content

from fieldkit.text import shortened
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.interview_prompts import Outcome, Prompt

_SHOWN = 60
"""Characters of the words that are shown: enough to know which they are."""


class RedactPrompt(Prompt):
    """Waits for Enter; any other key leaves the words as they are.

    Attributes:
        place: place of the paragraph among those of the answer.
    """

    def __init__(self, place: int, words: str) -> None:
        """Make the prompt.

        Args:
            place: place of the paragraph among those of the answer.
            words: what it says.
        """
        self.place = place
        self._words = words

    @property
    def content(self) -> Content:
        """Which words go, what goes with them, and the keys."""
        return (
            phrase("[b]Off the record too?[/b]  ")
            + literal_line(shortened(self._words, _SHOWN))
            + phrase(
                "\nErased for good: the paragraph, its codings, and what the answer was before.\n"
                "The backups that this laptop knows are destroyed, and one is made anew.\n"
                "Enter: erase   Any other key: no"
            )
        )

    def take(self, key: str, character: str | None) -> Outcome:
        """Enter says it is meant."""
        if key == "enter":
            return "done"
        return "cancelled" if key == "escape" else "passed"
