"""Keys in the order they were pressed.

Textual sends a key to the focused widget, and keys bound to actions on from there through every
parent's queue before the action runs. Over a slow link many keys arrive in one read, and then a
letter typed after Backspace or "next item" can overtake it. So the widgets that are typed in hand
every key to their screen first, at once, and run their own bound actions at once too.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual import events
from textual.widget import Widget


@runtime_checkable
class TakesKeys(Protocol):
    """A screen that sees keys before the widget they were sent to."""

    async def take_key(self, sender: Widget, event: events.Key) -> bool:
        """Apply a key; whether the widget is not to."""

    def take_paste(self, text: str) -> None:
        """Take a pasted text that the widget it was sent to has no use for."""


async def taken_by_screen(widget: Widget, event: events.Key) -> bool:
    """Hand a key to the screen, if it is one that wants them; whether it was taken."""
    screen = widget.screen
    if not (isinstance(screen, TakesKeys) and await screen.take_key(widget, event)):
        return False
    event.stop()
    event.prevent_default()
    return True


def paste_into_screen(widget: Widget, event: events.Paste) -> None:
    """Hand a pasted text to the screen, if it is one that wants them."""
    screen = widget.screen
    if isinstance(screen, TakesKeys):
        event.stop()
        screen.take_paste(event.text)


async def run_bound_action(widget: Widget, key: str) -> bool:
    """Run a widget's own action for a key, now; whether there was one."""
    for binding in widget._bindings.key_to_bindings.get(key, ()):
        if await widget.app.run_action(binding.action, widget):
            return True
    return False
