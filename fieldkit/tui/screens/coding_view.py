"""What the Coding screen shows: responses and documents, the words of one, its codings, a chart cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from fieldkit.say import language, mark, t
from fieldkit.study.anchoring import waiting_codings
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui import garbage
from fieldkit.tui.literal import phrase
from fieldkit.tui.screens.writing_place import WritingPlace
from fieldkit.tui.widgets.chart_cell import ChartPane, cell_view
from fieldkit.tui.widgets.code_picker import CodePicker
from fieldkit.tui.widgets.coding_bench import HINT, CodingBench, CodingSaid, Recent, recent_codes
from fieldkit.tui.widgets.coding_entries import Entry, Key, load_entries, with_codings
from fieldkit.tui.widgets.coding_heads import list_head, words_head
from fieldkit.tui.widgets.coding_line import CodingLine
from fieldkit.tui.widgets.coding_list import MOST_SHOWN, Filters, ResponseList, row_of
from fieldkit.tui.widgets.coding_marks import Passage, passages_of
from fieldkit.tui.widgets.coding_passages import LOST_SIGN, CodingList
from fieldkit.tui.widgets.coding_units import Side, Span
from fieldkit.tui.widgets.passage_view import PassageView
from fieldkit.tui.widgets.redraw import show

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding

WIDE: Final = 110
"""Columns from which the list stands beside the words."""

LIST_HELP: Final = mark(
    "[dim]/ words u uncoded m mine a all\ng group e question k code r read\no interview l language[/]"
)


class CodingView(WritingPlace):
    """The panes, and what they show.

    Attributes:
        language: language of codes and evaluation questions.
        filters: which responses are listed.
        passage: the passage chosen; None is the whole response.
        narrower: what was chosen before it was widened, step by step.
        side: which end of it moves.
        questions: evaluation questions for what is given next; None takes those the item serves.
        recent: codes on digits.
        person: which person of a joint response the chart is on.
        question: evaluation question or part that the chart is on; None while there is none.
    """

    place: ClassVar[str] = "coding"
    CSS_PATH = "../styles/coding.tcss"

    def __init__(self, study: Study) -> None:
        """Make the screen on a study."""
        super().__init__(study)
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
        self.language = "en"
        self.filters = Filters()
        self.passage: Span | None = None
        self.narrower: list[Span | None] = []
        self.side: Side = "end"
        self.questions: list[str] | None = None
        self.recent = Recent()
        self.person = 0
        self.question: str | None = None
        self._entries: dict[Key, Entry] = {}
        self._found: list[Entry] = []
        self._places: dict[Key, int] = {}
        self._left = 0
        self._undecided = 0
        self._entry: Entry | None = None
        self._loaded = False

    def compose_body(self) -> ComposeResult:
        """The panes, and the line for typing."""
        with Horizontal(id="coding"):
            with Vertical(id="coding-responses"):
                yield Static(id="coding-filters")
                yield ResponseList(id="responses", compact=True)
                yield CodingSaid(id="coding-list-said")
                yield Static(id="coding-list-help")
            with Vertical(id="coding-reading"):
                yield Static(id="coding-item")
                yield PassageView(id="passage")
                yield CodePicker(id="coding-picker")
                yield CodingBench(id="coding-bench")
                yield CodingSaid(id="coding-said")
            with Vertical(id="coding-side"):
                yield Static(id="codings-title")
                yield CodingList(id="codings")
                yield ChartPane(id="chart")
        yield CodingLine(id="coding-line")

    def say(self, text: str) -> None:
        """Say what was done, under the words, and under the list where that is all that is seen."""
        self.query_one("#coding-said", CodingSaid).say(text)
        self.query_one("#coding-list-said", CodingSaid).say(text)
        self.add_class("-told")

    @property
    def entry(self) -> Entry | None:
        """The response or document being read."""
        return self._entry

    @property
    def found(self) -> list[Entry]:
        """The responses and documents that pass the filters."""
        return self._found

    @property
    def text(self) -> str:
        """Its words."""
        return self._entry.text if self._entry is not None else ""

    @property
    def passages(self) -> list[Passage]:
        """Its passages."""
        return passages_of(self.text, self._entry.codings) if self._entry is not None else []

    def entry_of(self, key: Key) -> Entry | None:
        """A response or document, whether it is listed or not."""
        return self._entries.get(key)

    def refresh_place(self) -> None:
        """Read anew what is to be coded: interviews may have gone on meanwhile."""
        self.query_one("#coding-list-help", Static).update(phrase(LIST_HELP))
        if self.study.protocol_loaded:
            self._load()
        else:
            self.query_one("#coding-filters", Static).update(phrase("[dim]Reading the guides ...[/]"))

    def language_changed(self) -> None:
        """Say everything anew, what would else stay until it changes too."""
        super().language_changed()
        self._hint()
        self.query_one(ChartPane).refresh(layout=True)

    def responses_read(self) -> None:
        """All responses and documents have been read, or read anew."""

    def list_responses(self, keep: Key | None) -> None:
        """List the responses and documents that pass the filters.

        Args:
            keep: the one to stay on, where it is still listed.
        """
        self._found = self.filters.select(self._entries.values())
        self._places = {entry.key: at for at, entry in enumerate(self._found)}
        self._left = sum(entry.left for entry in self._found)
        listing = self.query_one(ResponseList)
        listing.set_options([Option(row_of(entry)) for entry in self._found[:MOST_SHOWN]])
        at = self._places.get(keep, 0) if keep is not None else 0
        at = at if at < MOST_SHOWN else 0
        self._show_filters()
        if self._found:
            listing.highlighted = at
            self.open_response(at)
        else:
            self._entry = None
            self.show_response()

    def open_response(self, at: int) -> None:
        """Show the response in a row of the list, unless it is the one shown."""
        if not 0 <= at < min(len(self._found), MOST_SHOWN):
            return
        entry = self._found[at]
        if self._entry is not None and self._entry.key == entry.key:
            if self._entry is not entry:
                if self._entry.text != entry.text:
                    self.passage, self.narrower = None, []
                self._entry = entry
                self.show_response()
            return
        self._entry = entry
        self.passage, self.narrower, self.side = None, [], "end"
        self.questions, self.person = None, 0
        served = [leaf for each in entry.questions for leaf in self.study.framework.leaf_ids(each)]
        leaves = [leaf.id for leaf in self.study.framework.leaves]
        self.question = next(iter([*served, *leaves]), None)
        self._hint()
        self.show_response()
        self.query_one(PassageView).scroll_home(animate=False)

    def codings_changed(self, key: Key) -> None:
        """Bring one response or document up to date, wherever it stands."""
        if key not in self._entries:
            return
        entry = self._entries[key] = with_codings(self.study, self._entries[key])
        seen = self.filters.seen(entry)
        at = self._places.get(key)
        if at is not None:
            self._left += seen.left - self._found[at].left
            self._found[at] = seen
            if at < MOST_SHOWN:
                self.query_one(ResponseList).replace_option_prompt_at_index(at, row_of(seen))
            self._show_filters()
        if self._entry is not None and self._entry.key == key:
            self._entry = seen
            self.show_response()

    def count_waiting(self) -> None:
        """Count anew the codings that wait for a decision: one of them may have been decided on."""
        self._undecided = len(waiting_codings(self.study))
        self._show_filters()

    def show_response(self) -> None:
        """Show the response being read, its codings and its chart."""
        entry = self._entry
        self.query_one("#coding-item", Static).update(self._head())
        view = self.query_one(PassageView)
        view.show(entry.paragraphs if entry is not None else (), self.passages)
        self.query_one(CodingList).show(self.study, self.passages, self.language)
        title = phrase("[b]Codings[/] $count", count=len(entry.codings) if entry is not None else 0)
        if any(passage.place == "lost" for passage in self.passages):
            title += phrase("\n[b]$sign[/] words changed since: Ctrl+D", sign=LOST_SIGN)
        self.query_one("#codings-title", Static).update(title)
        self.show_passage()
        self.show_chart()

    def show_passage(self) -> None:
        """Show which passage is chosen and what would be given to it."""
        self.query_one(PassageView).choose(self.passage)
        words = None if self.passage is None else self.text[slice(*self.passage)]
        memos = [coding.memo for coding in self.codings_here() if coding.memo]
        document = self._entry is not None and self._entry.document
        self.query_one(CodingBench).show(
            words, self.side, self.speaks_to(), self.recent.slots, memos, document=document
        )

    def show_chart(self) -> None:
        """Show the cell of the chart."""
        pane = self.query_one(ChartPane)
        entry = self._entry
        if entry is None or entry.interview is None or not entry.people or self.question is None:
            pane.view = None
            return
        pane.view = cell_view(
            self.study, entry.interview, entry.people, self.person, self.question, self.language
        )

    def codings_here(self) -> list[Coding]:
        """Everybody's codings on exactly the passage chosen, or on the whole response."""
        if self._entry is None:
            return []
        return [
            coding
            for passage in self.passages
            if (
                passage.place == "whole"
                if self.passage is None
                else passage.place != "lost" and (passage.start, passage.end) == self.passage
            )
            for coding in passage.codings
        ]

    def fold(self) -> None:
        """Where there is little room, show of the chart only what is chosen, unless it has the keys."""
        pane = self.query_one(ChartPane)
        pane.brief = self.size.width < WIDE and not pane.has_focus

    def speaks_to(self) -> Sequence[str]:
        """The evaluation questions that what is given now speaks to."""
        if self.questions is not None:
            return self.questions
        return self._entry.questions if self._entry is not None else ()

    @work(thread=True, exclusive=True, group="responses")
    def _load(self) -> None:
        worker = get_current_worker()
        try:
            entries, recent = load_entries(self.study), recent_codes(self.study)
            waiting = len(waiting_codings(self.study))
            languages = self.study.framework.languages
            words = language() if language() in languages else languages[0]
        except StudyError as error:
            self.app.call_from_thread(self.app.tell, str(error), "error")
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, entries, recent, words, waiting)

    def _take(self, entries: list[Entry], recent: Recent, language: str, waiting: int) -> None:
        self._entries = {entry.key: entry for entry in entries}
        self._undecided = waiting
        if not self._loaded:
            self._loaded, self.recent, self.language = True, recent, language
        self.list_responses(self._entry.key if self._entry is not None else None)
        self.responses_read()
        garbage.spare()

    def _hint(self) -> None:
        self.query_one("#coding-said", CodingSaid).say(t(HINT))
        self.remove_class("-told")

    def _show_filters(self) -> None:
        title = list_head(len(self._found), self._left, self.filters.told(), self._undecided)
        show(self.query_one("#coding-filters", Static), title)

    def _head(self) -> Content:
        at = self.query_one(OptionList).highlighted
        place = t("{n} of {all}").format(n=(at or 0) + 1, all=len(self._found))
        return words_head(self.study, self._entry, place, self.language)
