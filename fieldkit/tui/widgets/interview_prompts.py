"""Lines that wait for a key or a few: never modal, any other key ends them and goes where it would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from textual.content import Content

from fieldkit.records.vocabulary import OUTCOME_DIGITS
from fieldkit.say import t
from fieldkit.tui.literal import literal, literal_line
from fieldkit.tui.widgets.value_form import Line

Outcome = Literal["taken", "done", "cancelled", "passed"]
"""What became of a key: the prompt goes on, has its answer, was put away, or had no use for the key."""


class Prompt:
    """Something that waits for keys: its screen shows it, and gives it each key until it is done."""

    @property
    def content(self) -> Content:
        """What is shown meanwhile."""
        raise NotImplementedError

    def take(self, key: str, character: str | None) -> Outcome:
        """Apply a key."""
        raise NotImplementedError


class DispositionPrompt(Prompt):
    """Waits for the digit of a disposition.

    Attributes:
        chosen: the disposition, once done; None takes it back.
    """

    def __init__(self) -> None:
        self.chosen: str | None = None

    @property
    def content(self) -> Content:
        """The digits and what they mean."""
        words = [f"{digit} {t(said or 'none')}" for digit, said in OUTCOME_DIGITS.items()]
        told = t("Outcome?  {first}\n          {second}")
        return literal(told.format(first="   ".join(words[:4]), second="   ".join(words[4:])))

    def take(self, key: str, character: str | None) -> Outcome:
        """A digit chooses; Escape puts away."""
        if key == "escape":
            return "cancelled"
        if character is None or character not in OUTCOME_DIGITS:
            return "passed"
        self.chosen = OUTCOME_DIGITS[character]
        return "done"


class ProbePrompt(Prompt):
    """Waits for the digit of another probe than the one just ticked.

    Attributes:
        chosen: the probe's id, once done.
    """

    def __init__(self, probes: Mapping[str, str], ticked: str | None) -> None:
        """Make the prompt.

        Args:
            probes: ids of the item's probes and what they ask.
            ticked: the one that was ticked, or None where all were used before.
        """
        self.probes = list(probes)
        self.ticked = ticked
        self._text = probes[ticked] if ticked else ""
        self.chosen: str | None = None

    @property
    def content(self) -> Content:
        """What was ticked, in full so that it can be read out, and that a digit changes it."""
        did = t("All probes are ticked; a digit picks another instead")
        if self.ticked:
            number = self.probes.index(self.ticked) + 1
            did = t("Probe {number} ticked; a digit picks another instead").format(number=number)
        told = literal_line(did)
        return told + Content("\n") + literal_line(self._text).stylize("bold") if self._text else told

    def take(self, key: str, character: str | None) -> Outcome:
        """A digit chooses."""
        if key == "escape":
            return "cancelled"
        if not (character and character in "123456789" and int(character) <= len(self.probes)):
            return "passed"
        self.chosen = self.probes[int(character) - 1]
        return "done"


class InitialsPrompt(Prompt):
    """Waits for the initials of whoever is at work, and Enter. What is typed meanwhile is theirs.

    Attributes:
        initials: what was typed.
    """

    def __init__(self) -> None:
        self._line = Line()

    @property
    def initials(self) -> str:
        """What was typed."""
        return self._line.text

    def take(self, key: str, character: str | None) -> Outcome:
        """Letters are typed; Enter says them; Escape puts away."""
        if key == "escape":
            return "cancelled"
        if key == "enter":
            return "done"
        if not self._line.take(key, character):
            return "passed"
        return "taken"

    @property
    def content(self) -> Content:
        """What is typed."""
        told = t("Whose work is this? Initials: {typed}_   (Enter; Esc: later)")
        return literal_line(told.format(typed=self._line.text))
