"""A question over the screen, answered with one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from fieldkit.study.errors import StudyError
from fieldkit.tui.literal import literal_line, phrase


class AskLine(ModalScreen[str | None]):
    """Its result is what was typed, or None where the question was put away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Cancel", key_display="Esc")]

    def __init__(self, question: str, value: str, check: Callable[[str], object]) -> None:
        """Make the question.

        Args:
            question: what is asked, one line.
            value: what stands in the field already.
            check: raises StudyError where an answer will not do; its message is shown.
        """
        super().__init__()
        self._question = question
        self._value = value
        self._check = check

    def compose(self) -> ComposeResult:
        """The question, the field, what is wrong with the answer."""
        with Vertical(classes="asked"):
            yield Label(literal_line(self._question))
            yield Input(self._value, compact=True)
            yield Static(phrase("[dim]Enter: done   Esc: leave it as it is[/]"), id="asked-said")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer, or say why not."""
        event.stop()
        try:
            self._check(event.value)
        except StudyError as error:
            self.query_one("#asked-said", Static).update(literal_line(str(error)))
        else:
            self.dismiss(event.value)

    def action_give_up(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
