"""The field in which a passphrase or a recovery code opens a study's keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from fieldkit.say import t
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import without_place
from fieldkit.study.locate import STORE
from fieldkit.study.protection import unlock
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.secret import SecretInput

if TYPE_CHECKING:
    from fieldkit.storage.keys import Keyring


class UnlockForm(Vertical):
    """A field, and a line that says what became of what was typed in it.

    Opening the keys takes a tenth of a second and more, so a thread does it.
    """

    @dataclass
    class Unlocked(Message):
        """The keys are open.

        Attributes:
            keys: the keys.
        """

        keys: Keyring

    def __init__(self, folder: Path) -> None:
        """Make the form.

        Args:
            folder: the study.
        """
        super().__init__()
        self._folder = folder
        # Not an argument of the worker: a worker's description shows its arguments.
        self._given: str | None = None

    def compose(self) -> ComposeResult:
        """What is asked, the field, the line."""
        yield Label(phrase("Passphrase, or the recovery code, then Enter"))
        yield SecretInput(id="unlock-secret")
        yield Static(id="unlock-said")

    def on_mount(self) -> None:
        """Let the keys go to the field."""
        self.query_one(SecretInput).focus()

    def say(self, text: str) -> None:
        """Say something on the line."""
        self.query_one("#unlock-said", Static).update(literal_line(text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try what was typed, one at a time."""
        event.stop()
        if self._given is None and event.value:
            self._given = self.query_one(SecretInput).take()
            self.say(t("Opening ..."))
            self._unlock()

    @work(thread=True, group="unlock")
    def _unlock(self) -> None:
        try:
            keys = unlock(self._folder, self._given or "")
        except StoreError as error:
            # A locked screen tells nothing of the study, not even where it lies.
            why = without_place(str(error), self._folder / STORE)
            self.app.call_from_thread(self._refused, why)
        else:
            self.app.call_from_thread(self._opened, keys)

    def _refused(self, why: str) -> None:
        self._given = None
        self.say(why)

    def _opened(self, keys: Keyring) -> None:
        self._given = None
        self.say("")
        self.post_message(self.Unlocked(keys))
