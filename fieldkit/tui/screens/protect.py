"""Before the first write to a study: who shall be able to read it."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import ContentSwitcher, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.say import mark, t
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import StudyError
from fieldkit.study.passphrases import LEAST, offer_passphrase
from fieldkit.study.study import Study
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.secret import SecretInput

_OFFERED, _OWN, _NONE = range(3)
_OFFER: Final = mark(
    "[b]Encrypt, with these six words as the passphrase[/]\n  [reverse] $words [/]\n"
    "  drawn just now: write them down before you press Enter\n"
)
_THINK_UP: Final = mark(
    "[b]Encrypt, with a passphrase of my own[/]\n  at least $least characters, such as several words\n"
)
_PLAIN: Final = mark(
    "[b]Do not encrypt[/]\n  whoever gets at this disk, by theft or by chance, can read every word"
)

READ_S: Final = 1.0
"""Seconds for which the recovery code stays whatever is pressed: an Enter too many must not put it away."""


class ProtectScreen(ModalScreen[bool]):
    """Its result is whether the study has a store now; a recovery code was shown where it is encrypted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", key_display="Esc"),
        Binding("enter", "have_it", "I have it on paper"),
    ]

    def __init__(self, study: Study) -> None:
        """Make the question.

        Args:
            study: the study, which has no store yet.
        """
        super().__init__()
        self._study = study
        self._read = False
        framework = study.protocol.framework if study.protocol_loaded else None
        self._words = offer_passphrase(framework.languages[0] if framework else "en")

    def compose(self) -> ComposeResult:
        """The three ways; the fields for one's own; the recovery code."""
        with Vertical(id="protect"):
            yield Static(
                phrase("[b]Nothing has been kept in this study yet. Who shall be able to read it?[/]")
            )
            with ContentSwitcher(initial="protect-ways", id="protect-pages"):
                yield OptionList(
                    Option(phrase(_OFFER, words=self._words)),
                    Option(phrase(_THINK_UP, least=LEAST)),
                    Option(phrase(_PLAIN)),
                    id="protect-ways",
                )
                with Vertical(id="protect-own"):
                    yield Label(phrase("Your passphrase"))
                    yield SecretInput(id="protect-first")
                    yield Label(phrase("The same again, then Enter"))
                    yield SecretInput(id="protect-again")
                yield Static(id="protect-code")
            yield Static(
                phrase("[dim]Enter: this one   Esc: not now, and nothing is kept[/]"), id="protect-said"
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take one of the three ways."""
        event.stop()
        if event.option_index == _OWN:
            self._turn_to("protect-own")
            self.query_one("#protect-first").focus()
        else:
            self._keep_with(self._words if event.option_index == _OFFERED else None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the first field to the second; from there on, if both say the same."""
        event.stop()
        first, again = (
            self.query_one("#protect-first", SecretInput),
            self.query_one("#protect-again", SecretInput),
        )
        if event.input is first:
            again.focus()
            return
        typed = first.value
        if again.take() == typed:
            self._keep_with(typed)
        else:
            self._begin_again(t("These two differ; once more."))

    def action_back(self) -> None:
        """To the three ways; from there, not now."""
        page = self.query_one("#protect-pages", ContentSwitcher).current
        if page == "protect-own":
            self._turn_to("protect-ways")
            self.query_one("#protect-ways").focus()
        elif page == "protect-ways":
            self.dismiss(False)

    def action_have_it(self) -> None:
        """The recovery code stands on paper."""
        if self._read:
            self.dismiss(True)

    def _keep_with(self, passphrase: str | None) -> None:
        try:
            self._study.decide_protection(passphrase)
        except StudyError as error:
            self._begin_again(str(error))
            return
        self._turn_to("protect-code")
        self._say(t("Making the keys ..."))
        self._make()

    @work(thread=True, group="unlock")
    def _make(self) -> None:
        try:
            code = self._study.begin_store().recovery_code
        except StoreError as error:
            self.app.call_from_thread(self._failed, str(error))
        else:
            self.app.call_from_thread(self._made, code)

    def _made(self, code: str | None) -> None:
        if code is None:
            self.dismiss(True)
            return
        told = phrase(
            "\nRecovery code:\n\n  [b reverse] $code [/]\n\n"
            "It opens the study if the passphrase is forgotten. Write it down, and keep it apart "
            "from the laptop: it is not shown again, and without either nobody can read the study.",
            code=code,
        )
        self.query_one("#protect-code", Static).update(told)
        self._say(t("Enter: I have it on paper"))
        self.set_timer(READ_S, self._may_be_read)

    def _may_be_read(self) -> None:
        self._read = True

    def _failed(self, why: str) -> None:
        self._turn_to("protect-ways")
        self.query_one("#protect-ways").focus()
        self._say(why)

    def _begin_again(self, why: str) -> None:
        for field in self.query(SecretInput):
            field.take()
        self.query_one("#protect-first").focus()
        self._say(why)

    def _turn_to(self, page: str) -> None:
        self.query_one("#protect-pages", ContentSwitcher).current = page
        self._say(t("Enter: this one   Esc: back"))

    def _say(self, text: str) -> None:
        self.query_one("#protect-said", Static).update(literal_line(text))
