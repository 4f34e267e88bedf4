"""Which key does what: the table of actions, and what a person's own `keymap.toml` makes of it.

[interview]
next_item = ["ctrl+n", "f7"]

[everywhere]
"place('desk')" = "f2"
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from fieldkit.say import t
from fieldkit.study.preferences import KEYMAP
from fieldkit.tui.actions import Action, Scope, actions_of
from fieldkit.tui.key_names import show_key


class Keymap:
    """Action to keys.

    Attributes:
        problems: what is wrong with the file, each with its line; such rows change nothing.
    """

    def __init__(self, changed: Mapping[str, tuple[str, ...]] | None = None, *problems: str) -> None:
        """Make a keymap.

        Args:
            changed: id of an action to its keys, where they are not the table's own.
            problems: what is wrong with the file that says so.
        """
        self._changed = dict(changed or {})
        self._commands: dict[Scope, dict[str, str]] = {}
        self.problems = problems

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys for an action, the one that is shown first."""
        return self._changed.get(action.id, action.keys)

    def shown(self, action: Action) -> str:
        """The first key for an action as a person reads it; empty where it has none."""
        keys = self.keys(action)
        return show_key(keys[0]) if keys else ""

    def commands(self, scope: Scope) -> Mapping[str, str]:
        """Key to what Textual is asked to run, for a screen that sees keys before its widgets."""
        if scope not in self._commands:
            self._commands[scope] = {
                key: action.command for action in actions_of(scope) for key in self.keys(action)
            }
        return self._commands[scope]

    @cached_property
    def leaving(self) -> frozenset[str]:
        """Keys that work everywhere, while something is being typed too."""
        return frozenset(
            key for action in actions_of("everywhere") for key in self.keys(action) if not is_typed(key)
        )

    @property
    def changed(self) -> dict[str, str]:
        """What Textual is told: id of an action to its keys."""
        return {action: ",".join(keys) for action, keys in self._changed.items()}


def keymap_of(app: object) -> Keymap:
    """The keymap of an app; the table's own keys where it has none."""
    keymap = getattr(app, "keymap", None)
    return keymap if isinstance(keymap, Keymap) else _TABLE


def load_keymap(folder: Path) -> Keymap:
    """The keymap of the person at the keyboard.

    Args:
        folder: the person's own settings.

    Returns:
        It, with the problems of its file; the table's own keys where there is none.
    """
    path = folder / KEYMAP
    try:
        if not path.is_file():
            return _TABLE
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Keymap(None, t("{file} cannot be read: {why}").format(file=path, why=error))
    from fieldkit.tui.keymap_file import read_keymap

    return read_keymap(text)


def is_typed(key: str) -> bool:
    """Whether a key is a character that a text field would take."""
    from textual.keys import key_to_character

    return (key_to_character(key) or "\n").isprintable()


_TABLE: Final = Keymap()
