"""The Desk's keys for arranging: who is on the roster, when she is interviewed, how far that has got."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from fieldkit.say import t
from fieldkit.storage.errors import StoreError
from fieldkit.study.desk import DeskRow
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.actions import own_keys
from fieldkit.tui.screens.place import Place

if TYPE_CHECKING:
    from fieldkit.tui.widgets.appointment_form import AppointmentForm, Field
    from fieldkit.tui.widgets.prompt import Prompt
    from fieldkit.tui.widgets.respondent_form import RespondentForm

Line = TypeVar("Line", bound=Widget)


class Roster(OptionList):
    """The list of respondents; its Enter is the Desk's own, which the footer shows."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("desk", "enter")


class ArrangingKeys(Place):
    """What is done to the respondent under the cursor, and how another one comes on the roster."""

    def __init__(self, study: Study) -> None:
        """Make the place on a study."""
        super().__init__(study)
        self._rows: list[DeskRow] = []
        self._arranging: str | None = None

    async def action_add_respondent(self) -> None:
        """Show the line on which a respondent is put on the roster."""
        from fieldkit.study.roster import next_code
        from fieldkit.tui.widgets.respondent_form import RespondentForm

        try:
            framework = self.study.framework
        except StudyError as error:
            self.app.tell(str(error), "error")
            return
        if self.study.read_only:
            self.app.tell(t("This study is open for reading only: nothing can be written"), "warning")
            return
        groups = [group.id for group in framework.respondent_groups]
        places = [place.id for place in framework.places]
        form = await self._line(RespondentForm)
        form.begin(groups, places, lambda group: next_code(self.study, group))

    @work(exclusive=True, group="prompt")
    async def on_respondent_form_filled(self, event: RespondentForm.Filled) -> None:
        """Put the respondent on the roster; when something is wrong the line stays, to be mended."""
        from fieldkit.study.roster import RosterEntry, add_respondent
        from fieldkit.tui.first_write import may_write
        from fieldkit.tui.widgets.respondent_form import RespondentForm

        bands = {"group": event.group, **({"place": event.place} if event.place else {})}
        prompt = await self._prompt()
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
        self.app.tell(t("{code} is on the roster. Saved.").format(code=added.code))
        self.refresh_place()
        self._highlight(added.id)

    async def action_plan(self) -> None:
        """Show the line on which the interview under the cursor is planned."""
        await self._arrange("when")

    async def action_status(self) -> None:
        """Show that line, for the respondent's status."""
        await self._arrange("status")

    async def _arrange(self, first: Field) -> None:
        from fieldkit.tui.widgets.appointment_form import AppointmentForm

        row = self._chosen()
        if row is None:
            return
        if self.study.read_only:
            self.app.tell(t("This study is open for reading only: nothing can be written"), "warning")
            return
        self._arranging = row.respondent
        values: dict[Field, str] = {
            "when": (row.planned_at or "")[:16].replace("T", " ") if row.state == "planned" else "",
            "mode": (row.mode or "") if row.state == "planned" else "",
            "status": row.status,
        }
        form = await self._line(AppointmentForm)
        form.begin(row.code, values, first)

    @work(exclusive=True, group="prompt")
    async def on_appointment_form_filled(self, event: AppointmentForm.Filled) -> None:
        """Keep what was arranged; when something is wrong the line stays, to be mended."""
        from fieldkit.study.appointments import arrange
        from fieldkit.tui.widgets.appointment_form import AppointmentForm

        form, prompt = self.query_one(AppointmentForm), await self._prompt()
        respondent = self._arranging
        if respondent is None:
            return
        try:
            if self.study.author is None and not await self._author_given(prompt):
                return
            told = arrange(self.study, respondent, event.when, event.mode, event.status, datetime.now())
        except (StudyError, StoreError) as error:
            form.show_faults(str(error).splitlines())
            return
        finally:
            prompt.finish()
        form.finish()
        self.app.tell(told)
        self.refresh_place()
        self._highlight(respondent)

    async def _line(self, kind: type[Line]) -> Line:
        """A line at the foot, made when it is first asked for: the Desk is painted the sooner without."""
        if not self.query(kind):
            await self.mount(kind(), before="TourLine")
        return self.query_one(kind)

    async def _prompt(self) -> Prompt:
        from fieldkit.tui.widgets.prompt import Prompt

        return await self._line(Prompt)

    async def _author_given(self, prompt: Prompt) -> bool:
        initials = await prompt.ask(t("Your initials, for everything you write"), self.study.author or "")
        if initials is None:
            return False
        try:
            self.study.set_author(initials)
        except StudyError as error:
            self.app.tell(str(error), "error")
            return False
        if (told := self.study.blind_notice) is not None:
            self.app.tell(told, "warning")
        self.refresh_place()
        return True

    def _under_cursor(self) -> DeskRow | None:
        index = self.query_one("#respondents", OptionList).highlighted
        return None if index is None else self._rows[index]

    def _chosen(self) -> DeskRow | None:
        row = self._under_cursor()
        if row is None:
            self.app.tell(t("No respondent yet: press n to put one on the roster"), "warning")
        return row

    def _highlight(self, respondent: str) -> None:
        for index, row in enumerate(self._rows):
            if row.respondent == respondent:
                self.query_one("#respondents", OptionList).highlighted = index
