"""Codes chosen in the interview for the paragraph just typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from textual.content import Content

from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.code_picker import Choice
from fieldkit.tui.widgets.coding_bench import Recent
from fieldkit.tui.widgets.interview_prompts import Outcome, Prompt
from fieldkit.tui.widgets.value_form import Line

SHOWN: Final = 3
"""Codes that the letters find and that are seen at once."""


class CodePrompt(Prompt):
    """Waits for letters of a code and Enter, or for the digit of a recent one: the keys of Coding.

    Attributes:
        place: place of the paragraph among those of the answer.
        chosen: ids of the codes, once done.
    """

    def __init__(self, place: int, find: Callable[[str], Sequence[Choice]], recent: Recent) -> None:
        """Make the prompt.

        Args:
            place: place of the paragraph among those of the answer.
            find: finds codes for letters.
            recent: the codes on digits.
        """
        self.place = place
        self.chosen: list[str] = []
        self._find = find
        self._recent = recent
        self._line = Line()
        self._at = 0

    @property
    def content(self) -> Content:
        """What is typed, the codes it finds, the recent ones."""
        told = phrase("[b]Code:[/] ") + literal_line(self._line.text)
        told += phrase("[b]_[/]  [dim]Enter gives it, Tab takes several[/]")
        if self.chosen:
            told += literal_line("  ✓ " + ", ".join(self.chosen))
        rows = [told]
        if self._line.text or not self._recent.slots:
            first = max(0, self._at - SHOWN + 1)
            found = self._find(self._line.text)[first : first + SHOWN]
            for at, choice in enumerate(found, start=first):
                sign = "›" if at == self._at else " "
                rows.append(phrase("$sign $name  [dim]$id[/]", sign=sign, name=choice.name, id=choice.id))
            if not found:
                rows.append(phrase("  No code has these letters"))
        else:
            slots = enumerate(self._recent.slots, start=1)
            rows.append(literal_line("  ".join(f"{digit} {code}" for digit, code in slots)))
        return Content("\n").join(rows)

    def take(self, key: str, character: str | None) -> Outcome:
        """Letters find, digits repeat, Tab takes several, Enter gives."""
        if key == "escape":
            return "cancelled"
        if not self._line.text and character is not None and character.isdecimal():
            code = self._recent.on(character)
            self.chosen += [code] if code is not None else []
            return "done" if code is not None else "taken"
        found = self._find(self._line.text)
        under = found[min(self._at, len(found) - 1)].id if found else None
        if key == "enter":
            if self._line.text and under is None:
                return "taken"
            if under is not None and (self._line.text or not self.chosen):
                self.chosen = list(dict.fromkeys([*self.chosen, under]))
            return "done"
        if key == "tab" and under is not None:
            self.chosen = list(dict.fromkeys([*self.chosen, under]))
            self._line, self._at = Line(), 0
        elif key in ("up", "down"):
            self._at = max(0, min(len(found) - 1, self._at + (1 if key == "down" else -1)))
        elif self._line.take(key, character):
            self._at = 0
        else:
            return "passed"
        return "taken"
