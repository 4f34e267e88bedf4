"""The Desk: who is next, how far the study has got, what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from fieldkit.storage.errors import StoreError
from fieldkit.study.backups import last_backup
from fieldkit.study.desk import STATE_ORDER, DeskRow, Work, desk, work_done
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.actions import bindings, own_keys
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.messages import InterviewWanted
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.heat_map import HeatMap
from fieldkit.tui.widgets.prompt import Prompt
from fieldkit.tui.widgets.respondent_form import RespondentForm

if TYPE_CHECKING:
    from fieldkit.findings.coverage import CoverageCell
    from fieldkit.findings.next_official import NextOfficial

STATE_SIGNS = {"in progress": "▶", "paused": "‖", "planned": "○", "": "·", "complete": "✓", "withdrawn": "✗"}
"""The sign of each state; the word stands beside it."""


class Roster(OptionList):
    """The list of respondents; its Enter is the Desk's own, which the footer shows."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("desk", "enter")


class DeskScreen(Place):
    """Respondents and their interviews at the left, coverage at the right, what waits below."""

    place: ClassVar[str] = "desk"
    BINDINGS: ClassVar[list[BindingType]] = bindings("desk")

    def __init__(self, study: Study) -> None:
        """Make the Desk of a study."""
        super().__init__(study)
        self._only: str | None = None
        self._rows: list[DeskRow] = []
        self._work: Work | None = None
        self._next: Sequence[NextOfficial] = ()

    def compose_body(self) -> ComposeResult:
        """The list, the heat map, what waits, and the line for typing."""
        yield Static(id="desk-study")
        with Horizontal(id="desk"):
            with Vertical(id="desk-list"):
                yield Static(id="desk-title")
                yield Roster(id="respondents", compact=True)
            with Vertical(id="desk-coverage"):
                yield Static(phrase("[b]Coverage[/]  [dim]answered of interviewed[/]"), id="coverage-title")
                yield HeatMap(id="coverage")
        yield Static(id="waiting")
        yield RespondentForm()
        yield Prompt(id="desk-prompt")

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.query_one("#respondents").focus()

    def refresh_place(self) -> None:
        """Show respondents and states as the store has them; counts and coverage follow."""
        shown = desk(self.study)
        before = self._under_cursor()
        self._rows = [row for row in shown.rows if self._only is None or row.state == self._only]
        listing = self.query_one("#respondents", OptionList)
        listing.clear_options()
        noted = self._work.noted if self._work else {}
        listing.add_options(
            [Option(_row_content(row, noted.get(row.interview or "", 0))) for row in self._rows]
        )
        if self._rows:
            listing.highlighted = _place_of(before, self._rows)
        states = " · ".join(f"{shown.states[s]} {s}" for s in STATE_ORDER if s in shown.states)
        title = phrase("[b]Respondents[/] $n", n=shown.respondents)
        if self._only is not None:
            title = phrase(
                "[b]Respondents[/] $n $state only", state=self._only or "without interview", n=len(self._rows)
            )
        self.query_one("#desk-title", Static).update(
            Content.assemble(title, phrase("\n[dim]$states[/]", states=states or "no interview yet"))
        )
        self._show_study()
        self._show_waiting()
        if self.study.protocol_loaded:
            self._count()

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

    def action_add_respondent(self) -> None:
        """Show the line on which a respondent is put on the roster."""
        from fieldkit.study.roster import next_code

        try:
            framework = self.study.framework
        except StudyError as error:
            self.app.tell(str(error), "error")
            return
        if self.study.read_only:
            self.app.tell("This study is open for reading only: nothing can be written", "warning")
            return
        groups = [group.id for group in framework.respondent_groups]
        places = [place.id for place in framework.places]
        form = self.query_one(RespondentForm)
        form.begin(groups, places, lambda group: next_code(self.study, group))

    @work(exclusive=True, group="prompt")
    async def on_respondent_form_filled(self, event: RespondentForm.Filled) -> None:
        """Put the respondent on the roster; when something is wrong the line stays, to be mended."""
        from fieldkit.study.roster import RosterEntry, add_respondent
        from fieldkit.tui.first_write import may_write

        bands = {"group": event.group, **({"place": event.place} if event.place else {})}
        prompt = self.query_one(Prompt)
        try:
            if self.study.author is None and not await self._author_given(prompt):
                return
            if not await may_write(self.app):
                return
            added = add_respondent(self.study, RosterEntry(event.code, bands))
        except (StudyError, StoreError) as error:
            self.query_one(RespondentForm).show_faults(str(error).splitlines())
            return
        finally:
            prompt.finish()
        self.query_one(RespondentForm).finish()
        self.app.tell(f"{added.code} is on the roster. Saved.")
        self.refresh_place()
        self._highlight(added.id)

    def action_next_state(self) -> None:
        """Show interviews of the next state only; after the last, all."""
        present = [state for state in STATE_ORDER if any(row.state == state for row in desk(self.study).rows)]
        choices: list[str | None] = [None, *present]
        place = choices.index(self._only) if self._only in choices else 0
        self._only = choices[(place + 1) % len(choices)]
        self.refresh_place()

    def action_set_author(self) -> None:
        """Say whose work this is."""
        self._ask_author(then=None)

    def action_show_problems(self) -> None:
        """Show what is wrong with the study's files."""
        from fieldkit.tui.screens.problems import ProblemsScreen

        self.app.push_screen(ProblemsScreen(self.study))

    def _under_cursor(self) -> DeskRow | None:
        index = self.query_one("#respondents", OptionList).highlighted
        return None if index is None else self._rows[index]

    def _chosen(self) -> DeskRow | None:
        row = self._under_cursor()
        if row is None:
            self.app.tell("No respondent yet: press n to put one on the roster", "warning")
        return row

    def _want(self, interview: InterviewWanted) -> None:
        """Go to an interview, once it is known whose work it is."""
        if self.study.author is None and not self.study.read_only:
            self._ask_author(then=interview)
        else:
            self.post_message(interview)

    @work(exclusive=True, group="prompt")
    async def _ask_author(self, then: InterviewWanted | None) -> None:
        prompt = self.query_one(Prompt)
        try:
            if await self._author_given(prompt) and then is not None:
                self.post_message(then)
        finally:
            prompt.finish()

    async def _author_given(self, prompt: Prompt) -> bool:
        initials = await prompt.ask("Your initials, for everything you write", self.study.author or "")
        if initials is None:
            return False
        try:
            self.study.set_author(initials)
        except StudyError as error:
            self.app.tell(str(error), "error")
            return False
        self.refresh_place()
        return True

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
        texts = {each.id: each.text.get("en") for each in self.study.framework.evaluation_questions}
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show_coverage, cells, texts, officials)

    def _show_work(self, done: Work) -> None:
        self._work = done
        listing = self.query_one("#respondents", OptionList)
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
        heat_map = self.query_one(HeatMap)
        heat_map.questions = texts
        heat_map.planned = {group.id: group.planned for group in self.study.framework.respondent_groups}
        self._next = officials
        self._show_waiting()
        heat_map.cells = cells

    def _show_study(self) -> None:
        title = self.study.title() if self.study.protocol_loaded else self.study.folder.name
        day = last_backup(self.study.folder)
        self.query_one("#desk-study", Static).update(
            phrase(
                "[b]$title[/]  [dim]$author$backup[/]",
                title=title,
                author=self.study.author or "",
                backup=f"  last backup {day}" if day else "",
            )
        )

    def _show_waiting(self) -> None:
        waits = []
        uncoded = self._work.uncoded if self._work else 0
        if self.study.author is None:
            waits.append("Press a to say whose work this is")
        if not self.study.rows("respondents"):
            waits.append("No respondents yet: press n, or import a roster with `fieldkit import FILE`")
        if uncoded:
            waits.append(f"{uncoded} responses are not coded yet (F4)")
        if self.study.protocol_loaded:
            errors = [p for p in self.study.protocol.problems if p.severity == "error"]
            if errors:
                waits.append(f"{len(errors)} errors in the study's files (p): {errors[0]}")
        waits.extend(self.study.notices)
        lines = [phrase("[b]![/] $line", line=line) for line in waits]
        if self._next:
            first = self._next[0]
            seen = phrase(
                "[b]›[/] See next: $code fills $questions",
                code=first.code,
                questions=", ".join(first.fills),
            )
            lines.insert(0, seen)
        self.query_one("#waiting", Static).update(Content("\n").join(lines))
        self.query_one("#waiting").display = bool(lines)

    def _highlight(self, respondent: str) -> None:
        for index, row in enumerate(self._rows):
            if row.respondent == respondent:
                self.query_one("#respondents", OptionList).highlighted = index


def _place_of(row: DeskRow | None, rows: Sequence[DeskRow]) -> int:
    """Where a row is in a list made anew: the same interview, else the same respondent, else the top."""
    if row is None:
        return 0
    same = [at for at, each in enumerate(rows) if each.respondent == row.respondent]
    exact = [at for at in same if rows[at].interview == row.interview]
    return next(iter([*exact, *same]), 0)


def _row_content(row: DeskRow, noted: int) -> Content:
    state = row.state or row.status
    detail = f"{noted} noted" if noted else (row.planned_at or "")[:16].replace("T", " ")
    line = f"{STATE_SIGNS.get(row.state, ' ')} {row.code.ljust(9)} {state.ljust(11)} "
    return literal_line(line) + literal_line(detail).stylize("dim")
