"""Lines that wait for a place: where to go, where an item is covered, what an added item serves."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Final

from textual.content import Content

from fieldkit.say import t
from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.goto import Target, find_targets
from fieldkit.tui.widgets.interview_prompts import Outcome, Prompt
from fieldkit.tui.widgets.value_form import POINTER, Line

_SHOWN_TARGETS: Final = 5
_OF_NUMBERS: Final = "0123456789., "


class GoToPrompt(Prompt):
    """Waits for a number, letters of an item's text, or an evaluation question, and Enter.

    Words that nothing has can be added as an item.

    Attributes:
        chosen: where to go, once done.
        added: the words of an item to add, once done; nothing where a place was chosen.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        """Make the prompt.

        Args:
            targets: the places to choose from, in the order in which they are offered.
        """
        self._targets = targets
        self._line = Line()
        self._at = 0
        self.chosen: Target | None = None
        self.added = ""

    @property
    def typed(self) -> str:
        """What was typed."""
        return self._line.text

    @property
    def found(self) -> list[Target]:
        """The places that what is typed finds, the best first."""
        return find_targets(self._targets, self.typed)

    def take(self, key: str, character: str | None) -> Outcome:
        """Text narrows; arrows move; Enter goes; Escape puts away."""
        if key == "escape":
            return "cancelled"
        if key == "enter":
            return self._enter()
        if key in ("up", "down"):
            self._at = max(0, min(len(self.found) - 1, self._at + (1 if key == "down" else -1)))
        elif self._line.take(key, character):
            self._at = 0
        else:
            return "passed"
        return "taken"

    @property
    def content(self) -> Content:
        """What is typed, and the places it finds."""
        found = self.found
        first = max(0, min(self._at - 1, len(found) - _SHOWN_TARGETS))
        lines = [self._head()]
        for at, target in enumerate(found[first : first + _SHOWN_TARGETS], start=first):
            line = Content(f"{POINTER} " if at == self._at else "  ") + target.content
            lines.append(line.stylize("bold") if at == self._at else line)
        if not found:
            lines.append(self._nothing())
        return Content("\n").join(lines)

    def _head(self) -> Content:
        return literal_line(t("Go to: {typed}_   (number, words, 1.4; Enter)").format(typed=self.typed))

    def _nothing(self) -> Content:
        if not self._can_be_added:
            return Content(t("  nothing has that"))
        told = t("{pointer} Add item: {text}").format(pointer=POINTER, text=self.typed.strip())
        return literal_line(told).stylize("bold")

    @property
    def _can_be_added(self) -> bool:
        return any(character.isalpha() for character in self.typed)

    def _enter(self) -> Outcome:
        found = self.found
        if found:
            self.chosen = found[min(self._at, len(found) - 1)]
        elif self._can_be_added:
            self.added = self.typed.strip()
        return "done" if self.chosen is not None or self.added else "taken"


class WherePrompt(GoToPrompt):
    """Waits for the item under which another one is covered; words that no item has are no answer to it."""

    def take(self, key: str, character: str | None) -> Outcome:
        """As for going somewhere; text that finds nothing is not for here."""
        outcome = super().take(key, character)
        return "passed" if outcome == "taken" and not self.found else outcome

    @property
    def words(self) -> str:
        """What was typed before the key that was passed on, where it may be something said."""
        return self.typed if self._can_be_added else ""

    def _head(self) -> Content:
        told = t("Covered under: {typed}_   (Enter: as shown; number, words; Esc: later)")
        return literal_line(told.format(typed=self.typed))


class QuestionPrompt(Prompt):
    """Waits for the evaluation question that an added item serves; anything else leaves the one proposed.

    Attributes:
        text: the words of the item.
    """

    def __init__(self, text: str, proposed: Sequence[str]) -> None:
        """Make the prompt.

        Args:
            text: the words of the item.
            proposed: ids of the evaluation questions that it serves if nothing is typed.
        """
        self.text = text
        self._proposed = list(proposed)
        self._line = Line()

    @property
    def questions(self) -> list[str]:
        """Ids of the evaluation questions as typed, or proposed."""
        return self._line.text.replace(",", " ").split() or self._proposed

    def take(self, key: str, character: str | None) -> Outcome:
        """Numbers are typed, letters only after them; Enter adds; Escape puts away."""
        if key == "escape":
            return "cancelled"
        if key == "enter":
            return "done"
        # A part has a letter after its number.
        letters = ascii_lowercase if self._line.text[-1:].isdigit() else ""
        numbered = character is not None and character in f"{_OF_NUMBERS}{letters}"
        if key not in ("backspace", "ctrl+u") and not numbered:
            return "passed"
        self._line.take(key, character)
        return "taken"

    @property
    def content(self) -> Content:
        """The item, and what it serves."""
        item = t("Add item: {text}").format(text=self.text)
        serves = t(
            "Evaluation question: {typed}_   (Enter: {proposed}; or type what is said; Esc: no item)"
        ).format(typed=self._line.text, proposed=", ".join(self._proposed) or t("none"))
        return Content("\n").join([literal_line(item), literal_line(serves)])
