"""What the palette finds: actions of every place, respondents, items, questions, codes, settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from fieldkit.say import mark, t
from fieldkit.tui.actions import Action, actions_of
from fieldkit.tui.finds import FINDERS
from fieldkit.tui.keymap import Keymap
from fieldkit.tui.matching import match
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.heading import PLACE_NAMES

if TYPE_CHECKING:
    from fieldkit.tui.app import FieldkitApp

HIDDEN = ("command_palette",)
"""Actions that are of no use in the palette."""

_FOUND_STYLE: Final = "underline bold"

HELP_COUNTS: Final = 0.7
"""What letters found in what a command does count, against letters found in its name."""

PLACES: Final = ("desk", "interview", "coding", "findings")
"""Places whose actions are found from everywhere; to take one is to go there first."""

OUTSIDE: Final = (
    (
        "fieldkit export findings.xlsx coded.csv study.json",
        mark("On the command line: write tables, passages or an archive to files"),
    ),
    ("fieldkit import roster.xlsx", mark("On the command line: take in a roster or an archive")),
    ("fieldkit tabulate --what totals --format csv", mark("On the command line: write a table of findings")),
    (
        "fieldkit assign --coder SR --to share.json",
        mark("On the command line: write a second coder's share to a file, for a laptop of her own"),
    ),
    ("fieldkit log", mark("On the command line: see who changed what, when")),
    ("fieldkit check", mark("On the command line: check guides, framework and codebook")),
    ("fieldkit verify", mark("On the command line: read all of the store and say what is wrong with it")),
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
    """The palette's commands, from the table of actions and from the study."""

    async def discover(self) -> Hits:
        """All actions that can be taken here, in the table's order."""
        for command in self._here():
            yield DiscoveryHit(Content(command.name), command.run, command.name, command.help)

    async def search(self, query: str) -> Hits:
        """All that the letters may mean; else that nothing has them."""
        found = False
        for command in self._all():
            named, helped = match(query, command.name), match(query, command.help)
            score = max(named.score if named else 0, helped.score * HELP_COUNTS if helped else 0)
            if score > 0:
                found = True
                name = _underlined(command.name, named.places if named else ())
                yield Hit(score, name, command.run, command.name, command.help)
        if not found:
            told = t("Nothing has these letters")
            yield Hit(1, Content(told), _nothing, told, t("Esc; F1 tells what can be done here"))

    @property
    def _app(self) -> FieldkitApp:
        return cast("FieldkitApp", self.app)

    def _all(self) -> Iterator[Command]:
        yield from self._here()
        yield from self._elsewhere()
        for find in FINDERS:
            yield from (Command(*each) for each in find(self._app))
        yield from self._outside()

    def _here(self) -> Iterator[Command]:
        screen = self.screen
        scopes = screen.scopes if isinstance(screen, Place) else ()
        for action in actions_of(*scopes, "everywhere"):
            if action.name not in HIDDEN:
                name = command_name(action, self._app.keymap)
                yield Command(name, t(action.help), partial(self._run, action))

    def _elsewhere(self) -> Iterator[Command]:
        """The actions of the other places, as far as these can be gone to."""
        here = self.screen.scopes if isinstance(self.screen, Place) else ()
        for place in PLACES:
            if place in here or (place == "interview" and self._app.interview is None):
                continue
            for action in actions_of(place):
                name = t("{place}: {action}").format(
                    place=t(PLACE_NAMES[place]), action=command_name(action, self._app.keymap)
                )
                yield Command(name, t(action.help), partial(self._run_in, place, action))

    def _outside(self) -> Iterator[Command]:
        """What is done outside the app: choosing it tells the line to type there."""
        for line, what in OUTSIDE:
            told = t("Leave with q, then on the command line: {line}").format(line=line)
            yield Command(line, t(what), partial(self._app.tell, told))

    async def _run(self, action: Action) -> None:
        node = self.app if action.scope == "everywhere" else self.screen
        await node.run_action(action.name)

    async def _run_in(self, place: str, action: Action) -> None:
        await self._app.action_place(place)
        await self._app.screen.run_action(action.name)


def command_name(action: Action, keymap: Keymap) -> str:
    """An action as the palette lists it, with its key.

    Args:
        action: the action.
        keymap: which keys do what.
    """
    key = keymap.shown(action)
    return f"{action.told}  ({key})" if key else action.told


def _underlined(name: str, places: Sequence[int]) -> Content:
    """A name with the letters that were found in it marked."""
    content = Content(name)
    for place in places:
        content = content.stylize(_FOUND_STYLE, place, place + 1)
    return content


def _nothing() -> None:
    """Nothing is done where nothing was found."""
