"""The help page: where one is, and every key that works there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from fieldkit.say import t
from fieldkit.tui.actions import MARKS, MARKS_TITLE, SCOPES, Action, Scope, actions_of
from fieldkit.tui.help_topics import topic
from fieldkit.tui.key_names import show_key
from fieldkit.tui.keymap import Keymap, keymap_of
from fieldkit.tui.literal import literal, phrase
from fieldkit.tui.screens.place import Place


class HelpScreen(ModalScreen[None]):
    """What can be said of where the focus is, the keys of the place, then those that work everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", "Back"),
        Binding("t", "tour", "Tour"),
    ]

    def __init__(self, over: Screen[Any]) -> None:
        """Make the page for a screen."""
        super().__init__()
        self._over = over

    def compose(self) -> ComposeResult:
        """The page, longer than the screen if need be."""
        scopes: list[Scope] = [*(self._over.scopes if isinstance(self._over, Place) else ()), "everywhere"]
        lines = [phrase("[b]Help: $where[/]  [dim]Esc: back   t: the tour[/]", where=t(SCOPES[scopes[0]]))]
        if (told := topic(self._over)) is not None:
            lines += [Content(""), literal(t(told))]
        if "interview" in scopes:
            lines.append(phrase("A letter alone is typed into the notes here: use F2 to F5, and Ctrl+P."))
        lines.append(Content(""))
        for scope in scopes:
            lines += _keys_of(scope, keymap_of(self.app))
            if scope == "interview":
                lines += _marks()
        with VerticalScroll(id="help"):
            yield Static(Content("\n").join(lines))

    async def action_tour(self) -> None:
        """Take the tour, or end it."""
        self.dismiss()
        await self.app.run_action("app.tour")


def keys_told(action: Action, keymap: Keymap) -> str:
    """All keys for an action; where it has none, how the palette finds it."""
    keys = [show_key(key) for key in keymap.keys(action)]
    return t(" or ").join(keys) or t("Ctrl+P {label}").format(label=action.told)


def _keys_of(scope: Scope, keymap: Keymap) -> Iterator[Content]:
    yield phrase("[b]$scope[/]", scope=t(SCOPES[scope]))
    for action in actions_of(scope):
        keys = keys_told(action, keymap).ljust(16)
        yield phrase("  [b]$keys[/] $help", keys=keys, help=t(action.help))
    yield Content("")


def _marks() -> Iterator[Content]:
    yield phrase("[b]$title[/]", title=t(MARKS_TITLE))
    for signs, said in MARKS:
        typed = t(" or ").join(signs).ljust(16)
        yield phrase("  [b]$typed[/] $said", typed=typed, said=t(said))
    yield Content("")
