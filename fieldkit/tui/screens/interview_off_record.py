"""The keys of a stretch off the record: nothing that is typed meanwhile goes anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual import events

from fieldkit.records.interviews import Interview
from fieldkit.study.off_record import begin, end
from fieldkit.study.study import Study
from fieldkit.tui.actions import actions_of
from fieldkit.tui.screens.interview_item import ItemKeys
from fieldkit.tui.screens.interview_view import Page
from fieldkit.tui.widgets.off_record_page import OffRecordPage

_ALLOWED: Final = ("off_record", "pause", "redact")
"""The actions of the interview that can be taken off the record."""

_KEYS: Final = {
    key: action for action in actions_of("interview") if action.name in _ALLOWED for key in action.keys
}


@dataclass(frozen=True)
class Stretch:
    """A stretch off the record that lasts.

    Attributes:
        started_at: when it began.
        page: the page that was shown before.
    """

    started_at: str
    page: Page


class OffRecordKeys(ItemKeys):
    """What is done off the record, and to what was said just before it."""

    def __init__(self, study: Study, interview: str | Interview) -> None:
        """Open an interview; see `InterviewView`."""
        super().__init__(study, interview)
        self._stretch: Stretch | None = None

    @property
    def off_record(self) -> bool:
        """Whether nothing may be kept now."""
        return self._stretch is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As in Textual; off the record, whatever would note or show something is not to be done."""
        own = {each.name for each in actions_of("interview")}
        if self.off_record and action in own and action not in _ALLOWED:
            return False
        return super().check_action(action, parameters)

    def signs(self) -> tuple[str, ...]:
        """As before; and that the talk is off the record."""
        return (*super().signs(), "OFF RECORD") if self.off_record else super().signs()

    def action_off_record(self) -> None:
        """Keep nothing from now on; or keep again what is said."""
        if self.study.read_only:
            return
        if self._stretch is None:
            self._go_off()
        else:
            self._go_on(self._stretch)

    def action_pause(self) -> None:
        """Stop the clock; a stretch off the record ends with it."""
        super().action_pause()
        if self._stretch is not None and self.conduct.interview.state != "in progress":
            self._show_again(self._stretch)

    async def key_off_record(self, event: events.Key) -> bool:
        """Apply a key while nothing is kept: all but a few are swallowed."""
        action = _KEYS.get(event.key)
        if action is not None:
            await self.app.run_action(action.command, self)
        return True

    def _go_off(self) -> None:
        self.remark = None
        self.prompt = None
        if self.page == "item":
            self.leave_item()
        self.begin()
        # The bar holds, whether or not it can be written down that it does.
        stretch = Stretch(self.conduct.now(), self.page)
        self._stretch = stretch
        self.attempt(lambda: begin(self.conduct, stretch.started_at))
        self.prompt = None
        self.query_one(OffRecordPage).show(self.conduct.elapsed_s(), self._key_shown())
        self.turn_to("off_record")
        self.refresh_bindings()

    def _go_on(self, stretch: Stretch) -> None:
        ended_at = self.conduct.now()
        self.remark = "On the record again; of what was said meanwhile nothing was kept"
        self.attempt(lambda: end(self.conduct, stretch.started_at, ended_at))
        self._show_again(stretch)

    def _show_again(self, stretch: Stretch) -> None:
        self._stretch = None
        self.turn_to(stretch.page)
        if stretch.page == "item":
            self.set_focus(self.pane.notes)
        self.refresh_bindings()

    def _key_shown(self) -> str:
        return next(action.key_shown for action in actions_of("interview") if action.name == "off_record")
