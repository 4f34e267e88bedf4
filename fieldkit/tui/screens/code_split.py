"""The passages of a code that is split, each given to one of the new codes by a digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.say import tn
from fieldkit.tui.literal import literal_line, phrase

if TYPE_CHECKING:
    from textual.events import Key

    from fieldkit.protocol.codebook import Code
    from fieldkit.records.codings import Coding


class SplitReview(ModalScreen[dict[str, str] | None]):
    """Its result is coding id to code id for every passage, or None where it was given up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Cancel", key_display="Esc"),
        Binding("enter", "done", "Save", key_display="Enter", priority=True),
    ]

    def __init__(self, code: Code, new: Sequence[Code], codings: Sequence[Coding], language: str) -> None:
        """Make the review.

        Args:
            code: the code that is split.
            new: the codes it is split into, nine at the most.
            codings: its codings.
            language: language of the names of codes.
        """
        super().__init__()
        self._choices = [code, *new]
        self._codings = codings
        self._language = language
        self._given: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """The codes with their digits, the passages, the one chosen in full, what is left."""
        with Vertical(id="split"):
            yield Static(self._codes(), id="split-codes")
            yield OptionList(*map(self._option, self._codings), id="split-list", compact=True)
            yield Static(id="split-words")
            yield Static(id="split-said")

    def on_mount(self) -> None:
        """Begin with the first passage."""
        listing = self.query_one(OptionList)
        listing.focus()
        listing.highlighted = 0 if self._codings else None
        self._tell()

    def on_key(self, event: Key) -> None:
        """Give the passage under the cursor to the code of a digit, and go on to the next."""
        listing = self.query_one(OptionList)
        if not (event.character or "").isdecimal() or listing.highlighted is None:
            return
        event.stop()
        digit = int(event.character or "0")
        if digit < len(self._choices):
            at = listing.highlighted
            self._given[self._codings[at].id] = digit
            listing.replace_option_prompt_at_index(at, self._line(self._codings[at]))
            listing.highlighted = min(at + 1, len(self._codings) - 1)
            self._tell()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the passage under the cursor in full."""
        event.stop()
        coding = self._codings[event.option_index]
        self.query_one("#split-words", Static).update(literal_line(coding.quote))

    def action_done(self) -> None:
        """Take it, once every passage was looked at."""
        if len(self._given) == len(self._codings):
            self.dismiss({coding: self._choices[digit].id for coding, digit in self._given.items()})
        else:
            self._tell()

    def action_give_up(self) -> None:
        """Split nothing."""
        self.dismiss(None)

    def _codes(self) -> Content:
        names = [code.name.get(self._language) for code in self._choices]
        lines = [phrase("[b]0[/] stays with $name", name=names[0])]
        lines += [phrase("[b]$digit[/] $name", digit=at, name=name) for at, name in enumerate(names) if at]
        return Content("\n").join(lines)

    def _option(self, coding: Coding) -> Option:
        return Option(self._line(coding))

    def _line(self, coding: Coding) -> Content:
        return literal_line(f"{self._given.get(coding.id, '·')} {coding.quote}")

    def _tell(self) -> None:
        left = len(self._codings) - len(self._given)
        said = tn(
            "{n} passage left: a digit gives it to a code. Esc: split nothing",
            "{n} passages left: a digit gives each to a code. Esc: split nothing",
            left,
        ).format(n=left)
        content = literal_line(said)
        if not left:
            content = phrase("Every passage is given. Enter splits the code; Esc: split nothing")
        self.query_one("#split-said", Static).update(content)
