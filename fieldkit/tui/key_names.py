"""How keys are called where a person reads them."""

from __future__ import annotations

from typing import Final

from fieldkit.say import mark, t

_KEY_NAMES: Final = {
    "ctrl": mark("Ctrl"),
    "shift": mark("Shift"),
    "enter": mark("Enter"),
    "escape": mark("Esc"),
    "space": mark("Space"),
    "tab": mark("Tab"),
    "backspace": mark("Backspace"),
    "delete": mark("Delete"),
    "home": mark("Home"),
    "end": mark("End"),
    "pageup": mark("PgUp"),
    "pagedown": mark("PgDn"),
    "left": mark("Left"),
    "right": mark("Right"),
    "up": mark("Up"),
    "down": mark("Down"),
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "comma": ",",
}
"""How keys are called where their own name will not do."""


def show_key(key: str) -> str:
    """A key as a person reads it, in the language of the interface."""
    *modifiers, name = key.split("+")
    if name in _KEY_NAMES:
        shown = t(_KEY_NAMES[name])
    elif len(name) == 1:
        shown = name.upper() if modifiers else name
    else:
        shown = name.capitalize()
    return "+".join([*(t(_KEY_NAMES[each]) for each in modifiers), shown])
