"""The keys of an item: its value, its notes, what became of it, its probes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import events

from fieldkit.say import t
from fieldkit.study.links import unlink
from fieldkit.tui.screens.history import show_versions
from fieldkit.tui.screens.interview_view import InterviewView
from fieldkit.tui.widgets.interview_prompts import DispositionPrompt, InitialsPrompt, ProbePrompt, Prompt
from fieldkit.tui.widgets.notes import is_text
from fieldkit.tui.widgets.probes import next_probe
from fieldkit.tui.widgets.side_pane import SidePane
from fieldkit.tui.widgets.value_form import put_aside


class ItemKeys(InterviewView):
    """What is done to the item that is shown, and to the interview as a whole."""

    def ask(self, prompt: Prompt | None) -> None:
        """Show a prompt, or put away the one there is."""
        self.prompt = prompt
        self.refresh_place()

    def action_disposition(self) -> None:
        """Ask what became of the item."""
        if self.writing:
            self.ask(DispositionPrompt())

    def action_probe(self) -> None:
        """Tick the next probe; a digit that follows picks another."""
        if not self.writing:
            return
        step = self.current_step()
        if not step.item.probes:
            self.remark = t("this item has no probes")
            self.refresh_status()
            return
        ticked = next_probe(step, self.conduct.answer(step.key).used_probes)
        if ticked is not None:
            self.toggle_probe(ticked)
        texts = {probe.id: step.fill(probe.text, self.conduct.language) for probe in step.item.probes}
        self.ask(ProbePrompt(texts, ticked))

    def action_verbatim(self) -> None:
        """Mark the paragraph as the official's own words, then as a note, then as paraphrase again."""
        if self.writing:
            self.pane.notes.next_kind()
            self.pane.show_kind()
            self.take_over()

    def action_attribution(self) -> None:
        """Let the paragraph be analysed and never quoted, or quoted again."""
        if self.writing:
            self.pane.notes.toggle_attribution()
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

    def answers_restored(self, responses: Iterable[str]) -> None:
        """Show responses that were given another state.

        Args:
            responses: their ids.
        """
        keys = [self.conduct.take_up(response) for response in responses]
        if self.conduct.current in keys:
            self.show_item()
        if any(keys):
            self.refresh_place()

    def action_pause(self) -> None:
        """Stop the clock, keeping everything and the place; the next thing noted starts it again."""
        self.leave_item()
        if self.conduct.interview.state == "in progress" and self.attempt(self.conduct.pause):
            self.remark = t("Paused; the clock goes on with the next thing noted")
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
    def writing(self) -> bool:
        """Whether an item is shown and may be written to."""
        return self.page == "item" and not self.study.read_only

    def set_disposition(self, disposition: str | None) -> None:
        """Say what became of the item, or take that back."""
        self.leave_item()
        self.begin()
        key = self.conduct.current
        if self.conduct.answer(key).reason is not None:
            self.attempt(lambda: unlink(self.conduct, key))
        before = self.conduct.answer(key).value
        self.attempt(lambda: self.conduct.set_disposition(key, disposition))
        step = self.current_step()
        if before is not None and self.conduct.answer(key).value is None:
            self.remark = put_aside(step.item, before, self.conduct.language, "Ctrl+T 0")
        self.pane.show_value(step, self.conduct.answer(key), self.conduct.language)

    def toggle_probe(self, probe: str) -> None:
        """Tick a probe of the item, or take the tick away."""
        self.begin()
        self.attempt(lambda: self.conduct.toggle_probe(self.conduct.current, probe))

    async def key_in_item(self, event: events.Key) -> bool:
        """Apply a key to the value or the notes; whether it was used."""
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
        marked = notes.marked
        taken = await notes.take_key(event)
        self.remark = notes.remark or self.remark
        self.take_over()
        if notes.marked != marked:
            self.pane.show_kind()
            self.refresh_place()
        elif notes.remark is not None:
            self.refresh_status()
        return taken
