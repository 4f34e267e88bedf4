"""Passages of many responses to read under each other, and the way from each to where it is coded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.say import tn
from fieldkit.study.study import Study
from fieldkit.text import shortened
from fieldkit.tui.actions import Scope, bindings, own_keys
from fieldkit.tui.literal import literal, phrase
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.coding_bench import code_names
from fieldkit.tui.widgets.collected import Collected, Wanted

MOST: Final = 500
"""Passages that are listed at once."""

WORDS_SHOWN: Final = 1_200
"""Characters of a passage that stand among the others; the whole of it is read in Coding."""


class PassageList(OptionList):
    """The passages; Enter is the screen's own, which the footer shows."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("collected", "enter")


class CollectedScreen(Place):
    """The passages, one under the other."""

    place: ClassVar[str] = "coding"
    CSS_PATH = "../styles/collected.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("collected")

    def __init__(
        self, study: Study, about: str, passages: Sequence[Collected], go_to: Callable[[Wanted], None]
    ) -> None:
        """Make the screen.

        Args:
            study: the study.
            about: the filters in words, or nothing.
            passages: what is to be read.
            go_to: shows a passage in Coding, once this screen is left for it.
        """
        super().__init__(study)
        self._about = about
        self._passages = passages
        self._go_to = go_to

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of the place it lies over."""
        return ("collected",)

    def compose_body(self) -> ComposeResult:
        """What they are about, and the passages."""
        yield Static(id="collected-title")
        yield PassageList(id="collected")

    def on_mount(self) -> None:
        """List the passages."""
        count = len(self._passages)
        told = tn("{n} passage", "{n} passages", count).format(n=count)
        title = phrase("[b]$told[/]  $about", told=told, about=self._about)
        if len(self._passages) > MOST:
            title += phrase("  [dim]the first $most are listed[/]", most=MOST)
        self.query_one("#collected-title", Static).update(title)
        listing = self.query_one(PassageList)
        language = self.app.words_language
        listing.add_options([Option(self._drawn(each, language)) for each in self._passages[:MOST]])
        listing.highlighted = 0
        listing.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on a passage: to where it is coded."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Go to the passage in Coding."""
        at = self.query_one(PassageList).highlighted
        if at is not None:
            self.dismiss()
            self._go_to(self._passages[at].place)

    def action_back(self) -> None:
        """Back to Coding."""
        self.dismiss()

    def _drawn(self, passage: Collected, language: str) -> Content:
        codes = ", ".join(code_names(self.study, passage.codes, language))
        head = phrase("[b]$who[/] [dim]$item[/]  $codes", who=passage.who, item=passage.item, codes=codes)
        words = literal(shortened(passage.words, WORDS_SHOWN, " …")) if passage.words else phrase("[dim]=[/]")
        return Content("\n").join([head, words, Content("")])
