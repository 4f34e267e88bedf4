"""The interview screen: the keys with which an interview is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from fieldkit.records.interviews import Interview
from fieldkit.records.responses import ResponseKey
from fieldkit.study.closing import asked_steps
from fieldkit.study.settling import Settled, open_keys, settle_interview, settle_rest, take_back
from fieldkit.study.study import Study
from fieldkit.tui.actions import actions_of, bindings
from fieldkit.tui.screens.history import show_versions
from fieldkit.tui.screens.interview_view import InterviewView
from fieldkit.tui.screens.interview_warnings import waiting
from fieldkit.tui.widgets.closing_page import ClosingPage
from fieldkit.tui.widgets.closing_prompt import Wish, WishPrompt
from fieldkit.tui.widgets.consent import ConsentPage
from fieldkit.tui.widgets.goto import Target, all_targets
from fieldkit.tui.widgets.interview_prompts import (
    DispositionPrompt,
    GoToPrompt,
    InitialsPrompt,
    ProbePrompt,
    Prompt,
)
from fieldkit.tui.widgets.notes import is_text
from fieldkit.tui.widgets.outline import Outline
from fieldkit.tui.widgets.probes import next_probe
from fieldkit.tui.widgets.side_pane import SidePane
from fieldkit.tui.widgets.value_form import put_aside

COMMANDS: Final = {key: action.command for action in actions_of("interview") for key in action.keys}
"""Key to action, for the keys of this screen."""


class InterviewScreen(InterviewView):
    """One interview being held, by keys.

    Keys come here before the widget that has the focus (see `widgets.keys`), so that what is typed,
    chosen and commanded happens in the order of the keys, however fast they arrive.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("interview")

    def __init__(self, study: Study, interview: str | Interview) -> None:
        """Open an interview; see `InterviewView`."""
        super().__init__(study, interview)
        self._came_from: ResponseKey | None = None
        self._settled: list[Settled] = []

    def on_mount(self) -> None:
        """Ask whose work it is, where nobody has said."""
        if self.study.author is None and not self.study.read_only:
            self.ask(InitialsPrompt())

    async def take_key(self, sender: Widget, event: events.Key) -> bool:
        """Apply a key before the widget it was sent to; whether it was used."""
        if self.prompt is not None and self._prompted(event):
            return True
        if event.key in COMMANDS:
            return await self.app.run_action(COMMANDS[event.key], self)
        if self.page == "consent":
            return await self._key_in_consent(event)
        if self.page == "closing":
            return await self._key_in_closing(event)
        return await self._key_in_item(event)

    def take_paste(self, text: str) -> None:
        """Paste into the notes, wherever the focus is; from the closing review into the last item's."""
        if self.study.read_only:
            return
        if isinstance(self.prompt, WishPrompt):
            text, self.prompt = self.prompt.digit + text, None
        if self.page == "closing":
            self._go_to_last()
        self.turn_to("item")
        self.set_focus(self.pane.notes)
        self.pane.notes.type_text(text)
        self.take_over()

    def ask(self, prompt: Prompt | None) -> None:
        """Show a prompt, or put away the one there is."""
        self.prompt = prompt
        self.refresh_place()

    @on(TextArea.Changed)
    def words_changed(self) -> None:
        """Take over words that came otherwise than by a key: pasted, or through the mouse."""
        self.take_over()

    @on(TextArea.SelectionChanged)
    def cursor_moved(self) -> None:
        """Show the kind of the paragraph that the cursor is in now."""
        self.pane.show_kind()

    @on(Outline.Picked)
    def item_picked(self, message: Outline.Picked) -> None:
        """Go to an item that was clicked."""
        self.go_to(message.key)

    def action_next_item(self) -> None:
        """Go to the next item that is asked; after the last, to the closing review."""
        self._step(1)

    def action_previous_item(self) -> None:
        """Go to the item before; before the first, to statement and consent."""
        self._step(-1)

    def action_go_to(self) -> None:
        """Ask where to go; Enter alone goes back to where the last jump came from."""
        self.ask(GoToPrompt(all_targets(self.conduct, self._came_from)))

    def action_another(self) -> None:
        """Ask which repeat to add an instance to."""
        prompt = GoToPrompt(all_targets(self.conduct, None))
        prompt.take("plus", "+")
        self.ask(prompt)

    def action_disposition(self) -> None:
        """Ask what became of the item."""
        if self._writing:
            self.ask(DispositionPrompt())

    def action_probe(self) -> None:
        """Tick the next probe; a digit that follows picks another."""
        if not self._writing:
            return
        step = self.current_step()
        if not step.item.probes:
            self.remark = "this item has no probes"
            self.refresh_status()
            return
        ticked = next_probe(step, self.conduct.answer(step.key).probes)
        if ticked is not None:
            self._toggle_probe(ticked)
        texts = {probe.id: step.fill(probe.text, self.conduct.language) for probe in step.item.probes}
        self.ask(ProbePrompt(texts, ticked))

    def action_side(self) -> None:
        """Show what stands beside the item, or put it away; page keys read on in it."""
        self.toggle_class("-aside" if self.has_class("-narrow") else "-alone")
        self.query_one(SidePane).scroll_home(animate=False)

    def action_save(self) -> None:
        """Keep everything now, and say so."""
        self.keep_item()
        form = self.pane.form
        unreadable = form.unreadable() if form is not None and self.page == "item" else None
        if self.study.read_only or not self.conduct.save_all():
            self.remark = self.conduct.failure or self.remark
        elif unreadable is not None:
            self.remark = f"Saved, but not this: {unreadable}"
        else:
            self.remark = "Saved: everything typed so far is on disk"
        self.refresh_place()

    def action_save_elsewhere(self) -> None:
        """Ask for a folder, and write there what the store does not take."""
        from fieldkit.tui.screens.interview_elsewhere import ask_elsewhere

        ask_elsewhere(self)

    def action_verbatim(self) -> None:
        """Mark the paragraph as the official's own words, or as paraphrase again."""
        if self._writing:
            self.pane.notes.toggle_kind()
            self.pane.show_kind()
            self.take_over()

    def action_language(self) -> None:
        """Read items in the next of the study's languages."""
        framework = self.framework
        languages = framework.study.languages if framework else list(self.conduct.guide.title.languages)
        self.leave_item()
        at = languages.index(self.conduct.language) if self.conduct.language in languages else -1
        self.conduct.language = languages[(at + 1) % len(languages)]
        step = self.current_step()
        self.pane.show_value(step, self.conduct.answer(step.key), self.conduct.language)
        self.refresh_place()

    def action_versions(self) -> None:
        """Show what the current answer was before, what is typed now being kept first."""
        if self.page == "item":
            self.leave_item()
            self.refresh_place()
            show_versions(self.app, self.study, self.conduct.record_id(self.conduct.current))

    def answer_restored(self, response: str) -> None:
        """Show a response that was given an earlier state.

        Args:
            response: its id.
        """
        key = self.conduct.take_up(response)
        if key == self.conduct.current:
            self.show_item()
        if key is not None:
            self.refresh_place()

    def action_pause(self) -> None:
        """Stop the clock, keeping everything and the place; the next thing noted starts it again."""
        self.leave_item()
        if self.conduct.interview.state == "in progress" and self.attempt(self.conduct.pause):
            self.remark = "Paused; the clock goes on with the next thing noted"
        self.refresh_place()

    def action_other_field(self) -> None:
        """Go from the value to the notes, or back."""
        if self.page == "item":
            to_value = self.pane.form is not None and self.focused is self.pane.notes
            self.set_focus(self.pane.strip if to_value else self.pane.notes)

    def attempt(self, act: Callable[[], object]) -> bool:
        """As in `InterviewView`; where nobody has said whose work it is, ask."""
        done = super().attempt(act)
        if not done and self.study.author is None:
            self.prompt = InitialsPrompt()
        return done

    @property
    def _writing(self) -> bool:
        return self.page == "item" and not self.study.read_only

    def _step(self, by: int) -> None:
        if self.page != "item":
            if (self.page == "consent") == (by > 0):
                self.turn_to("item")
            return
        self.take_over()
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
        kept = (self.remark or "").startswith("Kept as a note")
        if by > 0 and not kept and (told := waiting(self.conduct, passed)) is not None:
            self.remark = told
            self.refresh_status()

    def _prompted(self, event: events.Key) -> bool:
        """Give a key to the prompt; whether it was used there."""
        prompt = self.prompt
        outcome = prompt.take(event.key, event.character) if prompt is not None else "passed"
        if outcome == "taken":
            self.refresh_status()
            return True
        self.ask(None)
        if outcome == "done":
            self._answered(prompt)
        elif outcome == "passed" and isinstance(prompt, WishPrompt) and is_text(event.character):
            self._go_to_last()
            self.pane.notes.type_text(prompt.digit)
        return outcome != "passed"

    def _answered(self, prompt: Prompt | None) -> None:
        if isinstance(prompt, GoToPrompt) and prompt.chosen is not None:
            self._go_to_target(prompt.chosen)
        elif isinstance(prompt, DispositionPrompt):
            self._set_disposition(prompt.chosen)
        elif isinstance(prompt, WishPrompt):
            self._close_with(prompt.wish)
        elif isinstance(prompt, ProbePrompt) and prompt.chosen not in (None, prompt.ticked):
            if prompt.ticked is not None:
                self._toggle_probe(prompt.ticked)
            self._toggle_probe(str(prompt.chosen))
        elif isinstance(prompt, InitialsPrompt) and self.attempt(
            lambda: self.study.set_author(prompt.initials)
        ):
            self.remark = None
            self.attempt(self.conduct.save_all)
        self.refresh_place()

    def _go_to_target(self, target: Target) -> None:
        came_from = self.conduct.current
        if target.kind == "another" and target.repeat is not None:
            repeat = target.repeat
            added: list[ResponseKey] = []
            if self.attempt(lambda: added.append(self.conduct.add_instance(repeat))):
                self.go_to(added[0])
        elif target.key is not None:
            self.go_to(target.key)
        else:
            self.remark = None
            self.leave_item()
            self.turn_to("consent" if target.kind == "consent" else "closing")
        self._came_from = came_from

    def _set_disposition(self, disposition: str | None) -> None:
        self.leave_item()
        self.begin()
        key = self.conduct.current
        before = self.conduct.answer(key).value
        self.attempt(lambda: self.conduct.set_disposition(key, disposition))
        step = self.current_step()
        if before is not None and self.conduct.answer(key).value is None:
            self.remark = put_aside(step.item, before, self.conduct.language, "Ctrl+T 0 brings it back")
        self.pane.show_value(step, self.conduct.answer(key), self.conduct.language)

    def _toggle_probe(self, probe: str) -> None:
        self.begin()
        self.attempt(lambda: self.conduct.toggle_probe(self.conduct.current, probe))

    async def _key_in_item(self, event: events.Key) -> bool:
        if self.query_one(SidePane).take_key(event.key):
            return True
        strip, notes = self.pane.strip, self.pane.notes
        if strip.form is not None and self.focused is strip:
            if strip.take_key(event):
                self.remark = strip.form.remark
                self.take_over()
                self.refresh_status()
                return True
            if self.study.read_only or not is_text(event.character):
                return False
            self.set_focus(notes)
        taken = await notes.take_key(event)
        self.take_over()
        return taken

    async def _key_in_consent(self, event: events.Key) -> bool:
        page = self.query_one(ConsentPage)
        if page.take_key(event):
            if page.consents.said is not None and not self.study.read_only:
                person, consent, answer = page.consents.said
                self.begin()
                self.attempt(lambda: self.conduct.set_consent(person, **{consent: answer}))
            self.refresh_place()
            return True
        if self.study.read_only or not is_text(event.character):
            return False
        # Officials start talking early: what is typed here is theirs.
        self.turn_to("item")
        self.set_focus(self.pane.notes)
        return await self._key_in_item(event)

    async def _key_in_closing(self, event: events.Key) -> bool:
        gaps = self.query_one(ClosingPage).gaps
        if not gaps.take_key(event):
            if self.study.read_only or not is_text(event.character):
                return False
            # The best is often said when all seems over: what is typed then is kept as well.
            self._go_to_last()
            return await self._key_in_item(event)
        if gaps.chosen is not None:
            self.go_to(gaps.chosen)
        elif self.study.read_only:
            return True
        elif gaps.digit is not None:
            self.ask(WishPrompt(gaps.digit, len(open_keys(self.conduct))))
        elif gaps.takes_back:
            self._take_back()
        return True

    def _go_to_last(self) -> None:
        last = asked_steps(self.conduct)[-1]
        self.go_to(last.key)
        self.set_focus(self.pane.notes)
        if self.pane.notes.text.strip():
            # What is said after the end is not part of the sentence before.
            self.pane.notes.type_text("\n")

    def _close_with(self, wish: Wish) -> None:
        self.remark = None
        if wish == "pause":
            self.action_pause()
            return
        self.begin()
        if wish == "complete":
            if self._settle(lambda: settle_interview(self.conduct)):
                left = sum(step.state == "open" for step in asked_steps(self.conduct))
                told = f"Complete; {left} item(s) have no outcome yet: 1, 2 or 3 says why for all"
                self.remark = told if left else "The interview is complete; Ctrl+Z opens it again"
        elif self._settle(lambda: settle_rest(self.conduct, wish)):
            self.remark = f"{len(self._settled[-1].outcomes)} item(s) not asked; Ctrl+Z takes it back"
        self.refresh_place()

    def _settle(self, act: Callable[[], Settled]) -> bool:
        return self.attempt(lambda: self._settled.append(act()))

    def _take_back(self) -> None:
        settled = self._settled.pop() if self._settled else None
        if settled is None:
            self.remark = "Nothing was done here that could be taken back"
        elif self.attempt(lambda: take_back(self.conduct, settled)):
            self.remark = "Taken back"
        else:
            self._settled.append(settled)
        self.refresh_place()
