"""The page after the last item: what is still open, and the end of the interview."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from fieldkit.records.responses import ResponseKey
from fieldkit.say import mark, t
from fieldkit.study.closing import Closing
from fieldkit.study.steps import StepView
from fieldkit.tui.literal import literal, literal_line, phrase
from fieldkit.tui.widgets.closing_prompt import WISHES
from fieldkit.tui.widgets.keys import taken_by_screen

_KEYS: Final = mark(
    "All the rest not asked: 1 no time  2 off the topic  3 not for this person\n"
    "4 pause  5 complete the interview   Enter confirms, Ctrl+Z takes back\n"
    "Enter goes to the item shown by \u203a   Typing goes to the last item's notes"
)


class ClosingList(Widget, can_focus=True):
    """The gaps, a line each.

    Attributes:
        digit: the digit pressed last, of what is done to all; the screen asks whether it is meant.
        takes_back: whether the last key takes back what was done to all.
        chosen: the item to go to, when Enter asked for that.
    """

    def __init__(self) -> None:
        super().__init__(id="gaps")
        self.digit: str | None = None
        self.takes_back = False
        self.chosen: ResponseKey | None = None
        self._at = 0
        self._gaps: list[tuple[str, StepView]] = []
        self._language = ""

    def show(self, closing: Closing, language: str) -> None:
        """Show what is open: priority items first, then the rest, then what was promised."""
        self._language = language
        self._gaps = [(_priority_lacking(step), step) for step in closing.priority]
        self._gaps += [(_lacking(step), step) for step in closing.rest]
        self._gaps += [(t("will send"), step) for step in closing.promised]
        self._at = min(self._at, max(0, len(self._gaps) - 1))
        self.refresh(layout=True)

    def render(self) -> Content:
        """All lines."""
        if not self._gaps:
            return Content(t("Nothing is open."))
        lines = []
        for at, (told, step) in enumerate(self._gaps):
            pointer = "\u203a" if at == self._at and self.has_focus else " "
            who = f"{step.person}  " if step.person else ""
            head = phrase(
                "$pointer $number  $told  $who",
                pointer=pointer,
                number=f"{step.number:>2}",
                told=told,
                who=who,
            )
            lines.append(head + literal_line(step.fill(step.item.text, self._language)))
        return Content("\n").join(lines)

    def take_key(self, event: events.Key) -> bool:
        """Arrows move, Enter goes to an item, digits ask; whether the key was one for here."""
        self.digit, self.chosen, self.takes_back = None, None, event.key == "ctrl+z"
        if event.key in ("up", "down") and self._gaps:
            self._at = max(0, min(len(self._gaps) - 1, self._at + (1 if event.key == "down" else -1)))
            self.refresh()
            self.query_ancestor(VerticalScroll).scroll_to(y=self._at - 2, animate=False)
        elif event.key == "enter" and self._gaps:
            self.chosen = self._gaps[self._at][1].key
        elif event.character is not None and event.character in WISHES:
            self.digit = event.character
        else:
            return self.takes_back
        return True

    async def _on_key(self, event: events.Key) -> None:
        await taken_by_screen(self, event)


def _lacking(step: StepView) -> str:
    return t("value missing" if step.value_missing else "open")


def _priority_lacking(step: StepView) -> str:
    return t("PRIORITY, value missing" if step.value_missing else "PRIORITY, open")


class ClosingPage(Vertical):
    """What to say at the end, the gaps, and the keys that close them."""

    def compose(self) -> ComposeResult:
        """Words to say, how it stands, gaps, keys."""
        yield Static(id="farewell")
        yield Static(id="standing")
        with VerticalScroll(id="gaps-scroll", can_focus=False):
            yield ClosingList()
        yield Static(id="closing-keys")

    @property
    def gaps(self) -> ClosingList:
        """The lines of gaps."""
        return self.query_one(ClosingList)

    def show(self, farewell: str, closing: Closing, state: str, language: str) -> None:
        """Show the end of an interview.

        Args:
            farewell: the guide's closing statement, or nothing.
            closing: what is open.
            state: the interview's state.
            language: language of the items' texts.
        """
        self.query_one("#closing-keys", Static).update(phrase(_KEYS))
        self.query_one("#farewell", Static).update(literal(farewell))
        count = {"count": len(closing.priority) + len(closing.rest), "priority": len(closing.priority)}
        lines = [phrase("[b]Closing review[/b]  interview $state", state=t(state))]
        if closing.no_consent:
            codes = ", ".join(closing.no_consent)
            lines.append(phrase("Consent not recorded: $codes (Go to 0)", codes=codes))
        lines.append(phrase("$count open, $priority of them priority", **count))
        self.query_one("#standing", Static).update(Content("\n").join(lines))
        self.gaps.show(closing, language)
