"""The keys of a stretch off the record: nothing that is typed meanwhile goes anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual import events

from fieldkit.records.interviews import Interview
from fieldkit.say import t
from fieldkit.study.holds import standing_holds
from fieldkit.study.off_record import begin, end
from fieldkit.study.purge import Purged
from fieldkit.study.redaction import redact
from fieldkit.study.study import Study
from fieldkit.tui.actions import actions_of
from fieldkit.tui.screens.interview_item import ItemKeys
from fieldkit.tui.screens.interview_view import Page
from fieldkit.tui.widgets.off_record_page import OffRecordPage
from fieldkit.tui.widgets.redact_prompt import RedactPrompt

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
        return (*super().signs(), t("OFF RECORD")) if self.off_record else super().signs()

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

    def action_redact(self) -> None:
        """Ask whether the paragraph at the cursor, or the one before it, was off the record too."""
        if self.study.read_only:
            return
        if self.page == "item":
            self.leave_item()
        paragraphs = self.conduct.answer(self.conduct.current).paragraphs
        row = min(self.pane.notes.cursor_location[0], len(paragraphs) - 1)
        place = next((at for at in range(row, -1, -1) if str(paragraphs[at]["text"]).strip()), None)
        if place is None:
            self.remark = t("Nothing was noted just before")
            self.refresh_status()
        elif standing_holds(self.study):
            self._hold_back(place)
        else:
            self.ask(RedactPrompt(place, str(paragraphs[place]["text"])))

    def redact(self, place: int) -> None:
        """Erase a paragraph of the current answer for good, as far as this laptop reaches."""
        key, done = self.conduct.current, list[Purged]()
        self.attempt(lambda: done.append(redact(self.conduct, key, [place])))
        notes = self.pane.notes
        # Nothing that could be undone before brings the words back.
        notes.load(self.conduct.answer(key).paragraphs)
        row = min(max(0, place - 1), notes.document.line_count - 1)
        notes.move_cursor((row, len(notes.document.get_line(row))))
        if done:
            left = [*done[0].backups_left, *done[0].leftovers_left]
            told = t("Erased here; destroy by hand what could not be reached: {what}")
            self.remark = told.format(what=left[0]) if left else t("Erased for good")
        self.refresh_place()

    async def key_off_record(self, event: events.Key) -> bool:
        """Apply a key while nothing is kept: all but a few are swallowed."""
        prompt, self.prompt = self.prompt, None
        if prompt is not None:
            if isinstance(prompt, RedactPrompt) and prompt.take(event.key, event.character) == "done":
                self.redact(prompt.place)
                return True
            self.refresh_status()
        action = _KEYS.get(event.key)
        if event.key == "delete":
            self.action_redact()
        elif action is not None:
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
        self.remark = t("On the record again; of what was said meanwhile nothing was kept")
        self.attempt(lambda: end(self.conduct, stretch.started_at, ended_at))
        self._show_again(stretch)

    def _show_again(self, stretch: Stretch) -> None:
        self._stretch = None
        self.turn_to(stretch.page)
        if stretch.page == "item":
            self.set_focus(self.pane.notes)
        self.refresh_bindings()

    def _hold_back(self, place: int) -> None:
        """While a hold stands nothing can be erased: let the paragraph never be quoted."""
        notes = self.pane.notes
        notes.move_cursor((place, len(notes.document.get_line(place))))
        if notes.attributable:
            notes.toggle_attribution()
        self.pane.show_kind()
        self.leave_item()
        self.remark = t("A hold stands, so nothing is erased: the paragraph is not for attribution now")
        self.refresh_place()

    def _key_shown(self) -> str:
        return next(action.key_shown for action in actions_of("interview") if action.name == "off_record")
