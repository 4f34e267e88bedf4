"""An app in the colours that the person at the keyboard chose, from its first frame on."""

from __future__ import annotations

import os
from typing import TypeVar

from textual.app import App
from textual.theme import Theme

from fieldkit.study.preferences import preferences
from fieldkit.tui.quiet import QuietApp
from fieldkit.tui.themes import THEMES, first_theme

Result = TypeVar("Result")


class ThemedApp(QuietApp[Result], inherit_bindings=False):
    """An app that begins in the theme that was chosen last."""

    def __init__(self) -> None:
        """Make the app."""
        name = first_theme(os.environ, preferences().get("theme")).name
        # Chosen later, it would have every style worked out again before the first frame.
        self.set_reactive(App.theme, name)
        super().__init__()
        self.add_class(f"-theme-{name}", update=False)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's own themes, and those of fieldkit."""
        known = super().available_themes
        # The first to ask is the app while it is being made, before anything could be registered.
        if THEMES[0].name not in known:
            for theme in THEMES:
                self.register_theme(theme)
            known = super().available_themes
        return known
