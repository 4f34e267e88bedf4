"""Fields for what nobody may read: typed unseen, and never copied."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from fieldkit.tui.widgets.keys import run_bound_action


class SecretInput(Input):
    """A field that shows a dot for each character; what it holds goes to no clipboard."""

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002  # Textual's name
        """Make the field, empty."""
        super().__init__(password=True, placeholder=placeholder, id=id)

    def action_copy(self) -> None:
        """Copy nothing."""

    def action_cut(self) -> None:
        """Copy nothing, and keep it."""

    async def _on_key(self, event: events.Key) -> None:
        # At once: over a slow link a letter could overtake the Backspace typed before it.
        if await run_bound_action(self, event.key):
            event.stop()
            event.prevent_default()

    def take(self) -> str:
        """What was typed; the field is empty afterwards."""
        typed, self.value = self.value, ""
        return typed
