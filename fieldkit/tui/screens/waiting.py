"""Codings that wait for a decision since their words were changed: keep, drop, or place them anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.say import t, tn
from fieldkit.study.anchoring import keep_coding, waiting_codings
from fieldkit.study.coding import remove_codings
from fieldkit.study.naming import about
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope, bindings
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.screens.writing_place import WritingPlace
from fieldkit.tui.widgets.coding_bench import CodingSaid, code_names, shorten
from fieldkit.tui.widgets.coding_line import CodingLine
from fieldkit.tui.widgets.coding_undo import Taken, redo_coding, undo_coding
from fieldkit.tui.widgets.waiting_text import places_of, waiting_text

if TYPE_CHECKING:
    from fieldkit.study.anchoring import Waiting


class WaitingScreen(WritingPlace):
    """The codings that nothing was decided on, and the one under the cursor in full."""

    place: ClassVar[str] = "coding"
    CSS_PATH = "../styles/codebook.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("waiting")

    def __init__(self, study: Study, place_anew: Callable[[Waiting], None], told: str = "") -> None:
        """Make the screen.

        Args:
            study: the study.
            place_anew: lets a passage be chosen for a coding, once this screen is left for it.
            told: what was done just before, to say it here.
        """
        super().__init__(study)
        self._place_anew = place_anew
        self._told = told
        self._found: list[Waiting] = []
        self._at = 0

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of Coding, which it lies over."""
        return ("waiting",)

    def compose_body(self) -> ComposeResult:
        """The codings, the one chosen, what was done, the line for initials."""
        with Horizontal():
            yield OptionList(id="waiting-list", compact=True)
            with VerticalScroll(id="waiting-scroll", can_focus=False):
                yield Static(id="waiting-text")
        yield CodingSaid(id="waiting-said")
        yield CodingLine(id="coding-line")

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.query_one(OptionList).focus()
        self.say(self._told)

    def refresh_place(self) -> None:
        """Read anew what waits; the cursor stays where it was, on the next one."""
        listing = self.query_one(OptionList)
        at = listing.highlighted or 0
        self._found = waiting_codings(self.study)
        listing.set_options([Option(literal_line(self._line(each))) for each in self._found])
        listing.highlighted = min(at, len(self._found) - 1) if self._found else None
        self._at = 0
        self._show()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the coding under the cursor."""
        event.stop()
        self._at = 0
        self._show()
        self.query_one("#waiting-scroll").scroll_home(animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the initials that were asked for."""
        event.stop()
        self.author_given(self._put_away())

    def action_next_place(self, direction: int) -> None:
        """Show the next place where the words stand."""
        chosen = self._chosen()
        if chosen is not None and places_of(chosen):
            self._at = (self._at + direction) % len(places_of(chosen))
            self._show()

    def action_keep(self) -> None:
        """Let the coding stand on the words shown."""
        chosen = self._chosen()
        if chosen is None:
            return
        if not places_of(chosen):
            self.say(t("Its words are gone: place it anew, or drop it"))
            return
        start, end = places_of(chosen)[self._at]
        self._decide(chosen, lambda: self._keep(chosen, start, end))

    def action_drop(self) -> None:
        """Take the coding away."""
        chosen = self._chosen()
        if chosen is not None:
            self._decide(chosen, lambda: self._drop(chosen))

    def action_anew(self) -> None:
        """Choose the passage it shall stand on, in Coding."""
        chosen = self._chosen()
        if chosen is not None:
            self._decide(chosen, lambda: self._leave_for(chosen))

    def action_undo(self) -> None:
        """Take back the last decision."""
        self.write(lambda: self._brought_back(undo_coding(self.study, self.app.words_language)))

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self.write(lambda: self._brought_back(redo_coding(self.study, self.app.words_language)))

    def action_scroll(self, pages: int) -> None:
        """Move the words a page up or down."""
        pane = self.query_one("#waiting-scroll")
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    def action_back(self) -> None:
        """Back to Coding; from the line for initials, back to the list."""
        if self.query_one(CodingLine).subject is not None:
            self._put_away()
        else:
            self.dismiss()

    def _decide(self, chosen: Waiting, work: Callable[[], None]) -> None:
        self.write(lambda: self._own(chosen, work))

    def _own(self, chosen: Waiting, work: Callable[[], None]) -> None:
        coder = chosen.coding.coder
        if coder is not None and coder != self.study.author:
            self.say(t("This coding is {coder}'s: only {coder} decides on it").format(coder=coder))
        else:
            work()

    def _keep(self, chosen: Waiting, start: int, end: int) -> None:
        kept = keep_coding(self.study, chosen.coding.id, start=start, end=end)
        self.refresh_place()
        self._say_left(kept_told(self.study, kept.code, kept.quote, self.app.words_language))

    def _drop(self, chosen: Waiting) -> None:
        remove_codings(self.study, [chosen.coding.id])
        self.refresh_place()
        told = t("{code} taken off “{quote}”. Saved; Ctrl+Z gives it back")
        name = code_names(self.study, [chosen.coding.code], self.app.words_language)[0]
        self._say_left(told.format(code=name, quote=shorten(chosen.coding.quote)))

    def _leave_for(self, chosen: Waiting) -> None:
        self.dismiss()
        self._place_anew(chosen)

    def _brought_back(self, taken: Taken) -> None:
        self.refresh_place()
        self.say(taken.told)

    def _say_left(self, told: str) -> None:
        left = len(self._found)
        self.say(f"{told}. " + tn("{n} waits still", "{n} wait still", left).format(n=left))

    def _put_away(self) -> str:
        typed = self.query_one(CodingLine).finish()
        self.query_one(OptionList).focus()
        return typed

    def _chosen(self) -> Waiting | None:
        at = self.query_one(OptionList).highlighted
        return self._found[at] if at is not None and at < len(self._found) else None

    def _line(self, each: Waiting) -> str:
        return str(about(self.study, "codings", each.coding.body()))

    def _show(self) -> None:
        chosen = self._chosen()
        shown = phrase("[dim]No coding waits for a decision[/]")
        if chosen is not None:
            code = code_names(self.study, [chosen.coding.code], self.app.words_language)[0]
            shown = waiting_text(chosen, code, self._at)
        self.query_one("#waiting-text", Static).update(shown)


def kept_told(study: Study, code: str, quote: str, language: str) -> str:
    """That a coding was kept, in a sentence.

    Args:
        study: the study.
        code: id of its code.
        quote: the words it stands on now.
        language: language of the names of codes.
    """
    name = code_names(study, [code], language)[0]
    told = t("{code} stands on “{quote}” now. Saved; Ctrl+Z takes it back")
    return told.format(code=name, quote=shorten(quote))
