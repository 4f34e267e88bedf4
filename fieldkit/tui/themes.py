"""Four themes: dark, light, high contrast, monochrome. No state is told by colour alone in any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.theme import Theme

from fieldkit.say import mark

DARK: Final = Theme(
    name="fieldkit-dark",
    primary="#7aa2c9",
    secondary="#9db4a0",
    accent="#e0b36a",
    foreground="#dfe3e8",
    background="#14181d",
    surface="#1a2027",
    panel="#222a33",
    success="#8fbf8f",
    warning="#e0b36a",
    error="#e07a6f",
    dark=True,
    variables={"footer-key-foreground": "#e0b36a", "input-selection-background": "#7aa2c9 35%"},
)

LIGHT: Final = Theme(
    name="fieldkit-light",
    primary="#2b5d8a",
    secondary="#4b6b52",
    accent="#8a5a00",
    foreground="#1d2329",
    background="#f6f4ef",
    surface="#fdfcf9",
    panel="#e7e3d9",
    success="#2f6b34",
    warning="#8a5a00",
    error="#a3281c",
    dark=False,
    variables={"footer-key-foreground": "#8a5a00", "input-selection-background": "#2b5d8a 25%"},
)

CONTRAST: Final = Theme(
    name="fieldkit-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#202020",
    success="#00ff00",
    warning="#ffff00",
    error="#ff8080",
    dark=True,
    variables={"footer-key-foreground": "#ffff00", "input-selection-background": "#0000ff"},
)

MONOCHROME: Final = Theme(
    name="fieldkit-monochrome",
    primary="#d0d0d0",
    secondary="#b0b0b0",
    accent="#ffffff",
    foreground="#e6e6e6",
    background="#101010",
    surface="#161616",
    panel="#2a2a2a",
    success="#e6e6e6",
    warning="#ffffff",
    error="#ffffff",
    dark=True,
    variables={"footer-key-foreground": "#ffffff", "input-selection-background": "#606060"},
)

THEMES: Final = (DARK, LIGHT, CONTRAST, MONOCHROME)
"""In the order in which `next_theme` goes through them."""

THEME_NAMES: Final = {
    DARK.name: mark("Theme: dark"),
    LIGHT.name: mark("Theme: light"),
    CONTRAST.name: mark("Theme: high contrast"),
    MONOCHROME.name: mark("Theme: monochrome"),
}
"""What is told of each."""


def first_theme(environ: Mapping[str, str], chosen: object = None) -> Theme:
    """The theme to begin with: monochrome where NO_COLOR is set, where ANSI's would be black on black.

    Args:
        environ: the environment's variables.
        chosen: name of the theme that was chosen last; anything else is the dark one.
    """
    if environ.get("NO_COLOR"):
        return MONOCHROME
    return next((theme for theme in THEMES if theme.name == chosen), DARK)
