"""Searching all notes as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, Static

from fieldkit.records.vocabulary import INTERVIEW_STATES
from fieldkit.say import t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import StudyError
from fieldkit.study.search import Filters, Found, NotesIndex
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope, bindings, own_keys
from fieldkit.tui.literal import literal, phrase
from fieldkit.tui.messages import InterviewWanted
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.found_list import FoundList


class SearchField(Input):
    """What is searched; its Enter is the screen's own, which the footer shows."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("search", "enter")


class SearchScreen(Place):
    """A line for what is searched, what was found, and the words of the one chosen.

    Attributes:
        ready: whether all notes have been read.
    """

    place: ClassVar[str] = "desk"
    CSS_PATH = "../styles/search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")

    def __init__(self, study: Study, index: NotesIndex) -> None:
        """Make the screen.

        Args:
            study: the study.
            index: its notes; what was read of them before is not read again.
        """
        super().__init__(study)
        self.ready = False
        self._index = index
        self._filters = Filters()
        self._found = Found((), 0)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of the Desk that it lies over."""
        return ("search",)

    def compose_body(self) -> ComposeResult:
        """The line, what narrows it, what was found, and the words of the one chosen."""
        with Horizontal(id="search-line"):
            yield Label(id="search-label")
            yield SearchField(id="search-query", compact=True)
        yield Static(id="search-told")
        yield FoundList(id="search-list")
        with VerticalScroll(id="search-text", can_focus=False):
            yield Static(id="search-words")

    def on_mount(self) -> None:
        """Let the keys go to the line."""
        self.query_one(SearchField).focus()

    def language_changed(self) -> None:
        """Say anew what was found, too."""
        super().language_changed()
        self._show_told()

    def refresh_place(self) -> None:
        """Read what was noted since; what is searched stays."""
        self.query_one("#search-label", Label).update(t("Search notes:"))
        self._read()

    def search(self, query: str) -> None:
        """Show what a query finds."""
        self._found = self._index.find(query, self._filters)
        self.query_one(FoundList).show(self._found.notes, query)
        self._show_told()
        self._show_words()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search with each letter."""
        event.stop()
        self.search(event.value)

    def on_found_list_picked(self, event: FoundList.Picked) -> None:
        """Show the words of the one that was clicked."""
        event.stop()
        self._show_words()

    def action_move(self, by: int) -> None:
        """Choose another one of what was found."""
        self.query_one(FoundList).move(by)
        self._show_words()

    def action_open(self) -> None:
        """Go to the item in its interview."""
        note = self.query_one(FoundList).chosen
        interview = self.study.row("interviews", note.interview) if note is not None else None
        if note is None or interview is None:
            self.app.tell(t("Nothing is found that could be opened"), "warning")
            return
        wanted = InterviewWanted(interview["respondents"][0], note.interview, item=note.key)
        app = self.app
        self.dismiss()
        app.post_message(wanted)

    def action_next_group(self) -> None:
        """Search the next respondent group only; after the last, all."""
        groups = [group.id for group in self.study.framework.respondent_groups]
        self._narrow(replace(self._filters, group=_after(self._filters.group, groups)))

    def action_next_question(self) -> None:
        """Search the next evaluation question only; after the last, all."""
        questions = [question.id for question in self.study.framework.evaluation_questions]
        self._narrow(replace(self._filters, question=_after(self._filters.question, questions)))

    def action_next_state(self) -> None:
        """Search interviews of the next state only; after the last, all."""
        states = [state for state in INTERVIEW_STATES if state not in ("planned", "withdrawn")]
        self._narrow(replace(self._filters, state=_after(self._filters.state, states)))

    def action_back(self) -> None:
        """Back to the Desk."""
        self.dismiss()

    def _narrow(self, filters: Filters) -> None:
        self._filters = filters
        self.search(self.query_one(SearchField).value)

    @work(thread=True, exclusive=True, group="search")
    def _read(self) -> None:
        try:
            self._index.refresh()
        except (StoreError, StudyError) as error:
            self.app.call_from_thread(self.app.tell, str(error), "error")
            return
        self.app.call_from_thread(self._is_read)

    def _is_read(self) -> None:
        self.ready = True
        self.search(self.query_one(SearchField).value)

    def _show_told(self) -> None:
        self.query_one("#search-told", Static).update(self._told())

    def _told(self) -> Content:
        if not self.ready:
            return phrase("[dim]Reading the notes ...[/]")
        shown, total = len(self._found.notes), self._found.total
        told = tn("{n} found", "{n} found", total).format(n=total)
        if shown != total:
            told = t("{n} found, the first {shown} shown").format(n=total, shown=shown)
        filters = self._filters
        return phrase(
            "[b]$told[/]  group $group · question $question · state $state",
            told=told,
            group=filters.group or t("all"),
            question=filters.question or t("all"),
            state=t(filters.state or "all"),
        )

    def _show_words(self) -> None:
        note = self.query_one(FoundList).chosen
        words = self.query_one("#search-words", Static)
        self.query_one("#search-text").display = note is not None
        if note is not None:
            words.update(literal(note.text))
            self.query_one("#search-text").scroll_home(animate=False)


def _after(current: str | None, choices: Sequence[str]) -> str | None:
    """The choice after the current one; none after the last."""
    ordered = [None, *choices]
    return ordered[(ordered.index(current) + 1) % len(ordered)] if current in ordered else None
