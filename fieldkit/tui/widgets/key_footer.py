"""The row of keys at the foot of a screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from fieldkit.say import t
from fieldkit.tui.key_names import show_key


class KeyFooter(Footer):
    """The keys that can be pressed now, in the language of the interface.

    Textual makes them anew with each change of focus, though they stay the same.
    """

    _shown: list[tuple[str, str, bool]] | None = None

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

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Make the keys anew where they read otherwise than before."""
        if not self.is_attached or screen is not self.screen:
            return
        shown = [
            (key, t(binding.description), enabled)
            for key, (_, binding, enabled, _) in screen.active_bindings.items()
            if binding.show
        ]
        if shown != self._shown:
            self._shown = shown
            super().bindings_changed(screen)
