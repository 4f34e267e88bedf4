"""What the palette finds: every action that can be taken now, and every respondent's interview."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

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
        """Actions and respondents that the letters may mean."""
        matcher = self.matcher(query)
        for command in (*self._actions(), *self._interviews()):
            score = max(matcher.match(command.name), matcher.match(command.help) * 0.7)
            if score > 0:
                name = (
                    matcher.highlight(command.name) if matcher.match(command.name) else Content(command.name)
                )
                yield Hit(score, name, command.run, command.name, command.help)

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

    async def _run(self, action: Action) -> None:
        node = self.app if action.scope == "everywhere" else self.screen
        await node.run_action(action.name)


def command_name(action: Action) -> str:
    """An action as the palette lists it, with its key."""
    return f"{action.label}  ({action.key_shown})" if action.keys else action.label
