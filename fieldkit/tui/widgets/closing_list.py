"""The gaps of an interview as lines to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from fieldkit.say import mark, t
from fieldkit.study.closing import Closing
from fieldkit.study.steps import StepView
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.closing_prompt import WISHES
from fieldkit.tui.widgets.keys import taken_by_screen

_NOT_ASKED: Final = {
    "time": mark("not asked, no time"),
    "topic": mark("not asked, off the topic"),
    "respondent": mark("not asked, not for this person"),
}


class Gap(NamedTuple):
    """One line.

    Attributes:
        step: the item.
        told: what is lacking, or was promised.
        words: the item's text, or what was said.
    """

    step: StepView
    told: str
    words: str


class ClosingList(Widget, can_focus=True):
    """The gaps, a line each.

    Attributes:
        digit: the digit pressed last, of what is done to all; the screen asks whether it is meant.
        takes_back: whether the last key takes back what was done.
        chosen: the gap to go to, when Enter asked for that.
        turned: the gap whose reason or words are to change, and by how much, after an arrow to a side.
    """

    def __init__(self) -> None:
        super().__init__(id="gaps")
        self.digit: str | None = None
        self.takes_back = False
        self.chosen: Gap | None = None
        self.turned: tuple[Gap, int] | None = None
        self._at = 0
        self._gaps: list[Gap] = []

    def show(self, closing: Closing, language: str) -> None:
        """Show what is open or was not asked, priority first; then what words are lacking; follow-ups."""
        self._gaps = list(_gaps(closing, language))
        self._at = min(self._at, max(0, len(self._gaps) - 1))
        self.refresh(layout=True)

    def render(self) -> Content:
        """All lines."""
        if not self._gaps:
            return Content(t("Nothing is open."))
        lines = []
        for at, (step, told, words) in enumerate(self._gaps):
            pointer = "\u203a" if at == self._at and self.has_focus else " "
            who = f"{step.person}  " if step.person else ""
            told = t("PRIORITY, {told}").format(told=told) if step.item.priority and not step.done else told
            values = {"pointer": pointer, "number": f"{step.number:>2}", "told": told, "who": who}
            lines.append(phrase("$pointer $number  $told  $who", **values) + literal_line(words))
        return Content("\n").join(lines)

    def take_key(self, event: events.Key) -> bool:
        """Arrows move and change, Enter goes to an item, digits ask; whether the key was one for here."""
        self.digit, self.chosen, self.turned = None, None, None
        self.takes_back = event.key == "ctrl+z"
        gap = self._gaps[self._at] if self._gaps else None
        if event.key in ("up", "down") and gap is not None:
            self._at = max(0, min(len(self._gaps) - 1, self._at + (1 if event.key == "down" else -1)))
            self.refresh()
            self.query_ancestor(VerticalScroll).scroll_to(y=self._at - 2, animate=False)
        elif event.key in ("left", "right") and gap is not None:
            self.turned = gap, 1 if event.key == "right" else -1
        elif event.key == "enter" and gap is not None:
            self.chosen = gap
        elif event.character is not None and event.character in WISHES:
            self.digit = event.character
        else:
            return self.takes_back
        return True

    async def _on_key(self, event: events.Key) -> None:
        await taken_by_screen(self, event)


def _gaps(closing: Closing, language: str) -> Iterator[Gap]:
    def text(step: StepView) -> str:
        return step.fill(step.item.text, language)

    # An item keeps its line while its reason changes.
    asked = sorted(
        [*closing.priority, *closing.rest, *closing.not_asked],
        key=lambda step: (not step.item.priority, step.number),
    )
    for step in asked:
        yield Gap(step, _lacking(step, closing.reasons.get(step.key)), text(step))
    for step in closing.covered:
        yield Gap(step, t("already covered: \u2192 says where"), text(step))
    for step in closing.promised:
        words = closing.reasons.get(step.key)
        yield Gap(step, t("will send" if words else "will send: \u2192 says what"), words or text(step))
    for follow_up in closing.follow_ups:
        yield Gap(follow_up.step, t("follow-up"), follow_up.words)


def _lacking(step: StepView, reason: str | None) -> str:
    if step.state == "not asked":
        if not reason:
            return t("not asked: \u2192 says why")
        return (
            t(_NOT_ASKED[reason]) if reason in _NOT_ASKED else t("not asked, {reason}").format(reason=reason)
        )
    return t("value missing" if step.value_missing else "open")
