"""Fields for what nobody may read: typed unseen, and never copied."""

from __future__ import annotations

from textual.widgets import Input


class SecretInput(Input):
    """A field that shows a dot for each character; what it holds goes to no clipboard."""

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002  # Textual's name
        """Make the field, empty."""
        super().__init__(password=True, placeholder=placeholder, id=id)

    def action_copy(self) -> None:
        """Copy nothing."""

    def action_cut(self) -> None:
        """Copy nothing, and keep it."""

    def take(self) -> str:
        """What was typed; the field is empty afterwards."""
        typed, self.value = self.value, ""
        return typed
