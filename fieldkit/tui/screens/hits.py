"""Finding words everywhere, and coding all or some of the places after looking at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Label, OptionList, Static
from textual.worker import get_current_worker

from fieldkit.say import t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import StudyError
from fieldkit.study.finding_text import code_hits, find_text
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope, bindings
from fieldkit.tui.keymap import keymap_of
from fieldkit.tui.literal import phrase
from fieldkit.tui.screens.writing_place import WritingPlace
from fieldkit.tui.widgets.code_picker import CodePicker, code_choices, question_choices
from fieldkit.tui.widgets.coding_bench import CodingSaid, code_names
from fieldkit.tui.widgets.coding_line import CodingInput, CodingLine
from fieldkit.tui.widgets.coding_undo import Taken, redo_coding, undo_coding
from fieldkit.tui.widgets.collected import Wanted
from fieldkit.tui.widgets.hit_list import HitList, Mark, mark_of
from fieldkit.tui.widgets.keys import run_bound_action

if TYPE_CHECKING:
    from fieldkit.study.finding_text import Hit

MOST_SHOWN: Final = 1_000
"""Places that are listed at once."""


class HitsScreen(WritingPlace):
    """A line for the words, the places where they stand, and the codes to be given to those ticked."""

    place: ClassVar[str] = "coding"
    CSS_PATH = "../styles/hits.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("hits")

    def __init__(self, study: Study, language: str, go_to: Callable[[Wanted], None]) -> None:
        """Make the screen.

        Args:
            study: the study.
            language: language of the names of codes.
            go_to: shows a passage in Coding, once this screen is left for it.
        """
        super().__init__(study)
        self.language = language
        self._go_to = go_to
        self._query = ""
        self._whole_words = False
        self._total = 0
        self._hits: list[Hit] = []
        self._ticked: set[Mark] = set()
        self._questions: list[str] | None = None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of Coding, which it lies over."""
        return ("hits",)

    def compose_body(self) -> ComposeResult:
        """The line for the words, what was found, the codes to choose from, what was done."""
        with Horizontal(id="hits-line"):
            yield Label(id="hits-label")
            # Selected by the focus, what is typed meanwhile would be lost; the key for other words does it.
            yield CodingInput(id="hits-query", compact=True, select_on_focus=False)
        yield Static(id="hits-told")
        yield HitList(id="hits-list")
        yield CodePicker(id="hits-picker")
        yield CodingSaid(id="coding-said")
        yield CodingLine(id="coding-line")

    @property
    def field(self) -> CodingInput:
        """The line for the words."""
        return self.query_one("#hits-query", CodingInput)

    @property
    def listing(self) -> HitList:
        """The places."""
        return self.query_one(HitList)

    def on_mount(self) -> None:
        """Let the keys go to the line."""
        self.set_focus(self.field)

    def on_descendant_focus(self) -> None:
        """Show the keys that work where the focus is now."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works where the keys are now: while words are typed, only going back does."""
        own = {"give", "speaks_to", "tick", "tick_all", "words", "whole_words", "open"}
        return action not in own or self.focused is self.listing

    def refresh_place(self) -> None:
        """Search anew: more may have been said or coded meanwhile."""
        self.query_one("#hits-label", Label).update(t("Find:"))
        self._look()

    def leave_place(self) -> None:
        """Leave open no choice of codes."""
        self.query_one(CodePicker).close()

    async def take_key(self, sender: Widget, event: events.Key) -> bool:
        """Apply a key before the widget it was sent to; whether it was used."""
        if event.key in keymap_of(self.app).leaving:
            return False
        line, picker = self.query_one(CodingLine), self.query_one(CodePicker)
        if line.subject is not None:
            if event.key in ("enter", "escape"):
                self._initials(line, event.key)
                return True
            return await _typed_into(line.field, sender, event)
        if picker.purpose is not None:
            self._picked(picker, event)
            return True
        if self.focused is self.field:
            return await self._in_field(sender, event)
        command = keymap_of(self.app).commands("hits").get(event.key)
        if command is not None and await self.app.run_action(command, self):
            return True
        return await run_bound_action(self.listing, event.key)

    def take_paste(self, text: str) -> None:
        """Take a pasted text that the widget it was sent to has no use for."""
        picker = self.query_one(CodePicker)
        if picker.purpose is not None:
            picker.paste(text)
        else:
            self.set_focus(self.field)
            self.field.insert_text_at_cursor(" ".join(text.split()))

    def on_paste(self, event: events.Paste) -> None:
        """Paste into what is being typed."""
        self.take_paste(event.text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click ticks a place, or takes the tick off."""
        event.stop()
        self.action_tick()

    def action_tick(self) -> None:
        """Tick the place under the cursor, or take the tick off, and go on to the next."""
        hit = self.listing.chosen
        if hit is not None:
            self._ticked ^= {mark_of(hit)}
            self.listing.tick_shown()
            self._tell()

    def action_tick_all(self) -> None:
        """Tick all places that are listed; where they are, none."""
        every = {mark_of(hit) for hit in self._hits}
        self._ticked = set() if every == self._ticked else every
        self.listing.show(self._hits, self._ticked)
        self._tell()

    def action_give(self) -> None:
        """Choose codes for the places ticked."""
        if not self._ticked:
            self.say(t("Tick the places first: Space one, a all of them"))
            return
        self.query_one(CodePicker).open("codes", code_choices(self.study, self.language))
        self.say("")

    def action_speaks_to(self) -> None:
        """Choose the evaluation questions of the codes given next; none chosen leaves each text's own."""
        ticked = self._questions or []
        find = question_choices(self.study, self.language, ticked)
        self.query_one(CodePicker).open("questions", find, ticked=ticked)
        self.say("")

    def action_whole_words(self) -> None:
        """Find the words within longer ones too, or not."""
        self._whole_words = not self._whole_words
        self._look()

    def action_words(self) -> None:
        """Type other words, in place of those there are."""
        self.set_focus(self.field)
        self.field.action_select_all()

    def action_open(self) -> None:
        """Show the place in Coding."""
        hit = self.listing.chosen
        if hit is not None:
            self.dismiss()
            self._go_to(Wanted((hit.table, hit.record), hit.start, hit.end))

    def action_undo(self) -> None:
        """Take back the last coding."""
        self.write(lambda: self._brought_back(undo_coding(self.study, self.language)))

    def action_redo(self) -> None:
        """Do again what Undo took back last."""
        self.write(lambda: self._brought_back(redo_coding(self.study, self.language)))

    def action_back(self) -> None:
        """Back to Coding."""
        self.dismiss()

    async def _in_field(self, sender: Widget, event: events.Key) -> bool:
        if event.key == "enter":
            self._query = self.field.value
            self.say("")
            # Until they are found no other place can be ticked.
            self._take([], None)
            self._look()
            self.set_focus(self.listing)
        elif event.key == "escape":
            self.action_back()
        elif event.key == "down" and self._hits:
            self.set_focus(self.listing)
        else:
            return await _typed_into(self.field, sender, event)
        return True

    def _picked(self, picker: CodePicker, event: events.Key) -> None:
        purpose = picker.purpose
        outcome = picker.take(event.key, event.character)
        if outcome == "taken":
            return
        picker.close()
        chosen = list(picker.ticked)
        if outcome == "chosen" and purpose == "questions":
            self._questions = chosen or None
            self._tell()
        elif outcome == "chosen":
            self.write(lambda: self._give(chosen))

    def _initials(self, line: CodingLine, key: str) -> None:
        typed = line.finish()
        self.set_focus(self.listing)
        if key == "enter":
            self.author_given(typed)

    def _give(self, codes: Sequence[str]) -> None:
        chosen = [hit for hit in self._hits if mark_of(hit) in self._ticked]
        coded = code_hits(self.study, chosen, codes, evaluation_questions=self._questions)
        given = list(dict.fromkeys(coding.code for coding in coded.codings))
        names = ", ".join(code_names(self.study, given, self.language))
        told = tn(
            "{codes} given to {n} place. Saved; Ctrl+Z takes it back",
            "{codes} given to {n} places. Saved; Ctrl+Z takes it back from all",
            len(chosen),
        )
        if not coded.revisions:
            told = t("{codes}: given there already")
        self._ticked.clear()
        self._look()
        self.say(told.format(codes=names, n=len(chosen)))

    def _brought_back(self, taken: Taken) -> None:
        self._look()
        self.say(taken.told)

    def _look(self) -> None:
        if self._query.strip():
            self._search(self._query, self._whole_words)
        else:
            self._take([], None)

    @work(thread=True, exclusive=True, group="hits")
    def _search(self, query: str, whole_words: bool) -> None:
        worker = get_current_worker()
        hits: list[Hit] = []
        failure = None
        try:
            hits = find_text(self.study, query, whole_words=whole_words)
        except (StudyError, StoreError) as error:
            failure = str(error)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, hits, failure)

    def _take(self, hits: list[Hit], failure: str | None) -> None:
        self._total, self._hits = len(hits), hits[:MOST_SHOWN]
        self._ticked &= {mark_of(hit) for hit in self._hits}
        self.listing.show(self._hits, self._ticked)
        self._tell()
        if failure is not None:
            self.say(failure)

    def _tell(self) -> None:
        if not self._query.strip():
            told = phrase("[dim]In answers and documents, whatever the case and accents. Enter finds[/]")
        else:
            found = tn("{n} place", "{n} places", self._total).format(n=self._total)
            told = phrase("[b]$found[/]  [b]$ticked[/] ticked", found=found, ticked=len(self._ticked))
            if self._total > MOST_SHOWN:
                told += phrase("  [dim]the first $most are listed[/]", most=MOST_SHOWN)
            if self._whole_words:
                told += phrase("  [dim]whole words only (w: all)[/]")
            else:
                told += phrase("  [dim]within words too (w: whole words only)[/]")
            if self._questions is not None:
                questions = ", ".join(self._questions)
                told += phrase("  [b]speaks to $questions[/]", questions=questions)
        self.query_one("#hits-told", Static).update(told)


async def _typed_into(field: CodingInput, sender: Widget, event: events.Key) -> bool:
    """Give a key to a field, whichever widget it was sent to; whether it was used."""
    if await run_bound_action(field, event.key):
        return True
    if sender is field:
        return False
    await Input._on_key(field, event)
    return True
