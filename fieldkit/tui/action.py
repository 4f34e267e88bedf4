"""One thing the app can be told to do, and the places where it can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from fieldkit.say import mark, t
from fieldkit.tui.key_names import show_key

Scope = Literal[
    "everywhere",
    "desk",
    "interview",
    "coding",
    "chart",
    "collected",
    "hits",
    "codebook",
    "differences",
    "waiting",
    "findings",
    "words",
    "history",
    "search",
]

SCOPES: Final[dict[Scope, str]] = {
    "everywhere": mark("Everywhere"),
    "desk": mark("Desk"),
    "interview": mark("Interview"),
    "coding": mark("Coding"),
    "chart": mark("Chart"),
    "collected": mark("Passages under each other"),
    "hits": mark("Words found everywhere"),
    "codebook": mark("Codebook"),
    "differences": mark("Where coders differ"),
    "waiting": mark("Codings that wait"),
    "findings": mark("Findings"),
    "words": mark("Words behind a figure"),
    "history": mark("What this was before"),
    "search": mark("Search"),
}


@dataclass(frozen=True)
class Action:
    """One thing the app can be told to do.

    Attributes:
        scope: the place where it can be told; the action of a screen is its method `action_NAME`.
        name: the method's name without `action_`, with arguments where it has any.
        keys: the keys for it where no keymap says otherwise, the one that is shown first.
        label: one or two words, for the footer.
        help: one line, for the palette and the help page.
        footer: whether the footer shows it.
        priority: whether it works even where a widget takes the key.
    """

    scope: Scope
    name: str
    keys: tuple[str, ...]
    label: str
    help: str
    footer: bool = False
    priority: bool = False

    @property
    def id(self) -> str:
        """The name by which a keymap knows it."""
        return f"{self.scope}.{self.name}"

    @property
    def command(self) -> str:
        """What Textual is asked to run."""
        return f"app.{self.name}" if self.scope == "everywhere" else f"screen.{self.name}"

    @property
    def key_shown(self) -> str:
        """The first key as a person reads it: `Ctrl+N`, `F2`, `d`."""
        return show_key(self.keys[0]) if self.keys else ""

    @property
    def told(self) -> str:
        """Its label in the language of the interface."""
        return t(self.label)
