"""The row of keys at the foot of a screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from fieldkit.say import t
from fieldkit.tui.key_names import show_key


class KeyFooter(Footer):
    """The keys that can be pressed now, in the language of the interface."""

    def __init__(self) -> None:
        """Make the row; the palette has a key of its own in the table."""
        super().__init__(show_command_palette=False, compact=True)

    def compose(self) -> ComposeResult:
        """The keys, named as their user names them."""
        bound = self.screen.active_bindings
        for widget in super().compose():
            if isinstance(widget, FooterKey):
                shown = bound[widget.key].binding.key_display
                widget.key_display = t(shown) if shown else show_key(widget.key)
                widget.description = t(widget.description)
                widget.tooltip = t(str(widget.tooltip)) if widget.tooltip else None
            yield widget
