"""The line at the foot of the Desk on which an interview is planned, and a respondent's status is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from fieldkit.records.vocabulary import MODES, RESPONDENT_STATUSES
from fieldkit.say import mark, t
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.form_field import FormField
from fieldkit.tui.widgets.respondent_form import completed

Field = Literal["when", "mode", "status"]

_NAMES: Final[dict[Field, str]] = {"when": mark("when"), "mode": mark("by"), "status": mark("status")}
"""What stands before each field."""

_CHOICES: Final[dict[Field, Sequence[str]]] = {"when": (), "mode": MODES, "status": RESPONDENT_STATUSES}


class AppointmentForm(Vertical):
    """Day, mode and status of one respondent on one line; Enter keeps them, Esc puts the line away.

    Under the fields stands what can be said in the one that has the keys, or what is wrong.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Cancel", key_display="Esc")]

    @dataclass
    class Filled(Message):
        """The line was filled in; what was not changed is None.

        Attributes:
            when: what was typed as the day.
            mode: what was typed as the mode.
            status: what was typed as the status.
        """

        when: str | None
        mode: str | None
        status: str | None

    def __init__(self) -> None:
        """Make the line, hidden."""
        super().__init__()
        self._before: Widget | None = None
        self._values: dict[Field, str] = {}
        self._meant: dict[str, str] = {}
        self.display = False

    def compose(self) -> ComposeResult:
        """Whose it is, the three fields, and a line under them."""
        with Horizontal():
            yield Label(id="plan-who")
            yield Label(id="plan-when-name")
            yield FormField(id="plan-when")
            yield Label(id="plan-mode-name")
            yield FormField(id="plan-mode")
            yield Label(id="plan-status-name")
            yield FormField(id="plan-status")
        yield Static(id="plan-told")

    def begin(self, code: str, values: dict[Field, str], first: Field) -> None:
        """Show the line.

        Args:
            code: the respondent's code.
            values: what stands in each field now.
            first: the field that gets the keys.
        """
        self._before, self._values = self.screen.focused, values
        self.query_one("#plan-who", Label).update(literal_line(code))
        # What is shown may be typed; so may the stored word itself.
        self._meant = {t(word).casefold(): word for words in _CHOICES.values() for word in words}
        for name, choices in _CHOICES.items():
            self.query_one(f"#plan-{name}-name", Label).update(t(_NAMES[name]))
            field, shown = self._field(name), [t(word) for word in choices]
            with self.prevent(Input.Changed):
                field.value = t(values[name]) if choices else values[name]
            field.suggester = SuggestFromList(shown, case_sensitive=False) if shown else None
        self.display = True
        self._field(first).focus()

    def show_faults(self, faults: Sequence[str]) -> None:
        """Tell under the fields what is wrong with them, a line each."""
        self.query_one("#plan-told", Static).update(Content("\n").join(map(literal_line, faults)))

    def finish(self) -> None:
        """Put the line away and give the keys back to whatever had them."""
        self.display = False
        if self._before is not None and self._before.is_mounted:
            self._before.focus()

    def action_give_up(self) -> None:
        """Change nothing."""
        self.finish()

    def on_descendant_focus(self) -> None:
        """Tell what can be said in the field that the keys go to now."""
        self._tell_choices()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong may be right now."""
        event.stop()
        self._tell_choices()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in any field: the line is filled in; the beginning of a word stands for it."""
        event.stop()
        given: dict[Field, str | None] = {}
        for name, choices in _CHOICES.items():
            typed = completed(self._field(name).value.strip(), [t(word) for word in choices])
            typed = completed(typed, choices)
            with self.prevent(Input.Changed):
                self._field(name).value = typed
            meant = self._meant.get(typed.casefold(), typed) if choices else typed
            given[name] = meant if meant != self._values[name] else None
        self.post_message(self.Filled(given["when"], given["mode"], given["status"]))

    def _tell_choices(self) -> None:
        choices = next((choices for name, choices in _CHOICES.items() if self._field(name).has_focus), ())
        told = t("2026-03-12, or 03-12 10:00; empty: the day is open")
        if choices:
            told = ", ".join(t(word) for word in choices)
        self.query_one("#plan-told", Static).update(phrase("[dim]$told[/]", told=told))

    def _field(self, name: Field) -> Input:
        return self.query_one(f"#plan-{name}", Input)
