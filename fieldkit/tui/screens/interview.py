"""The interview screen: the keys with which an interview is held."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from fieldkit.records.vocabulary import COVERED
from fieldkit.say import t
from fieldkit.study.pace import next_on_short_path
from fieldkit.tui.actions import bindings
from fieldkit.tui.keymap import keymap_of
from fieldkit.tui.screens.interview_closing import ClosingKeys
from fieldkit.tui.screens.interview_coding import CodeKeys
from fieldkit.tui.screens.interview_consent import ConsentKeys
from fieldkit.tui.screens.interview_off_record import OffRecordKeys
from fieldkit.tui.screens.interview_warnings import waiting
from fieldkit.tui.widgets.closing_page import ClosingPage
from fieldkit.tui.widgets.closing_prompt import WishPrompt, WordsPrompt
from fieldkit.tui.widgets.code_prompt import CodePrompt
from fieldkit.tui.widgets.consent_prompt import WithdrawPrompt
from fieldkit.tui.widgets.goto_prompts import GoToPrompt, QuestionPrompt, WherePrompt
from fieldkit.tui.widgets.interview_prompts import DispositionPrompt, InitialsPrompt, ProbePrompt, Prompt
from fieldkit.tui.widgets.notes import is_text
from fieldkit.tui.widgets.outline import Outline
from fieldkit.tui.widgets.redact_prompt import RedactPrompt
from fieldkit.tui.widgets.side_pane import SidePane


class InterviewScreen(ConsentKeys, ClosingKeys, OffRecordKeys, CodeKeys):
    """One interview being held, by keys.

    Keys come here before the widget that has the focus (see `widgets.keys`), so that what is typed,
    chosen and commanded happens in the order of the keys, however fast they arrive.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("interview")

    def on_mount(self) -> None:
        """Ask whose work it is, where nobody has said."""
        if self.study.author is None and not self.study.read_only:
            self.ask(InitialsPrompt())

    async def take_key(self, sender: Widget, event: events.Key) -> bool:
        """Apply a key before the widget it was sent to; whether it was used."""
        if self.off_record:
            return await self.key_off_record(event)
        if self.prompt is not None and self._prompted(event):
            return True
        command = keymap_of(self.app).commands("interview").get(event.key)
        if command is not None and not self._left_to_notes(command):
            return await self.app.run_action(command, self)
        if self.page == "consent":
            return await self.key_in_consent(event)
        if self.page == "closing":
            return await self.key_in_closing(event)
        if self.page == "recovered":
            return await self.key_in_recovered(event)
        return await self.key_in_item(event)

    def take_paste(self, text: str) -> None:
        """Paste into the notes, wherever the focus is; from the closing review into the last item's."""
        if self.study.read_only or self.off_record:
            return
        if isinstance(self.prompt, WishPrompt | WithdrawPrompt):
            text, self.prompt = self.prompt.digit + text, None
        memo = self.query_one(ClosingPage).memo
        if self.page == "closing" and self.focused is memo:
            memo.type_text(text)
            self.take_memo()
            return
        if self.page == "closing":
            self.go_to_last()
        self.turn_to("item")
        self.set_focus(self.pane.notes)
        self.pane.notes.type_text(text)
        self.take_over()

    @on(TextArea.Changed)
    def words_changed(self) -> None:
        """Take over words that came otherwise than by a key: pasted, or through the mouse."""
        self.take_over()
        self.take_memo()

    @on(TextArea.SelectionChanged)
    def cursor_moved(self) -> None:
        """Show the kind of the paragraph that the cursor is in now."""
        self.pane.show_kind()

    @on(Outline.Picked)
    def item_picked(self, message: Outline.Picked) -> None:
        """Go to an item that was clicked."""
        if not self.off_record:
            self.jump_to(message.key)

    def action_next_item(self) -> None:
        """Go to the next item that is asked; after the last, to the closing review."""
        self._step(1)

    def action_previous_item(self) -> None:
        """Go to the item before; before the first, to statement and consent."""
        self._step(-1)

    def action_side(self) -> None:
        """Show all that stands beside the item, or put it away; page keys read on in it.

        Where there is room, what is needed stands there anyway: asked for once, it says all; asked for once
        more, it leaves the room to the item.
        """
        side = self.query_one(SidePane)
        if self.has_class("-narrow"):
            self.toggle_class("-aside")
            side.whole = self.has_class("-aside")
        else:
            self.set_class(side.whole, "-alone")
            side.whole = not side.whole and not self.has_class("-alone")
        self.refresh_place()
        side.scroll_home(animate=False)

    def action_save(self) -> None:
        """Keep everything now, and say so."""
        self.keep_item()
        form = self.pane.form
        unreadable = form.unreadable() if form is not None and self.page == "item" else None
        if self.study.read_only or not self.conduct.save_all():
            self.remark = self.conduct.failure or self.remark
        elif unreadable is not None:
            self.remark = t("Saved, but not this: {why}").format(why=unreadable)
        else:
            self.remark = t("Saved: everything typed so far is on disk")
        self.refresh_place()

    def action_save_elsewhere(self) -> None:
        """Ask for a folder, and write there what the store does not take."""
        from fieldkit.tui.screens.interview_elsewhere import ask_elsewhere

        ask_elsewhere(self)

    def _left_to_notes(self, command: str) -> bool:
        """Whether a key does what it does in any text: saving elsewhere has it only while that is needed."""
        return command == "screen.save_elsewhere" and self.conduct.failure is None

    def _step(self, by: int) -> None:
        if self.page != "item":
            if self.page == "recovered" or (self.page == "consent") == (by > 0):
                self.turn_to("item")
            return
        self.take_over()
        if by > 0 and self.short_path:
            self._step_short()
            return
        steps = self.conduct.steps()
        here = next((at for at, step in enumerate(steps) if step.key == self.conduct.current), 0)
        ahead = steps[here + 1 :] if by > 0 else steps[:here][::-1]
        found = next((step for step in ahead if step.relevant), None)
        passed = ahead[: ahead.index(found)] if found is not None else ahead
        if found is not None:
            self.go_to(found.key)
        else:
            self.remark = None
            self.leave_item()
            self.turn_to("closing" if by > 0 else "consent")
        kept = self.remark is not None and self.remark == self.kept_as_note
        if by > 0 and not kept and (told := waiting(self.conduct, passed)) is not None:
            self.remark = told
            self.refresh_status()

    def _step_short(self) -> None:
        """Go to the next open priority item; to the closing review where none is left."""
        self.leave_item()
        found = next_on_short_path(self.conduct)
        if found is not None:
            self.go_to(found.key)
        else:
            self.turn_to("closing")
            self.remark = t("No priority item is open any more")
            self.refresh_status()

    def _prompted(self, event: events.Key) -> bool:
        """Give a key to the prompt; whether it was used there."""
        prompt = self.prompt
        outcome = prompt.take(event.key, event.character) if prompt is not None else "passed"
        if outcome == "taken":
            self.refresh_status()
            return True
        self.ask(None)
        if isinstance(prompt, WordsPrompt):
            if outcome == "cancelled":
                self.words_left(prompt.key)
            else:
                self.words_given(prompt)
            self.refresh_place()
        elif outcome == "done":
            self._answered(prompt)
        elif outcome == "passed" and isinstance(prompt, WishPrompt) and is_text(event.character):
            self.go_to_last()
            self.pane.notes.type_text(prompt.digit)
        elif outcome == "passed" and isinstance(prompt, WithdrawPrompt) and is_text(event.character):
            self.go_to_notes()
            self.pane.notes.type_text(prompt.digit)
        elif outcome == "passed" and isinstance(prompt, WherePrompt) and prompt.words:
            # It was something said, and no answer.
            self.set_focus(self.pane.notes)
            self.pane.notes.type_text(prompt.words)
            self.take_over()
            return is_text(event.character)
        elif outcome == "passed" and isinstance(prompt, QuestionPrompt) and not self._goes_to(event):
            # Who asks for another place did not mean to add one.
            self.add_asked(prompt)
            self.refresh_place()
        return outcome != "passed"

    def _goes_to(self, event: events.Key) -> bool:
        return keymap_of(self.app).commands("interview").get(event.key) == "screen.go_to"

    def _answered(self, prompt: Prompt | None) -> None:
        if isinstance(prompt, GoToPrompt):
            self.place_chosen(prompt)
        elif isinstance(prompt, QuestionPrompt):
            self.add_asked(prompt)
        elif isinstance(prompt, DispositionPrompt):
            self.set_disposition(prompt.chosen)
            if prompt.chosen == COVERED:
                self.ask_where()
        elif isinstance(prompt, WishPrompt):
            self.close_with(prompt.wish)
            return
        elif isinstance(prompt, WithdrawPrompt):
            self.withdraw(prompt.respondent)
        elif isinstance(prompt, RedactPrompt):
            self.redact(prompt.place)
        elif isinstance(prompt, CodePrompt):
            self.code_paragraph(prompt)
        elif isinstance(prompt, ProbePrompt) and prompt.chosen not in (None, prompt.ticked):
            if prompt.ticked is not None:
                self.toggle_probe(prompt.ticked)
            self.toggle_probe(str(prompt.chosen))
        elif isinstance(prompt, InitialsPrompt) and self.attempt(
            lambda: self.study.set_author(prompt.initials)
        ):
            self.remark = None
            self.attempt(self.conduct.save_all)
        self.refresh_place()
