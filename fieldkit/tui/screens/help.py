"""The help page: where one is, and every key that works there."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from fieldkit.tui.actions import MARKS, MARKS_TITLE, SCOPES, Scope, actions_of, show_key
from fieldkit.tui.literal import phrase
from fieldkit.tui.screens.place import Place


class HelpScreen(ModalScreen[None]):
    """The keys of the place one came from first, then those that work everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,enter", "dismiss", "Back")]

    def __init__(self, over: Screen[Any]) -> None:
        """Make the page for a screen."""
        super().__init__()
        self._over = over

    def compose(self) -> ComposeResult:
        """The page, longer than the screen if need be."""
        scopes: list[Scope] = [*(self._over.scopes if isinstance(self._over, Place) else ()), "everywhere"]
        lines = [phrase("[b]Help[/]  you are in $where  [dim]Esc: back[/]", where=SCOPES[scopes[0]])]
        if "interview" in scopes:
            lines.append(Content("A letter alone is typed into the notes here: use F2 to F5, and Ctrl+P."))
        lines.append(Content(""))
        for scope in scopes:
            lines.append(phrase("[b]$scope[/]", scope=SCOPES[scope]))
            for action in actions_of(scope):
                keys = " or ".join(show_key(key) for key in action.keys) or f"Ctrl+P {action.label}"
                lines.append(phrase("  [b]$keys[/] $help", keys=keys.ljust(16), help=action.help))
            lines.append(Content(""))
            if scope == "interview":
                lines.append(phrase("[b]$title[/]", title=MARKS_TITLE))
                for signs, said in MARKS:
                    typed = " or ".join(signs).ljust(16)
                    lines.append(phrase("  [b]$typed[/] $said", typed=typed, said=said))
                lines.append(Content(""))
        with VerticalScroll(id="help"):
            yield Static(Content("\n").join(lines))
