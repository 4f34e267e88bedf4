"""The findings that were stated: a list, the one under the cursor in full, and a line to type on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from fieldkit.say import t
from fieldkit.study.errors import StudyError
from fieldkit.study.findings import Viewed
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope, own_keys
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.prompt import Prompt
from fieldkit.tui.widgets.stated_text import (
    Stated,
    conclusion_line,
    conclusion_text,
    finding_line,
    finding_text,
    kept_to,
)

if TYPE_CHECKING:
    from textual.binding import BindingType

    from fieldkit.records.findings import Conclusion


PADDING: Final = 4
"""Cells left and right of a finding's words."""


class StatedList(OptionList):
    """Findings, then what is drawn from them; Enter is the screen's own, which the footer shows."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("stated", "enter")


class StatedView(Place):
    """The findings that were stated, with what is concluded from them.

    Attributes:
        marked: ids of the findings that the next conclusion is drawn from.
        words: only what has these words is listed; empty lists all.
    """

    place: ClassVar[str] = "findings"
    CSS_PATH = "../styles/stated.tcss"

    def __init__(self, study: Study, finding: str | None = None) -> None:
        """Make the screen.

        Args:
            study: the study.
            finding: id of the finding to begin with.
        """
        super().__init__(study)
        self.marked: set[str] = set()
        self.words = ""
        self._begin_with = finding
        self._stated: Stated | None = None
        self._listed: list[Viewed | Conclusion] = []

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of the tables it lies over."""
        return ("stated",)

    def compose_body(self) -> ComposeResult:
        """What the list is kept to, the findings, the one chosen, what was done, the line for answers."""
        yield Static(id="stated-kept")
        with Horizontal():
            yield StatedList(id="stated-list", compact=True)
            with VerticalScroll(id="stated-scroll", can_focus=False):
                yield Static(id="stated-text")
        yield Static(id="stated-said")
        yield Prompt(id="prompt")

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.query_one(StatedList).focus()

    def refresh_place(self) -> None:
        """Read the findings and their evidence anew; what is shown stays until then."""
        if self.study.protocol_loaded:
            self._read()

    @property
    def chosen(self) -> Viewed | Conclusion | None:
        """The finding, or the conclusion, under the cursor."""
        at = self.query_one(StatedList).highlighted
        return self._listed[at] if at is not None and at < len(self._listed) else None

    @property
    def stated(self) -> Stated | None:
        """What is listed; None while it is being read."""
        return self._stated

    def on_resize(self) -> None:
        """Break the words anew."""
        self.call_after_refresh(self._show)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the finding under the cursor."""
        event.stop()
        self._show()
        self.query_one("#stated-scroll").scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click only chooses; editing takes Enter."""
        event.stop()

    def action_scroll(self, pages: int) -> None:
        """Move the words a page up or down."""
        pane = self.query_one("#stated-scroll", VerticalScroll)
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    def action_back(self) -> None:
        """Back to the tables."""
        self.dismiss()

    def say(self, text: str) -> None:
        """Say what was done, or why not."""
        self.query_one("#stated-said", Static).update(literal_line(text))

    def list_lines(self) -> None:
        """List what was read; the cursor stays where it was."""
        stated = self._stated
        if stated is None:
            return
        before, listing = self.chosen, self.query_one(StatedList)
        self._listed = kept_to(stated, self.words)
        lines = [
            finding_line(stated, each, marked=each.finding.id in self.marked)
            if isinstance(each, Viewed)
            else conclusion_line(each)
            for each in self._listed
        ]
        at = listing.highlighted or 0
        wanted = self._begin_with or (_id(before) if before is not None else None)
        self._begin_with = None
        listing.set_options([Option(line) for line in lines])
        at = next((n for n, each in enumerate(self._listed) if _id(each) == wanted), at)
        listing.highlighted = min(at, len(lines) - 1) if lines else None
        self._show_kept()
        self._show()

    @work(thread=True, exclusive=True, group="stated-read")
    def _read(self) -> None:
        worker = get_current_worker()
        try:
            stated = self._gathered()
        except StudyError as error:
            self.app.call_from_thread(self.say, str(error))
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, stated)

    def _gathered(self) -> Stated:
        from fieldkit.study.evidence import evidence
        from fieldkit.study.finding_passages import FindingPassages
        from fieldkit.study.findings import view_findings

        viewed = view_findings(self.study)
        passages = FindingPassages(self.study, evidence(self.study))
        named = {
            each.finding.id: {
                "for": passages.named(each.finding.supports),
                "against": passages.named(each.finding.contradicts),
                "quotes": passages.named(each.finding.quotes),
            }
            for each in viewed
        }
        drawn = self.study.records("conclusions")
        return Stated(viewed, drawn, named, self.study.framework, self.app.words_language)

    def _take(self, stated: Stated) -> None:
        if self.is_attached:
            self._stated = stated
            self.list_lines()

    def _show_kept(self) -> None:
        row = self.query_one("#stated-kept", Static)
        row.display = bool(self.words)
        told = t("only what has “{words}”: {n} of {all}").format(
            words=self.words,
            n=len(self._listed),
            all=len(self._stated.viewed) + len(self._stated.drawn) if self._stated is not None else 0,
        )
        row.update(phrase("[b]$told[/]   [dim]a: all of it again[/]", told=told))

    def _show(self) -> None:
        chosen, stated = self.chosen, self._stated
        shown: Content
        if self.words and chosen is None:
            shown = phrase("[dim]Nothing that was stated has these words[/]")
        elif chosen is None or stated is None:
            shown = phrase("[dim]No findings yet: n states one on an evaluation question[/]")
        elif isinstance(chosen, Viewed):
            shown = finding_text(stated, chosen, self.query_one("#stated-scroll").size.width - PADDING)
        else:
            shown = conclusion_text(stated, chosen)
        self.query_one("#stated-text", Static).update(shown)


def _id(line: Viewed | Conclusion) -> str:
    return line.finding.id if isinstance(line, Viewed) else line.id
