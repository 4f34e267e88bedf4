"""Before the app: the screen that asks for the passphrase of an encrypted study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.themed import ThemedApp
from fieldkit.tui.widgets.key_footer import KeyFooter
from fieldkit.tui.widgets.unlock_form import UnlockForm

if TYPE_CHECKING:
    from fieldkit.storage.keys import Keyring


class UnlockApp(ThemedApp["Keyring"], inherit_bindings=False):
    """Asks until the study opens or the user leaves; its result is the keys, or None."""

    CSS_PATH = "styles/unlock.tcss"
    CSS = """
    Screen { align: center middle; background: $background; color: $foreground; }
    Footer { background: $panel; }
    """
    ENABLE_COMMAND_PALETTE = False
    TITLE = "fieldkit"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q,ctrl+c", "leave", "Leave", key_display="Esc", priority=True)
    ]

    def __init__(self, folder: Path) -> None:
        """Make the app.

        Args:
            folder: the study.
        """
        super().__init__()
        self._folder = folder

    def compose(self) -> ComposeResult:
        """What this is, which study, the field."""
        with Vertical(classes="unlock-box"):
            yield Static(phrase("[b]fieldkit[/]  This study is encrypted"))
            yield Static(literal_line(str(self._folder)), id="unlock-folder")
            yield UnlockForm(self._folder)
        yield KeyFooter()

    def on_unlock_form_unlocked(self, event: UnlockForm.Unlocked) -> None:
        """Done."""
        self.exit(event.keys)

    def action_leave(self) -> None:
        """Leave the study locked."""
        self.exit(None)


def ask_for_keys(folder: Path) -> Keyring | None:
    """Ask for what opens a study, on a screen of its own.

    Args:
        folder: the study, encrypted.

    Returns:
        Its keys; None where the user left instead.
    """
    return UnlockApp(folder).run()
