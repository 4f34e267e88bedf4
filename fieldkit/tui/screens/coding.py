"""The Coding screen: the keys with which passages are chosen and codes are given."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input, OptionList

from fieldkit.say import t
from fieldkit.tui.actions import bindings
from fieldkit.tui.keymap import keymap_of
from fieldkit.tui.screens.coding_typing import TypedKeys
from fieldkit.tui.screens.history import show_document_versions, show_versions
from fieldkit.tui.widgets.code_picker import CodePicker, question_choices
from fieldkit.tui.widgets.coding_line import CodingInput, CodingLine
from fieldkit.tui.widgets.coding_list import ResponseList
from fieldkit.tui.widgets.coding_passages import CodingList
from fieldkit.tui.widgets.keys import run_bound_action

PARTS: Final = ("responses", "passage", "codings", "chart")
"""Ids of the widgets that take keys, in the order of Tab."""

ONLY_IN: Final = {
    "find": ("responses",),
    "next_group": ("responses",),
    "by_question": ("responses",),
    "by_code": ("responses",),
    "one_interview": ("responses",),
    "mine": ("responses",),
    "all_responses": ("responses",),
    "collect": ("responses",),
    "uncoded": ("responses",),
    "next_language": ("responses",),
    "sideways": ("passage", "chart"),
    "lengthwise": ("passage", "chart"),
    "select": ("passage",),
    "extend": ("passage",),
    "widen": ("passage",),
    "narrow": ("passage",),
    "move_side": ("passage",),
    "remove": ("passage", "codings"),
    "memo": ("passage", "codings"),
    "in_vivo": ("passage",),
    "back": ("passage", "codings", "chart"),
}
"""Parts in which an action works; those that are not named work in all."""


class CodingScreen(TypedKeys):
    """Responses and their coding, by keys.

    Keys come here before the widget that has the focus (see `widgets.keys`), so that what is chosen
    and given happens in the order of the keys, however fast they arrive.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("coding")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.go_to("responses")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works where the keys are now."""
        return action not in ONLY_IN or self.part in ONLY_IN[action]

    async def take_key(self, sender: Widget, event: events.Key) -> bool:
        """Apply a key before the widget it was sent to; whether it was used."""
        if event.key in keymap_of(self.app).leaving:
            return False
        focused = self.focused or sender
        if await self.use_key(focused, event) or await run_bound_action(focused, event.key):
            return True
        if focused is sender:
            return False
        # The focus has moved since the key was sent: it belongs to what has the focus now.
        if isinstance(focused, CodingInput):
            await Input._on_key(focused, event)
        return True

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the cursor has come to."""
        event.stop()
        at = event.option_list.highlighted
        if isinstance(event.option_list, ResponseList) and at is not None:
            self.open_response(at)
        elif self.part == "codings":
            self._choose_coding()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click: go on from there."""
        event.stop()
        self.action_go_on()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list with every letter."""
        if self.query_one(CodingLine).subject == "words":
            self.filter(words=event.value)

    def on_descendant_focus(self) -> None:
        """Fold panes where there is no room for all of them."""
        if self.part in PARTS:
            self.set_class(self.part == "responses", "-choosing")
            self.fold()
            self.refresh_bindings()

    def on_resize(self) -> None:
        """Make the most of the room."""
        self.fold()

    def on_paste(self, event: events.Paste) -> None:
        """Paste into what is being typed."""
        self.take_paste(event.text)

    def leave_place(self) -> None:
        """Keep a summary being typed; leave neither the chart nor what finds codes open.

        A question for initials stays: what was typed before it waits for them.
        """
        super().leave_place()
        line, picker = self.query_one(CodingLine), self.query_one(CodePicker)
        if line.subject in ("summary", "words", "memo"):
            self.typed_on_line("enter")
        if picker.purpose is not None:
            picker.close()
            self.remove_class("-picking")
        if self.part == "chart":
            self.go_to("passage")

    def take_paste(self, text: str) -> None:
        """Take a pasted text that the widget it was sent to has no use for."""
        picker = self.query_one(CodePicker)
        if picker.purpose is not None:
            picker.paste(text)
        elif self.part == "chart":
            self.ask_summary(" ".join(text.split()))

    def action_go_on(self) -> None:
        """From the list to the words; from the words to all codes; from the chart to its summary."""
        if self.part == "responses":
            at = self.query_one(ResponseList).highlighted
            if at is not None:
                self.open_response(at)
                self.go_to("passage")
        elif self.part == "codings":
            self._choose_coding()
            self.go_to("passage")
        elif self.part == "chart":
            self.ask_summary()
        elif self.placing:
            self.write(self.place_here)
        else:
            self.pick_codes("")

    def action_other_part(self, direction: int) -> None:
        """Go to the next pane."""
        at = PARTS.index(self.part) if self.part in PARTS else 0
        self.go_to(PARTS[(at + direction) % len(PARTS)])

    def action_back(self) -> None:
        """Choose the whole response; from there, back to the list."""
        if self.part != "passage":
            self.go_to("passage")
        elif self.placing:
            self.place_no_longer()
        elif self.passage is not None:
            self.choose(None)
        else:
            self.go_to("responses")

    def action_next_response(self, direction: int) -> None:
        """Go to the next response of the list."""
        listing = self.query_one(ResponseList)
        at = (listing.highlighted or 0) + direction
        if 0 <= at < listing.option_count:
            listing.highlighted = at
            self.open_response(at)
        else:
            self.say(
                t("That was the last response of the list") if direction > 0 else t("This is the first one")
            )

    def action_sideways(self, direction: int) -> None:
        """Choose the next word; in the chart, go to the next evaluation question."""
        if self.part == "passage":
            self.action_select("word", direction)
            return
        leaves = [leaf.id for leaf in self.study.framework.leaves]
        if self.question in leaves:
            self.question = leaves[(leaves.index(self.question) + direction) % len(leaves)]
            self.show_chart()

    def action_lengthwise(self, direction: int) -> None:
        """Choose the next sentence; in the chart, go to the next person of a joint interview."""
        if self.part == "passage":
            self.action_select("sentence", direction)
        elif self.entry is not None and self.entry.people:
            self.person = (self.person + direction) % len(self.entry.people)
            self.show_chart()

    def action_chart(self) -> None:
        """Go to the cell of the chart, or back from it."""
        if self.part != "chart" and self.entry is not None and self.entry.document:
            self.say(t("The chart holds what persons said: a document has no cell in it"))
        else:
            self.go_to("passage" if self.part == "chart" else "chart")

    def action_grid(self) -> None:
        """Show the whole chart, from the person and evaluation question shown here."""
        from fieldkit.tui.screens.chart import ChartScreen

        people = self.entry.people if self.entry is not None else ()
        person = people[self.person] if people else None
        self.app.push_screen(ChartScreen(self.study, self.show_wanted, person, self.question))

    def action_speaks_to(self) -> None:
        """Change what the passage's codings speak to, or what is given next will."""
        if self.entry is None:
            return
        given = [each for coding in self.codings_meant() for each in coding.evaluation_questions]
        ticked = list(dict.fromkeys(given)) or list(self.speaks_to())
        find = question_choices(self.study, self.language, [*ticked, *self.entry.questions])
        self.open_picker("questions", find, ticked=ticked)

    def action_undo(self) -> None:
        """Take back the last thing done here, in this sitting or an earlier one."""
        self.write(self.undo)

    def action_redo(self) -> None:
        """Do again what was taken back last, in this sitting or an earlier one."""
        self.write(self.redo)

    def action_versions(self) -> None:
        """Show what the response or document was before."""
        if self.entry is None:
            return
        if self.entry.document:
            show_document_versions(self.app, self.study, self.entry.id)
        else:
            show_versions(self.app, self.study, self.entry.id)

    def action_codebook(self) -> None:
        """Open the codebook."""
        from fieldkit.tui.screens.codebook import CodebookScreen

        self.app.push_screen(CodebookScreen(self.study))

    def action_differences(self) -> None:
        """Show where coders differ."""
        from fieldkit.tui.screens.differences import DifferencesScreen

        self.app.push_screen(DifferencesScreen(self.study))

    def action_save(self) -> None:
        """Say that nothing waits to be saved."""
        self.say(t("Everything here is saved as soon as it is given"))

    def _choose_coding(self) -> None:
        chosen = self.query_one(CodingList).chosen
        if chosen is not None:
            passage = chosen[0]
            self.choose((passage.start, passage.end) if passage.place == "words" else None)
