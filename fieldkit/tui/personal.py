"""What a person chose of the app, in every study: theme, language, keys; and the tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.say import LANGUAGES, language, set_language, t
from fieldkit.study.preferences import config_folder, preferences, remember
from fieldkit.tui.keymap import load_keymap
from fieldkit.tui.screens.place import Place
from fieldkit.tui.themed import ThemedApp
from fieldkit.tui.themes import THEME_NAMES, THEMES
from fieldkit.tui.tour import Tour

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.notifications import SeverityLevel


class PersonalApp(ThemedApp[None], inherit_bindings=False):
    """An app as the person at the keyboard wants it.

    Attributes:
        keymap: which keys do what.
        tour: where somebody is in the tour; None while nobody takes it.
    """

    def __init__(self) -> None:
        """Make the app with what was chosen last."""
        super().__init__()
        self.keymap = load_keymap(config_folder())
        self.set_keymap(self.keymap.changed)
        self.tour: Tour | None = None

    def tell(self, text: str, severity: SeverityLevel = "information") -> None:
        """Show a message for a few seconds.

        Args:
            text: what to say.
            severity: information, warning or error.
        """
        raise NotImplementedError

    def action_next_theme(self) -> None:
        """Use the next of the four themes."""
        names = [theme.name for theme in THEMES]
        place = names.index(self.theme) if self.theme in names else -1
        self.use_theme(names[(place + 1) % len(names)])

    def use_theme(self, name: str) -> None:
        """Use a theme from now on, in every study.

        Args:
            name: its name among Textual's themes.
        """
        self.theme = name
        remember(theme=name)
        self.tell(t(THEME_NAMES[name]))

    def action_interface_language(self) -> None:
        """Speak the next language of the interface."""
        codes = list(LANGUAGES)
        self.speak(codes[(codes.index(language()) + 1) % len(codes)])

    def speak(self, code: str) -> None:
        """Speak a language from now on, in every study; the items' language stays.

        Args:
            code: one of the interface's languages.
        """
        set_language(code)
        remember(language=code)
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, Place) and screen.is_running:
                    screen.language_changed()
        self.tell(t("Language of the interface: {name}").format(name=LANGUAGES[code]))

    def action_tour(self) -> None:
        """Begin the tour, or end it."""
        self.tour = Tour() if self.tour is None else None
        self._show_tour()

    def go_on_with_tour(self, action: str | ActionParseResult) -> None:
        """Show the next step of the tour where something done completed the one before.

        Args:
            action: what was done, as Textual is told it.
        """
        if self.tour is not None and self.tour.note(action):
            if self.tour.over:
                self.tour = None
                self.tell(t("That was the tour. F1 tells what can be done; good interviews!"))
            self._show_tour()

    def offer_tour(self) -> str | None:
        """How to take the tour, one line; None where that was told before."""
        if preferences().get("tour_offered"):
            return None
        remember(tour_offered=True)
        return t("First time? F1, then t: a tour of two minutes")

    def _show_tour(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Place):
                screen.refresh_tour()
