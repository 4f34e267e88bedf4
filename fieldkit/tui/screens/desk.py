"""The Desk: who is next, how far the study has got, what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from fieldkit.say import t, tn
from fieldkit.study.cut_off import cut_off
from fieldkit.study.desk import STATE_ORDER, DeskRow, Work, desk, work_done
from fieldkit.study.errors import StudyError
from fieldkit.study.local import last_backup
from fieldkit.study.study import Study
from fieldkit.tui import garbage
from fieldkit.tui.actions import bindings
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.messages import InterviewWanted
from fieldkit.tui.screens.desk_arranging import Roster
from fieldkit.tui.screens.desk_sharing import SharingKeys
from fieldkit.tui.widgets.desk_waiting import waiting_lines
from fieldkit.tui.widgets.heat_map import HeatMap

if TYPE_CHECKING:
    from fieldkit.findings.coverage import CoverageCell
    from fieldkit.findings.next_official import NextOfficial
    from fieldkit.study.search import NotesIndex

FIRST_LISTED: Final = 100
"""Rows of the first screen: more than any terminal shows, and soon made."""

STATE_SIGNS = {"in progress": "▶", "paused": "‖", "planned": "○", "": "·", "complete": "✓", "withdrawn": "✗"}
"""The sign of each state; the word stands beside it."""


class DeskScreen(SharingKeys):
    """Respondents and their interviews at the left, coverage at the right, what waits below."""

    place: ClassVar[str] = "desk"
    BINDINGS: ClassVar[list[BindingType]] = bindings("desk")

    def __init__(self, study: Study) -> None:
        """Make the Desk of a study."""
        super().__init__(study)
        self._only: str | None = None
        self._seen = False
        self._work: Work | None = None
        self._next: Sequence[NextOfficial] = ()
        self._notes: NotesIndex | None = None

    def compose_body(self) -> ComposeResult:
        """The list, the heat map, and what waits; a line for typing comes when it is asked for."""
        yield Static(id="desk-study")
        with Horizontal(id="desk"):
            with Vertical(id="desk-list"):
                yield Static(id="desk-title")
                yield Roster(id="respondents", compact=True)
            with Vertical(id="desk-coverage"):
                yield Static(id="coverage-title")
                yield HeatMap(id="coverage")
        yield Static(id="waiting")

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.query_one("#respondents").focus()

    def refresh_place(self) -> None:
        """Show respondents and states as the store has them; counts and coverage follow."""
        shown = desk(self.study)
        before = self._under_cursor()
        self._rows = [row for row in shown.rows if self._only in (None, row.standing)]
        listing = self.query_one("#respondents", OptionList)
        listing.clear_options()
        # What is below the first screen is listed once that was seen.
        self._list_up_to(len(self._rows) if self._seen else FIRST_LISTED)
        if not self._seen:
            self._seen = True
            self.call_after_refresh(self._list_up_to)
        if self._rows:
            listing.highlighted = _place_of(before, self._rows)
        told = [_counted(shown.states[state], state) for state in STATE_ORDER if state in shown.states]
        rest = [_counted(count, status) for status, count in shown.statuses.items()]
        title = phrase("[b]Respondents[/] $n", n=shown.respondents)
        if self._only is not None:
            title = phrase("[b]Respondents[/] $n $state only", state=t(self._only), n=len(self._rows))
        self.query_one("#desk-title", Static).update(
            Content.assemble(
                title,
                phrase("\n[dim]$states[/]", states=" · ".join(told) or t("no interview yet")),
                phrase("\n[dim]$statuses[/]", statuses=" · ".join(rest)) if rest else "",
            )
        )
        coverage = phrase("[b]Coverage[/]  [dim]answered of interviewed[/]")
        self.query_one("#coverage-title", Static).update(coverage)
        self._show_study()
        self._show_waiting()
        if self.study.protocol_loaded:
            self._count()

    def _list_up_to(self, count: int | None = None) -> None:
        """List the rows that are not listed yet, up to a number of them or all."""
        listing = self.query_one("#respondents", OptionList)
        noted = self._work.noted if self._work else {}
        rows = self._rows[listing.option_count : count]
        listing.add_options([Option(_row_content(row, noted.get(row.interview or "", 0))) for row in rows])

    def language_changed(self) -> None:
        """Say the coverage anew as well, which else stays until it is counted."""
        super().language_changed()
        self.query_one(HeatMap).refresh()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a respondent: her interview."""
        event.stop()
        self.action_open_interview()

    def action_open_interview(self) -> None:
        """Begin, go on with or read the interview under the cursor."""
        if (row := self._chosen()) is not None:
            self._want(InterviewWanted(row.respondent, row.interview))

    def action_another_interview(self) -> None:
        """Begin another interview with the respondent under the cursor; the one before stays."""
        if (row := self._chosen()) is not None:
            self._want(InterviewWanted(row.respondent, another=True))

    def action_next_state(self) -> None:
        """Show interviews of the next state only; after the last, all."""
        shown = desk(self.study)
        states = [state for state in STATE_ORDER if state in shown.states]
        choices: list[str | None] = [None, *states, *shown.statuses]
        place = choices.index(self._only) if self._only in choices else 0
        self._only = choices[(place + 1) % len(choices)]
        self.refresh_place()

    def action_search(self) -> None:
        """Search all notes."""
        from fieldkit.study.search import NotesIndex
        from fieldkit.tui.screens.search import SearchScreen

        self._notes = self._notes or NotesIndex(self.study)
        self.app.push_screen(SearchScreen(self.study, self._notes))

    def action_set_author(self) -> None:
        """Say whose work this is."""
        self._ask_author(then=None)

    def action_show_problems(self) -> None:
        """Show what is wrong with the study's files."""
        from fieldkit.tui.screens.problems import ProblemsScreen

        self.app.push_screen(ProblemsScreen(self.study))

    def _want(self, interview: InterviewWanted) -> None:
        """Go to an interview, once it is known whose work it is."""
        if self.study.author is None and not self.study.read_only:
            self._ask_author(then=interview)
        else:
            self.post_message(interview)

    @work(exclusive=True, group="prompt")
    async def _ask_author(self, then: InterviewWanted | None) -> None:
        prompt = await self._prompt()
        try:
            if await self._author_given(prompt) and then is not None:
                self.post_message(then)
        finally:
            prompt.finish()

    @work(thread=True, exclusive=True, group="coverage")
    def _count(self) -> None:
        from fieldkit.findings.coverage import coverage
        from fieldkit.findings.next_official import next_officials
        from fieldkit.study.evidence import evidence

        done = work_done(self.study)
        if done != self._work and not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show_work, done)
        try:
            gathered = evidence(self.study)
        except StudyError:
            return
        cells = coverage(gathered)
        officials = next_officials(gathered, cells)
        language = self.app.words_language
        texts = {each.id: each.text.get(language) for each in self.study.framework.evaluation_questions}
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show_coverage, cells, texts, officials)

    def _show_work(self, done: Work) -> None:
        self._work = done
        listing = self.query_one("#respondents", OptionList)
        self._list_up_to()
        for index, row in enumerate(self._rows):
            if count := done.noted.get(row.interview or "", 0):
                listing.replace_option_prompt_at_index(index, _row_content(row, count))
        self._show_waiting()

    def _show_coverage(
        self,
        cells: Mapping[tuple[str, str], CoverageCell],
        texts: Mapping[str, str],
        officials: Sequence[NextOfficial],
    ) -> None:
        garbage.spare()
        heat_map = self.query_one(HeatMap)
        heat_map.questions = texts
        heat_map.planned = {group.id: group.planned for group in self.study.framework.respondent_groups}
        self._next = officials
        self._show_waiting()
        heat_map.cells = cells

    def _show_study(self) -> None:
        title = self.study.folder.name
        if self.study.protocol_loaded:
            title = self.study.title(self.app.words_language)
        day = last_backup(self.study.folder)
        self.query_one("#desk-study", Static).update(
            phrase(
                "[b]$title[/]  [dim]$author$backup[/]",
                title=title,
                author=self.study.author or "",
                backup=t("  last backup {day}").format(day=day) if day else "",
            )
        )

    def _show_waiting(self) -> None:
        cut = cut_off(self.study, self.app.held)
        lines = waiting_lines(self.study, self._work, self._next, datetime.now(), cut)
        self.query_one("#waiting", Static).update(Content("\n").join(lines))
        self.query_one("#waiting").display = bool(lines)


def _place_of(row: DeskRow | None, rows: Sequence[DeskRow]) -> int:
    """Where a row is in a list made anew: the same interview, else the same respondent, else the top."""
    if row is None:
        return 0
    same = [at for at, each in enumerate(rows) if each.respondent == row.respondent]
    exact = [at for at in same if rows[at].interview == row.interview]
    return next(iter([*exact, *same]), 0)


def _counted(n: int, state: str) -> str:
    """How many there are of a state or status."""
    return tn("{n} {state}", "{n} {state}", n).format(n=n, state=t(state))


def _row_content(row: DeskRow, noted: int) -> Content:
    detail = (row.planned_at or "")[:16].replace("T", " ")
    if noted:
        detail = tn("{n} noted", "{n} noted", noted).format(n=noted)
    line = f"{STATE_SIGNS.get(row.state, ' ')} {row.code.ljust(9)} {t(row.standing).ljust(11)} "
    return literal_line(line + detail).stylize("dim", len(line))
