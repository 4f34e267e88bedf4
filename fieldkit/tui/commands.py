"""What the palette finds: every action that can be taken now, and every respondent's interview."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from fieldkit.text import visible_line
from fieldkit.tui.actions import Action, actions_of
from fieldkit.tui.messages import InterviewWanted
from fieldkit.tui.screens.place import Place

if TYPE_CHECKING:
    from fieldkit.tui.app import FieldkitApp

HIDDEN = ("command_palette",)
"""Actions that are of no use in the palette."""

OUTSIDE: Final = (
    ("fieldkit export findings.xlsx coded.csv study.json", "write tables, passages or an archive to files"),
    ("fieldkit import roster.xlsx", "take in a roster or an archive"),
    ("fieldkit tabulate --what totals --format csv", "write a table of findings"),
    ("fieldkit log", "see who changed what, when"),
    ("fieldkit check", "check guides, framework and codebook"),
    ("fieldkit verify", "read all of the store and say what is wrong with it"),
)
"""Lines for the command line that someone may look for in the app, and what they do."""


class Command(NamedTuple):
    """One line of the palette.

    Attributes:
        name: what is found and shown.
        help: what it does.
        run: does it.
    """

    name: str
    help: str
    run: IgnoreReturnCallbackType


class ActionCommands(Provider):
    """The palette's commands, from the table of actions and the roster."""

    async def discover(self) -> Hits:
        """All actions that can be taken here, in the table's order."""
        for command in self._actions():
            yield DiscoveryHit(Content(command.name), command.run, command.name, command.help)

    async def search(self, query: str) -> Hits:
        """Actions, respondents and commands outside the app that the letters may mean; else that none is."""
        matcher = self.matcher(query)
        found = False
        for command in (*self._actions(), *self._interviews(), *self._outside()):
            score = max(matcher.match(command.name), matcher.match(command.help) * 0.7)
            if score > 0:
                found = True
                name = (
                    matcher.highlight(command.name) if matcher.match(command.name) else Content(command.name)
                )
                yield Hit(score, name, command.run, command.name, command.help)
        if not found:
            told = "Nothing has these letters"
            yield Hit(1, Content(told), _nothing, told, "Esc; F1 tells what can be done here")

    def _actions(self) -> Iterator[Command]:
        screen = self.screen
        scopes = screen.scopes if isinstance(screen, Place) else ()
        for action in actions_of(*scopes, "everywhere"):
            if action.name not in HIDDEN:
                yield Command(command_name(action), action.help, partial(self._run, action))

    def _interviews(self) -> Iterator[Command]:
        app = cast("FieldkitApp", self.app)
        for respondent, body in app.study.rows("respondents").items():
            code = visible_line(str(body.get("code", "")))
            wanted = InterviewWanted(respondent)
            yield Command(
                f"Interview {code}", "Begin it, go on with it or read it", partial(app.post_message, wanted)
            )

    def _outside(self) -> Iterator[Command]:
        """What is done outside the app: choosing it tells the line to type there."""
        app = cast("FieldkitApp", self.app)
        for line, what in OUTSIDE:
            told = f"Leave with q, then on the command line: {line}"
            yield Command(line, f"On the command line: {what}", partial(app.tell, told))

    async def _run(self, action: Action) -> None:
        node = self.app if action.scope == "everywhere" else self.screen
        await node.run_action(action.name)


def _nothing() -> None:
    """Nothing is done where nothing was found."""


def command_name(action: Action) -> str:
    """An action as the palette lists it, with its key."""
    return f"{action.label}  ({action.key_shown})" if action.keys else action.label
