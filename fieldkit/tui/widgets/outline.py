"""The outline of an interview: every item with how far it has got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fieldkit.records.responses import ResponseKey
from fieldkit.say import language as spoken
from fieldkit.say import t
from fieldkit.study.steps import StepView
from fieldkit.tui.literal import literal_line

STATE_SIGNS: Final = {
    "open": " ",
    "answered": "\u2713",
    "not asked": "\u2013",
    "not applicable": "/",
    "refused": "x",
    "don't know": "?",
    "already covered": "=",
    "will send": ">",
    "skipped by condition": "(",
}
"""The sign of each state; the item itself spells the word out."""

PRIORITY_SIGN: Final = "!"
HIDDEN_SIGN: Final = "~"


class Outline(OptionList, can_focus=False):
    """Sections and items. It takes no keys: a click jumps, and Go to does by keys."""

    @dataclass
    class Picked(Message):
        """An item was clicked."""

        key: ResponseKey

    def __init__(self) -> None:
        super().__init__(id="outline")
        self._keys: list[ResponseKey | None] = []
        self._shown: tuple[object, ...] = ()

    def show(self, steps: Sequence[StepView], current: ResponseKey | None, language: str) -> None:
        """Show steps: those that are to be asked, and those answered that a condition hides now."""
        shown = [step for step in steps if step.relevant or step.done]
        state = (
            language,
            spoken(),
            *((step.key, step.state, step.relevant, step.value_missing) for step in shown),
        )
        if state != self._shown:
            self._shown = state
            self._fill(shown, language)
        self.highlighted = self._keys.index(current) if current in self._keys else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which item was clicked."""
        event.stop()
        key = self._keys[event.option_index]
        if key is not None:
            self.post_message(self.Picked(key))

    def _fill(self, steps: Sequence[StepView], language: str) -> None:
        options, self._keys = [], []
        section = None
        for step in steps:
            if step.section.id != section:
                section = step.section.id
                options.append(Option(literal_line(step.section.title.get(language)), disabled=True))
                self._keys.append(None)
            options.append(Option(outline_line(step, language)))
            self._keys.append(step.key)
        self.clear_options()
        self.add_options(options)


def outline_line(step: StepView, language: str) -> Content:
    """One item in the outline: state, priority, number and the beginning of its text."""
    sign = STATE_SIGNS.get(step.state if step.done else "", " ") if step.relevant else HIDDEN_SIGN
    priority = PRIORITY_SIGN if step.item.priority and not step.done else " "
    named = step.instance_text
    # The number of a repeat is no name for it.
    text = named if named and not named.isdigit() else step.fill(step.item.text, language)
    told = f"{step.person} {text}" if step.person else text
    told = t("value missing: {text}").format(text=told) if step.value_missing else told
    return Content(f"{sign}{priority}{step.number:>2} ") + literal_line(told)
