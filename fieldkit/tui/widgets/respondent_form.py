"""The line at the foot of the Desk on which a respondent is put on the roster."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from fieldkit.say import mark, t
from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.form_field import FormField

_NAMES: Final = {"new-group": mark("New: group"), "new-code": mark("code"), "new-place": mark("place")}
"""Id of each field to what stands before it."""


class RespondentForm(Vertical):
    """Group, code and place on one line; Enter keeps them, Esc puts the line away.

    What is wrong with them is told under the fields, and goes with the next letter.
    """

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
        self._choices: Mapping[str, Sequence[str]] = {}
        self._before: Widget | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """The three fields, and what is wrong with them."""
        with Horizontal():
            yield Label(id="new-group-name")
            yield FormField(id="new-group")
            yield Label(id="new-code-name")
            yield FormField(id="new-code")
            yield Label(id="new-place-name")
            yield FormField(id="new-place")
        yield Static(id="new-faults")

    def begin(self, groups: Sequence[str], places: Sequence[str], next_code: Callable[[str], str]) -> None:
        """Show the line, empty.

        Args:
            groups: ids of the respondent groups.
            places: ids of the places.
            next_code: gives the first free code of a group.
        """
        self._next_code = next_code
        self._choices = {"new-group": groups, "new-place": places}
        self._before = self.screen.focused
        self.show_faults([])
        for field_id, name in _NAMES.items():
            self.query_one(f"#{field_id}-name", Label).update(t(name))
            choices = self._choices.get(field_id, ())
            field = self.query_one(f"#{field_id}", Input)
            field.value = ""
            field.placeholder = " ".join(choices)
            field.suggester = SuggestFromList(choices, case_sensitive=False) if choices else None
        self.display = True
        self.query_one("#new-group", Input).focus()

    def show_faults(self, faults: Sequence[str]) -> None:
        """Tell under the fields what is wrong with them, a line each; nothing takes it away."""
        told = self.query_one("#new-faults", Static)
        told.display = bool(faults)
        told.update(Content("\n").join(literal_line(fault) for fault in faults))

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
        self.show_faults([])
        groups = self._choices.get("new-group", ())
        group = next((each for each in groups if each.casefold() == event.value.strip().casefold()), None)
        if event.input.id == "new-group" and group is not None:
            self.query_one("#new-code", Input).value = self._next_code(group)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in any field: the line is filled in."""
        event.stop()
        typed = {field.id: field.value.strip() for field in self.query(FormField)}
        for field_id, choices in self._choices.items():
            meant = completed(typed[field_id], choices)
            if meant != typed[field_id]:
                # The code that goes with the group comes with it.
                with self.prevent(Input.Changed):
                    self.query_one(f"#{field_id}", Input).value = meant
                if field_id == "new-group" and not typed["new-code"]:
                    typed["new-code"] = self._next_code(meant)
            typed[field_id] = meant
        self.post_message(self.Filled(typed["new-group"], typed["new-code"], typed["new-place"]))


def completed(typed: str, choices: Sequence[str]) -> str:
    """The one choice that begins with what is typed; what is typed where none does, or several do."""
    wanted = typed.casefold()
    if not wanted or wanted in [choice.casefold() for choice in choices]:
        return typed
    found = [choice for choice in choices if choice.casefold().startswith(wanted)]
    return found[0] if len(found) == 1 else typed
