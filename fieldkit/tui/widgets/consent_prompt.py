"""What withdrawing a consent does, shown before it is done."""

from __future__ import annotations

from textual.content import Content

from fieldkit.records.respondents import Respondent
from fieldkit.study.withdrawal_effect import WithdrawalEffect
from fieldkit.tui.literal import phrase
from fieldkit.tui.widgets.consent import TAKE_BACK
from fieldkit.tui.widgets.interview_prompts import Outcome, Prompt


class WithdrawPrompt(Prompt):
    """Waits for Enter. A note can begin with a digit: any other character goes to the notes after it.

    Attributes:
        respondent: who takes her consent back.
        digit: the digit that was pressed.
    """

    digit = TAKE_BACK

    def __init__(self, respondent: Respondent, effect: WithdrawalEffect) -> None:
        """Make the prompt.

        Args:
            respondent: who takes her consent back.
            effect: what then counts nowhere.
        """
        self.respondent = respondent
        self._effect = effect

    @property
    def content(self) -> Content:
        """What counts nowhere then, and what the keys do."""
        effect = self._effect
        return phrase(
            "[b]$code takes her consent back.[/b] Nothing is erased, but it counts nowhere:\n"
            "responses $responses, paragraphs $paragraphs, coded passages $passages, chart cells $cells\n"
            "Enter: she does   Esc: no   Typing on: $digit is the notes’ first character\n"
            "To erase it all, on the command line: fieldkit purge --respondent $code",
            code=self.respondent.code,
            responses=str(effect.responses),
            paragraphs=str(effect.paragraphs),
            passages=str(effect.passages),
            cells=str(effect.cells),
            digit=self.digit,
        )

    def take(self, key: str, character: str | None) -> Outcome:
        """Enter says it is meant; Escape, that it is not."""
        if key in ("enter", "escape"):
            return "done" if key == "enter" else "cancelled"
        return "passed"
