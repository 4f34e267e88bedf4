"""The tour of two minutes: what to do next, and what has been done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.actions import ActionParseResult, parse

from fieldkit.say import mark, t
from fieldkit.tui.actions import ACTIONS, Action
from fieldkit.tui.keymap import Keymap


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        action: id of the action that completes it.
        text: what to do, with `{key}` for that action's key.
    """

    action: str
    text: str


STEPS: Final = (
    Step("desk.open_interview", mark("This is the Desk. Choose a respondent with the arrows; {key} begins.")),
    Step("interview.next_item", mark("Read aloud what stands here. {key} goes on, to the first item.")),
    Step("interview.next_item", mark("Type what is said; it saves itself. {key} goes on to the next.")),
    Step("interview.go_to", mark("Follow the talk: {key}, then a number or some letters, jumps to an item.")),
    Step("interview.disposition", mark("Not asked, refused, does not know? {key}, then a digit, says so.")),
    Step("everywhere.place('desk')", mark("All is saved. {key} goes back to the Desk; the clock runs on.")),
    Step("everywhere.place('coding')", mark("{key} goes to Coding, where passages are given codes.")),
    Step("everywhere.place('findings')", mark("{key} goes to Findings: tables, down to the words.")),
    Step("everywhere.help", mark("{key} tells what can be done, wherever you are; Esc comes back.")),
    Step("everywhere.command_palette", mark("{key} finds everything by a few letters. That is all!")),
)

_BY_ID: Final = {action.id: action for action in ACTIONS}


class Tour:
    """Where somebody is in the tour.

    Attributes:
        done: how many steps are completed.
    """

    def __init__(self) -> None:
        """Begin."""
        self.done = 0

    @property
    def over(self) -> bool:
        """Whether all steps are completed."""
        return self.done == len(STEPS)

    def note(self, action: str | ActionParseResult) -> bool:
        """Note that something was done.

        Args:
            action: what, as Textual is told it.

        Returns:
            Whether that completed a step.
        """
        if self.over or not _same(action, _BY_ID[STEPS[self.done].action]):
            return False
        self.done += 1
        return True

    def line(self, keymap: Keymap) -> str:
        """What to do next, with the key that does it; empty where the tour is over."""
        if self.over:
            return ""
        step = STEPS[self.done]
        return t(step.text).format(key=keymap.shown(_BY_ID[step.action]))


def _same(done: str | ActionParseResult, action: Action) -> bool:
    """Whether what was done is an action of the table, whatever it was done to."""
    parsed = parse(done) if isinstance(done, str) else done
    return parsed[1:] == parse(action.name)[1:]
