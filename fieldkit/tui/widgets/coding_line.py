"""The line at the foot of Coding on which words are typed: what to look for, a summary, a memo, initials."""

from __future__ import annotations

from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Label

from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.keys import taken_by_screen

Subject = Literal["words", "summary", "initials", "memo", "in_vivo"]


class CodingInput(Input):
    """A field whose screen sees keys first."""

    async def _on_key(self, event: events.Key) -> None:
        if not await taken_by_screen(self, event):
            await super()._on_key(event)


class CodingLine(Horizontal):
    """A question and a field, hidden while nothing is asked.

    Attributes:
        subject: what is being typed; None while nothing is.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make the line, hidden."""
        super().__init__(id=id)
        self.subject: Subject | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """The question and the field."""
        yield Label(id="coding-line-question")
        # A summary that stands is added to; it must not vanish at the first letter.
        yield CodingInput(id="coding-line-field", compact=True, select_on_focus=False)

    @property
    def field(self) -> CodingInput:
        """The field."""
        return self.query_one(CodingInput)

    def begin(self, subject: Subject, question: str, value: str = "") -> None:
        """Show the line and take the keys, at once."""
        self.query_one(Label).update(literal_line(question))
        self.subject = subject
        self.display = True
        self.field.value = value
        self.field.cursor_position = len(value)
        self.screen.set_focus(self.field)

    def finish(self) -> str:
        """Hide the line; what was typed, without blanks around it."""
        self.subject = None
        self.display = False
        return self.field.value.strip()
