"""The line at the foot of the Desk on which a respondent is put on the roster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Label


class RespondentForm(Horizontal):
    """Group, code and place on one line; Enter keeps them, Esc puts the line away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Cancel", key_display="Esc")]

    @dataclass
    class Filled(Message):
        """The line was filled in.

        Attributes:
            group: what was typed as the group.
            code: what was typed as the code.
            place: what was typed as the place; empty for none.
        """

        group: str
        code: str
        place: str

    def __init__(self) -> None:
        """Make the line, hidden."""
        super().__init__()
        self._next_code: Callable[[str], str] = str
        self._groups: dict[str, str] = {}
        self._before: Widget | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """The three fields."""
        yield Label("New: group")
        yield Input(id="new-group", compact=True)
        yield Label("code")
        yield Input(id="new-code", compact=True)
        yield Label("place")
        yield Input(id="new-place", compact=True)

    def begin(self, groups: Sequence[str], places: Sequence[str], next_code: Callable[[str], str]) -> None:
        """Show the line, empty.

        Args:
            groups: ids of the respondent groups.
            places: ids of the places.
            next_code: gives the first free code of a group.
        """
        self._next_code = next_code
        self._groups = {group.casefold(): group for group in groups}
        self._before = self.screen.focused
        for field_id, choices in (("new-group", groups), ("new-place", places), ("new-code", ())):
            field = self.query_one(f"#{field_id}", Input)
            field.value = ""
            field.placeholder = " ".join(choices)
            field.suggester = SuggestFromList(choices, case_sensitive=False) if choices else None
        self.display = True
        self.query_one("#new-group", Input).focus()

    def finish(self) -> None:
        """Put the line away and give the keys back to whatever had them."""
        self.display = False
        if self._before is not None and self._before.is_mounted:
            self._before.focus()

    def action_give_up(self) -> None:
        """Put no one on the roster."""
        self.finish()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Once the group is there, propose its next code."""
        event.stop()
        group = self._groups.get(event.value.strip().casefold())
        if event.input.id == "new-group" and group is not None:
            self.query_one("#new-code", Input).value = self._next_code(group)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in any field: the line is filled in."""
        event.stop()
        values = (self.query_one(f"#new-{name}", Input).value.strip() for name in ("group", "code", "place"))
        self.post_message(self.Filled(*values))
