"""What an interview looks like, and how what is typed in it is kept."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Final, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import ContentSwitcher, Static
from textual.worker import Worker

from fieldkit.protocol.framework import Framework
from fieldkit.protocol.items import RepeatItem
from fieldkit.records.consent_rule import counts
from fieldkit.records.interviews import Interview
from fieldkit.records.responses import ResponseKey
from fieldkit.say import mark, t
from fieldkit.storage.errors import StoreError
from fieldkit.study.closing import closing
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import StudyError
from fieldkit.study.interviews import guide_remark
from fieldkit.study.pace import priority_minutes_left, runs_short, section_budget
from fieldkit.study.recovered import recovered_words
from fieldkit.study.steps import StepView, numbered_for, numbered_items
from fieldkit.study.study import Study
from fieldkit.tui import garbage
from fieldkit.tui.screens.interview_answers import differs, keep_unreadable, keep_value
from fieldkit.tui.screens.interview_warnings import left_open, warning
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.closing_page import ClosingPage
from fieldkit.tui.widgets.consent import ConsentPage
from fieldkit.tui.widgets.interview_prompts import ProbePrompt, Prompt
from fieldkit.tui.widgets.item_pane import ItemPane
from fieldkit.tui.widgets.notes import Notes
from fieldkit.tui.widgets.off_record_page import OffRecordPage
from fieldkit.tui.widgets.outline import Outline
from fieldkit.tui.widgets.recovered_page import RecoveredPage
from fieldkit.tui.widgets.redraw import show
from fieldkit.tui.widgets.side_pane import SidePane
from fieldkit.tui.widgets.status_row import Status, StatusRow

AUTOSAVE_S: Final = 0.6
"""Seconds between looks at what is typed and not on disk yet: at most one second is at risk."""

STATUS_S: Final = 0.04
"""Seconds after a key until the status row says that there is something to save."""

AGAIN_S: Final = 3.0
"""Seconds between attempts to record what was refused: each may read the journal again."""

Page = Literal["consent", "item", "closing", "off_record", "recovered"]

_PLACES: Final[dict[Page, str]] = {
    "consent": mark("consent"),
    "item": "",
    "closing": mark("closing"),
    "off_record": "",
    "recovered": mark("recovered"),
}
"""What the status row calls each page; an item has its number there, and off the record is a sign."""


class InterviewView(Place):
    """One interview: status row, outline, page, side pane, prompt and warning.

    What is typed is taken over from the widgets after each key, and drafted to disk by a worker;
    nothing here waits for the disk but leaving an item.

    Attributes:
        interview_id: the interview.
        conduct: the interview as it is held.
        page: which page is shown.
        recovered: what a crash had left in the draft, as it was when the interview was opened.
        remark: what the last key gave rise to, or None.
        short_path: whether only open priority items are gone to.
        elsewhere: what came of saving elsewhere, while the store does not take what is typed.
        kept_as_note: what was told when what was typed as a value was last kept as a note, or None.
    """

    place = "interview"
    CSS_PATH = "../styles/interview.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # declared so by Screen

    def __init__(self, study: Study, interview: str | Interview) -> None:
        """Open an interview.

        Args:
            study: the study.
            interview: id of the interview; or a new one, written with the first thing that is noted.

        Raises:
            StudyError: there is no such interview, or its guide cannot be had.
        """
        super().__init__(study)
        self.conduct = Conduct(study, interview)
        self.interview_id = self.conduct.interview.id
        self.page: Page = "item" if self.conduct.interview.started_at else "consent"
        self.recovered = recovered_words(self.conduct)
        self.remark: str | None = None
        self.elsewhere: str | None = None
        self.short_path = False
        self.kept_as_note: str | None = None
        self.prompt: Prompt | None = None
        self._codes = {person.id: person.code for person in self.conduct.respondents}
        self._notes: Notes | None = None
        self._begin_failed = False
        self._status_due: Timer | None = None
        self._drafting: Worker[bool] | None = None

    def compose_body(self) -> ComposeResult:
        """Status, then outline, page and side pane, then prompt and warning."""
        yield StatusRow(id="status")
        with Horizontal(id="body"):
            yield Outline()
            with ContentSwitcher(initial=self.page, id="pages"):
                yield ConsentPage(id="consent")
                yield ItemPane(self._offset_s, self._codes, read_only=self.study.read_only)
                yield ClosingPage(read_only=self.study.read_only)
                yield OffRecordPage(id="off_record")
                yield RecoveredPage(self.recovered)
            yield SidePane(id="side")
        yield Static(id="prompt")
        yield Static(id="warning")

    def on_mount(self) -> None:
        """Show where the interview stands, and begin to keep what is typed."""
        self._notes = self.pane.notes
        if count := len(self.recovered):
            told = t("Recovered what was typed before the last stop, {n} item(s) (Ctrl+G r Enter)")
            self.remark = told.format(n=count)
        elif self.conduct.interview.state == "planned":
            self.remark = guide_remark(self.study, self.conduct.interview)
        elif self.conduct.interview.state == "complete":
            self.remark = t("This interview is complete; what is changed now is kept as a correction")
        if self.conduct.interview.state == "in progress":
            # It was not paused, so fieldkit was stopped: the clock has not run since.
            self.attempt(self.conduct.start)
        self.show_item()
        self.turn_to(self.page)
        self.call_after_refresh(garbage.spare)
        self.set_interval(AUTOSAVE_S, self.look_after)
        self.set_interval(AGAIN_S, self.save_again)

    @property
    def pane(self) -> ItemPane:
        """The item."""
        return self.query_one(ItemPane)

    @property
    def framework(self) -> Framework | None:
        """The study's framework, or None while it is wrong: the interview goes on without."""
        return self.study.protocol.framework

    def put_away(self) -> bool:
        """Keep everything, and pause the interview if it is being held.

        Returns:
            Whether all of it is durable; if not, the reason is shown.
        """
        self.leave_item()
        closed = self.study.read_only or self.attempt(self.conduct.close)
        closed = closed and (self.study.read_only or self.conduct.save_all())
        self.refresh_place()
        return closed

    def on_screen_suspend(self) -> None:
        """Another place is shown: keep what was typed. The clock runs on."""
        if self._notes is not None:
            self.keep_item()

    def on_unmount(self) -> None:
        """Draft what is not kept yet, whatever it is that ends the screen."""
        if self._notes is None or self.study.read_only:
            return
        with contextlib.suppress(StudyError, StoreError, OSError):
            self._take_words(self._notes)
            self.conduct.autosave()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that writes; what goes wrong is told, and nothing is lost.

        Returns:
            Whether it was done.
        """
        try:
            act()
        except (StudyError, StoreError, OSError) as error:
            self.remark = str(error)
            return False
        return self.conduct.failure is None

    def begin(self) -> None:
        """Let the clock run from the first thing that is noted; a completed interview stays so."""
        if self.conduct.interview.state in ("planned", "paused") and not self._begin_failed:
            self._begin_failed = not self.attempt(self.conduct.start)

    def take_over(self) -> None:
        """Take over what is on the screen into the current answer."""
        if self._notes is None or self.study.read_only:
            return
        if self._take_words(self._notes) and self.query_one(StatusRow).saved != self.conduct.saved:
            # Only the first key after a save changes what the row says. It is drawn apart from the letter:
            # one frame for both would draw all that lies between them.
            self._status_soon()
        form = self.pane.form
        if form is not None and differs(self.conduct, self.conduct.current, form.value, form.disposition):
            self.begin()
            key, value, disposition = self.conduct.current, form.value, form.disposition
            self.remark = form.remark
            self.attempt(lambda: keep_value(self.conduct, key, value, disposition))
            self.refresh_place()

    def leave_item(self) -> None:
        """Keep the current answer as a revision; what was typed as a value and is none is kept as a note."""
        if self._notes is None or self.study.read_only:
            return
        self._notes.finish_mark()
        form = self.pane.form
        unreadable = form.finish() if form is not None else None
        why = form.remark if form is not None else None
        self.take_over()
        if unreadable:
            self.begin()
            keep_unreadable(self.conduct, unreadable)
            self._notes.load(self.conduct.answer(self.conduct.current).paragraphs)
            self.remark = self.kept_as_note = t("Kept as a note: {why}").format(why=why or unreadable)
        self.attempt(lambda: self.conduct.leave(self.conduct.current))

    def keep_item(self) -> None:
        """Keep the current answer as a revision, and stay: what is no value yet stays where it is typed."""
        form = self.pane.form
        if form is not None and not self.study.read_only:
            form.settle()
        self.take_over()
        if not self.study.read_only:
            self.attempt(lambda: self.conduct.leave(self.conduct.current))

    def go_to(self, key: ResponseKey) -> None:
        """Leave the current item for another."""
        self.remark = None
        # At 80 columns what stands beside an item covers its text; the next one is to be read out.
        self.remove_class("-aside")
        self.query_one(SidePane).whole = False
        if self.page == "item":
            self.leave_item()
            self.remark = self.remark or left_open(self.conduct)
        if self.attempt(lambda: self.conduct.move_to(key)) or self.conduct.current == key:
            self.show_item()
            self.query_one(SidePane).scroll_home(animate=False)
            step = self.current_step()
            if not step.relevant:
                told = t("{number} is hidden by a condition; what is noted is kept all the same")
                self.remark = told.format(number=step.number)
        self.turn_to("item")

    def show_item(self) -> None:
        """Show the current item afresh."""
        step = self.current_step()
        numbered = numbered_for(step, self.conduct.steps(), self.conduct.respondents)
        self.pane.show_item(step, self.conduct.answer(step.key), self.conduct.language, numbered)

    def current_step(self) -> StepView:
        """The current item's step; the first one where a change elsewhere took that one away."""
        steps = self.conduct.steps()
        found = next((step for step in steps if step.key == self.conduct.current), None)
        if found is None:
            found = next((step for step in steps if step.relevant), steps[0])
            self.attempt(lambda: self.conduct.move_to(found.key))
        return found

    def turn_to(self, page: Page) -> None:
        """Show a page, and give the focus to where its keys go."""
        self.page = page
        self.query_one("#pages", ContentSwitcher).current = page
        self.query_one(SidePane).set_class(page != "item", "-off")
        if page == "consent":
            self.set_focus(self.query_one(ConsentPage).consents)
        elif page == "closing":
            self.set_focus(self.query_one(ClosingPage).gaps)
        elif page == "off_record":
            self.set_focus(self.query_one(OffRecordPage))
        elif page == "recovered":
            self.set_focus(self.query_one(RecoveredPage))
        else:
            self.set_focus(self.pane.strip if self.pane.form is not None else self.pane.notes)
        self.refresh_place()

    def refresh_place(self) -> None:
        """Bring everything but the notes and the value up to date."""
        if self._notes is None:
            return
        steps, current = self.conduct.steps(), self.conduct.current
        at_item = self.page == "item"
        self.query_one(Outline).show(steps, current if at_item else None, self.conduct.language)
        if at_item:
            self._refresh_item()
        elif self.page == "consent":
            conduct = self.conduct
            page = self.query_one(ConsentPage)
            number = self.current_step().number
            page.show(conduct.guide, conduct.respondents, conduct.consents(), conduct.language, number)
        elif self.page == "closing":
            farewell = self.conduct.guide.closing_statement
            words = farewell.get(self.conduct.language) if farewell else ""
            gaps, interview = closing(self.conduct), self.conduct.interview
            self.query_one(ClosingPage).show(words, gaps, interview, self.conduct.language)
        self.refresh_status()

    def language_changed(self) -> None:
        """Say everything anew, what would else stay until it changes too."""
        super().language_changed()
        self.pane.language_changed()
        self.query_one(OffRecordPage).language_changed()
        self.query_one(ClosingPage).language_changed()
        self.query_one(RecoveredPage).language_changed()

    def refresh_status(self) -> None:
        """Bring the status row, the prompt and the warning up to date."""
        conduct = self.conduct
        self.query_one(StatusRow).show(self._status())
        prompt = self.query_one("#prompt", Static)
        prompt.display = self.prompt is not None
        if self.prompt is not None:
            show(prompt, self.prompt.content)
            # What is read out from it is shown whole; a list to choose from keeps a line for each.
            prompt.set_class(isinstance(self.prompt, ProbePrompt), "-wrapped")
        if conduct.failure is None:
            self.elsewhere = None
        told, row = warning(conduct, self.remark, self.elsewhere), self.query_one("#warning", Static)
        if told != row.content:
            # Its height is fixed: what it says moves nothing.
            row.update(told, layout=False)

    def _status(self) -> Status:
        conduct = self.conduct
        place = t(_PLACES[self.page])
        if self.page == "item":
            number, total = self.current_step().number, len(numbered_items(conduct.guide))
            place = t("item {number} of {total}").format(number=number, total=total)
        return Status(
            codes=[respondent.code for respondent in conduct.respondents],
            language=conduct.language,
            place=place,
            elapsed=int(conduct.elapsed_s() / 60) if conduct.interview.sittings else None,
            planned=conduct.minutes_planned,
            priority=priority_minutes_left(conduct),
            runs_short=runs_short(conduct),
            short_path=self.short_path,
            saved=mark("READING ONLY") if self.study.read_only else conduct.saved,
            signs=self.signs(),
        )

    def signs(self) -> tuple[str, ...]:
        """What the status row says whatever else is told."""
        said = self.conduct.consents().values()
        agreed = all(counts(each.given, each.withdrawn_at, live=True) for each in said)
        return () if agreed else (t("NO CONSENT"),)

    def look_after(self) -> None:
        """What is done every moment: take over, draft to disk in a thread, show that it is safe."""
        self._begin_failed = False
        form = self.pane.form
        if self.page == "item" and form is not None and not self.study.read_only:
            form.settle()
            self.conduct.type_value(self.conduct.current, form.typed())
        self.take_over()
        drafting = self._drafting is not None and self._drafting.is_running
        if self.conduct.saved in ("unsaved", "failed") and not drafting:
            self._drafting = self.run_worker(self.conduct.autosave, thread=True, group="drafting")
        if self.is_current:
            self.refresh_status()

    def save_again(self) -> None:
        """Record what the store refused, if it takes it now; no key has to be pressed for it."""
        # Without initials nothing is taken, and they are asked for already.
        if self.conduct.saved == "failed" and self.study.author is not None:
            self.conduct.keep_refused()
            if self.is_current:
                self.refresh_status()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Drafted: say so."""
        if self.is_current and event.worker.is_finished:
            self.refresh_status()

    def _status_soon(self) -> None:
        if self._status_due is None:
            self._status_due = self.set_timer(STATUS_S, self._status_now)

    def _status_now(self) -> None:
        self._status_due = None
        if self.is_current:
            self.refresh_status()

    def _take_words(self, notes: Notes) -> bool:
        """Take over the words on the screen, in memory; whether they had changed."""
        paragraphs, key = notes.paragraphs, self.conduct.current
        if paragraphs == self.conduct.answer(key).paragraphs:
            return False
        self.begin()
        self.conduct.type_notes(key, paragraphs)
        return True

    def _refresh_item(self) -> None:
        conduct = self.conduct
        step = self.current_step()
        repeat = conduct.guide.repeat_of(step.key.item)
        first = repeat is not None and self._first_of(repeat) == step.key
        part = " \u00b7 ".join(told for told in (self._part(step), self._section_time(step)) if told)
        self.pane.show_words(step, conduct.language, repeat=repeat if first else None, part=part)
        self.query_one(SidePane).show(step, conduct.guide, self.framework, conduct.language)
        used = conduct.answer(step.key).used_probes
        self.pane.probes.show(step, used, conduct.language, counting=isinstance(self.prompt, ProbePrompt))

    def _part(self, step: StepView) -> str:
        """Which of how many times the item is asked in its repeat; nothing where it is asked once."""
        same = [
            each.key.instance
            for each in self.conduct.steps()
            if (each.key.item, each.key.respondent) == (step.key.item, step.key.respondent)
        ]
        if len(same) < 2:
            return ""
        return t("{n} of {all}").format(n=same.index(step.key.instance) + 1, all=len(same))

    def _section_time(self, step: StepView) -> str:
        """Minutes spent in the item's section, of those it may take; nothing while the clock does not run."""
        if not self.conduct.interview.sittings:
            return ""
        spent = self.conduct.section_s().get(step.section.id, 0.0) / 60
        told = t("Section {spent} of {budget} min")
        return told.format(spent=int(spent), budget=f"{section_budget(step.section):g}")

    def _first_of(self, repeat: RepeatItem) -> ResponseKey | None:
        inner = {item.id for item in repeat.items}
        return next((step.key for step in self.conduct.steps() if step.key.item in inner), None)

    def _offset_s(self) -> float | None:
        return self.conduct.elapsed_s() if self.conduct.interview.sittings else None
