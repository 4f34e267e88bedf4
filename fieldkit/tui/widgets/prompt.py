"""One line at the foot of a place for typing an answer to the app; it stands before nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Label

from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.form_field import FormField


class Prompt(Horizontal):
    """A question and a field, hidden while nothing is asked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Cancel", key_display="Esc")]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make the line, hidden."""
        super().__init__(id=id)
        self._waiting: asyncio.Future[str | None] | None = None
        self._before: Widget | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """The question and the field."""
        yield Label(id="prompt-question")
        yield FormField(id="prompt-answer")

    async def ask(self, question: str, value: str = "", choices: Sequence[str] = ()) -> str | None:
        """Ask for a line of text.

        Args:
            question: what is asked, a few words.
            value: what stands in the field already.
            choices: what may be completed with the right arrow; anything else can be typed too.

        Returns:
            What was typed, without blanks around it; None when it was given up.
        """
        self._settle(None)
        self._waiting = asyncio.get_running_loop().create_future()
        self.query_one("#prompt-question", Label).update(literal_line(question))
        field = self.query_one(Input)
        field.value = value
        field.placeholder = " / ".join(choices)
        field.suggester = SuggestFromList(choices, case_sensitive=False) if choices else None
        if not self.display:
            self._before = self.screen.focused
        self.display = True
        field.focus()
        return await self._waiting

    def finish(self) -> None:
        """Put the line away and give the keys back to whatever had them."""
        self._settle(None)
        self.display = False
        if self._before is not None and self._before.is_mounted:
            self._before.focus()

    def action_give_up(self) -> None:
        """Ask no more."""
        self._settle(None)
        self.finish()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer."""
        event.stop()
        self._settle(event.value.strip())

    def _settle(self, answer: str | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(answer)
        self._waiting = None
