"""What is shown while the app is locked: nothing of the study."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from fieldkit.storage.errors import StoreError
from fieldkit.study.study import Study
from fieldkit.tui.literal import phrase
from fieldkit.tui.widgets.unlock_form import UnlockForm

if TYPE_CHECKING:
    from fieldkit.storage.keys import Keyring
    from fieldkit.tui.app import FieldkitApp


class LockedScreen(ModalScreen[None]):
    """Covers everything until the study is opened again; one that is not encrypted opens with Enter."""

    app: FieldkitApp
    CSS_PATH = "../styles/unlock.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "leave", "Leave", priority=True),
        Binding("enter", "go_on", "Go on"),
    ]

    def __init__(self, study: Study, reopen: Callable[[Keyring | None], None]) -> None:
        """Make the screen.

        Args:
            study: the study; whether it is encrypted decides what opens it.
            reopen: takes the keys, and puts this screen away.
        """
        super().__init__(classes="-covering")
        self._folder = study.folder
        self._sealed = study.sealed
        self._reopen = reopen

    def compose(self) -> ComposeResult:
        """That it is locked, and what opens it."""
        with Vertical(classes="unlock-box"):
            yield Static(phrase("[b]fieldkit is locked[/]  [dim]everything typed is kept[/]"))
            if self._sealed:
                yield UnlockForm(self._folder)
            else:
                yield Static(
                    phrase(
                        "This study is not encrypted: the screen is blank, and that is all. "
                        "Whoever gets at this disk can read every word. [b]Enter[/] goes on."
                    )
                )
            yield Static(id="locked-said")

    def on_unlock_form_unlocked(self, event: UnlockForm.Unlocked) -> None:
        """Go on with the keys."""
        try:
            self._reopen(event.keys)
        except StoreError as error:
            self.query_one(UnlockForm).say(str(error))

    def action_go_on(self) -> None:
        """Go on without a passphrase, where there is none."""
        if not self._sealed:
            self._reopen(None)

    def action_leave(self) -> None:
        """Close fieldkit, unless words would be lost by it."""
        if self.app.nothing_unsaved:
            self.app.exit()
        else:
            told = phrase("Not everything could be saved yet: unlock, make room on the disk, and leave then.")
            self.query_one("#locked-said", Static).update(told)
