"""What is typed and chosen on the Coding screen: letters of codes, the chart's summary, words to look for."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from fieldkit.say import t
from fieldkit.tui.charting import summary_begun
from fieldkit.tui.keymap import keymap_of
from fieldkit.tui.screens.coding_placing import PlacingKeys
from fieldkit.tui.widgets.chart_cell import ChartPane
from fieldkit.tui.widgets.code_picker import CodePicker, code_choices
from fieldkit.tui.widgets.coding_line import CodingLine


class TypedKeys(PlacingKeys):
    """Typing, in the order of the keys."""

    async def use_key(self, focused: Widget, event: events.Key) -> bool:
        """Take a key for what is being typed or chosen, else for the place; whether it was used."""
        picker = self.query_one(CodePicker)
        if self.query_one(CodingLine).subject is not None:
            return self.typed_on_line(event.key)
        if picker.purpose is not None:
            self._picked(picker, event)
            return True
        command = keymap_of(self.app).commands("coding").get(event.key)
        if command is not None and await self.app.run_action(command, self):
            return True
        character = event.character or ""
        if focused.id == "passage" and character.isalpha():
            self.pick_codes(character)
        elif focused.id == "passage" and character.isdecimal():
            self._give_recent(character)
        elif focused.id == "chart":
            return self._charted(character)
        else:
            return False
        return True

    def typed_on_line(self, key: str) -> bool:
        """Take the key that ends what is typed on the line; whether it was one."""
        if key not in ("enter", "escape"):
            return False
        line = self.query_one(CodingLine)
        subject, typed = line.subject, line.finish()
        self.go_to({"words": "responses", "summary": "chart"}.get(subject or "", "passage"))
        if subject == "words":
            self.filter(words=typed if key == "enter" else "")
        elif key == "enter" and subject == "summary":
            self.write(lambda: self.chart({"summary": typed}))
        elif key == "enter" and subject == "memo" and self.memoed is not None:
            memoed = self.memoed
            self.write(lambda: self.note_memo(memoed, typed))
        elif key == "enter" and subject == "in_vivo":
            self.write(lambda: self.give_in_vivo(typed))
        elif key == "enter" and subject == "initials":
            self.author_given(typed)
        return True

    def pick_codes(self, typed: str) -> None:
        """Let codes for the passage be chosen.

        Args:
            typed: the first letter; nothing lists all.
        """
        if self.entry is not None:
            self.open_picker("codes", code_choices(self.study, self.language), typed=typed)

    def ask_summary(self, typed: str = "") -> None:
        """Let the summary of the chart's cell be typed.

        Args:
            typed: what was typed of it already.
        """
        view = self.query_one(ChartPane).view
        if view is None:
            return
        if self.study.read_only:
            self.write(lambda: None)
            return
        asked = t("{code} on {question}").format(code=view.code, question=view.question)
        self.query_one(CodingLine).begin("summary", asked, summary_begun(view, typed))

    def _picked(self, picker: CodePicker, event: events.Key) -> None:
        purpose = picker.purpose
        outcome = picker.take(event.key, event.character)
        if outcome == "taken":
            return
        picker.close()
        self.remove_class("-picking")
        if purpose == "filter":
            chosen = picker.ticked if outcome == "chosen" else []
            leaves = [leaf for each in chosen for leaf in self.study.framework.leaf_ids(each)]
            self.filter(questions=tuple(dict.fromkeys([*chosen, *leaves])))
        elif purpose == "code_filter":
            self.filter(code=picker.ticked[0] if outcome == "chosen" and picker.ticked else None)
        elif outcome == "cancelled":
            self.show_passage()
        elif purpose == "codes":
            self.write(lambda: self.give(picker.ticked))
        else:
            self._spoken(picker.ticked)

    def _spoken(self, questions: list[str]) -> None:
        codings = self.codings_meant()
        if codings:
            self.write(lambda: self.speak_to(codings, questions))
        else:
            self.questions = questions
            self.show_passage()

    def _give_recent(self, digit: str) -> None:
        code = self.recent.on(digit)
        if code is None:
            self.say(t("No code on {digit} yet: type letters of one").format(digit=digit))
        else:
            self.write(lambda: self.give([code]))

    def _charted(self, character: str) -> bool:
        """Take what is typed in the chart: a choice, else the summary's first letter; never a shortcut."""
        if character == " " and (pane := self.query_one(ChartPane)).view is not None:
            if pane.view.stale:
                self.write(lambda: self.chart({}))
            return True
        if not character.isprintable() or character in ("", "?"):
            return False
        view = self.query_one(ChartPane).view
        meant = view.meaning(character) if view is not None else {}
        if meant:
            self.write(lambda: self.chart(meant))
        elif character.isdecimal():
            self.say(t("No position is on {digit}").format(digit=character))
        else:
            self.ask_summary(character)
        return True
