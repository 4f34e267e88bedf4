"""Reading `keymap.toml`: what is wrong with it is told by line, and changes nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from textual.keys import Keys, _character_to_key, key_to_character

from fieldkit.say import t
from fieldkit.study.errors import UnknownId
from fieldkit.study.preferences import KEYMAP
from fieldkit.text import shortened
from fieldkit.tui.actions import ACTIONS, SCOPES, Scope, actions_of
from fieldkit.tui.key_names import show_key
from fieldkit.tui.keymap import Keymap, is_typed

NEVER: Final = frozenset(
    {"ctrl+q", "ctrl+a", "ctrl+b", "ctrl+l", "ctrl+h", "ctrl+i", "ctrl+m", "ctrl+c", "ctrl+j", "f6", "f7"}
)
"""Keys that terminals send as others, that end things, or that a text field has for itself."""

ALTGR: Final = frozenset("@[]{}|#\\")
"""Characters that some keyboards have behind AltGr."""

TYPED_IN: Final[frozenset[Scope]] = frozenset({"interview"})
"""Places where every character is somebody's words."""

_TYPING: Final = frozenset({"enter", "backspace", "delete"})
"""Keys that words cannot be typed without, beside the characters."""

_NAMED: Final = frozenset(key.value for key in Keys if "+" not in key.value and "<" not in key.value)
_HEADER: Final = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_ROW: Final = re.compile(r"\s*([^#=\[]+?)\s*=")
_AT_LINE: Final = re.compile(r"\s*\(at line (\d+), column \d+\)$")


class _Fault(Exception):
    """What is wrong with a row; the message is a sentence."""


def read_keymap(text: str) -> Keymap:
    """The keymap that a file says.

    Args:
        text: the file: a table for each place, in it an action and its key or list of keys.

    Returns:
        It, with a problem for each row that is wrong, and without those rows.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines())
        return Keymap(None, f"{KEYMAP}:{line}: {_AT_LINE.sub('', str(error))}")
    lines = _lines(text)
    problems: list[tuple[int, str]] = []
    changed: dict[str, tuple[str, ...]] = {}
    for scope, name, given in _rows(told):
        row = f"{scope}.{name}" if name else scope
        try:
            changed[_action(scope, name)] = _keys(scope, given)
        except (_Fault, UnknownId) as error:
            problems.append((lines.get(row, 1), f"{row}: {error}"))
    for row, why in _clashes(changed, lines):
        del changed[row]
        problems.append((lines.get(row, 1), f"{row}: {why}"))
    return Keymap(changed, *(f"{KEYMAP}:{line}: {why}" for line, why in sorted(problems)))


def _rows(told: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for scope, rows in told.items():
        if isinstance(rows, dict):
            yield from ((scope, name, given) for name, given in rows.items())
        else:
            yield scope, "", rows


def _action(scope: str, name: str) -> str:
    """The id of the action that is meant."""
    if scope not in SCOPES:
        raise UnknownId("place", scope, SCOPES)
    known = {action.name: action.id for action in ACTIONS if action.scope == scope}
    if name not in known:
        raise UnknownId("action", name, known)
    return known[name]


def _keys(scope: str, given: Any) -> tuple[str, ...]:
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, list) or not listed or not all(isinstance(each, str) for each in listed):
        raise _Fault(t("give it a key, or a list of keys, such as “ctrl+n”"))
    return tuple(_key(scope, each.strip()) for each in listed)


def _key(scope: str, given: str) -> str:
    """A key as Textual calls it."""
    *modifiers, name = [given] if given == "+" else given.split("+")
    character = name if len(name) == 1 else key_to_character(name) if is_typed(name) else None
    name = _character_to_key(name) if len(name) == 1 else name
    key = "+".join([*sorted(modifiers), name])
    known = name in _NAMED or character is not None
    if not known or len(set(modifiers)) != len(modifiers):
        raise _Fault(t("there is no key “{key}”").format(key=shortened(given, 40)))
    if not {*modifiers} <= {"ctrl", "shift"} or ("shift" in modifiers and character is not None):
        raise _Fault(t("not every terminal sends “{key}” as a key of its own").format(key=given))
    if key in NEVER or character in ALTGR:
        raise _Fault(t("“{key}” is not free for this on every terminal and keyboard").format(key=given))
    if scope in TYPED_IN and (is_typed(key) or key in _TYPING):
        raise _Fault(t("“{key}” is typed into the notes here").format(key=given))
    return key


def _clashes(changed: Mapping[str, tuple[str, ...]], lines: Mapping[str, int]) -> list[tuple[str, str]]:
    """Rows that take a key which something else has in the same place, and what that is."""
    found: dict[str, str] = {}
    while clash := _first_clash({row: keys for row, keys in changed.items() if row not in found}, lines):
        row, key, other = clash
        found[row] = t("“{key}” does this already: {action}").format(key=show_key(key), action=other)
    return list(found.items())


def _first_clash(
    changed: Mapping[str, tuple[str, ...]], lines: Mapping[str, int]
) -> tuple[str, str, str] | None:
    for scope in SCOPES:
        taken: dict[str, str] = {}
        here = actions_of(scope) if scope == "everywhere" else actions_of(scope, "everywhere")
        # The table's own come first, then the rows of the file in its order: the later one is wrong.
        for action in sorted(here, key=lambda each: lines.get(each.id, 0) if each.id in changed else 0):
            for key in changed.get(action.id, action.keys):
                if key in taken and action.id in changed:
                    return action.id, key, taken[key]
                taken[key] = action.id
    return None


def _lines(text: str) -> dict[str, int]:
    """Row to the line it stands on."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = f"{header[1]}."
        elif row := _ROW.match(line):
            found.setdefault(table + row[1].replace('"', ""), number)
    return found
