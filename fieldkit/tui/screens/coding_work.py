"""What is done on the Coding screen: codes given and taken away, chart cells filled, all saved at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fieldkit.say import t
from fieldkit.study.coding import code_passage, remove_codings, set_coding_questions
from fieldkit.study.coding_memo import set_coding_memo
from fieldkit.study.in_vivo import code_in_vivo
from fieldkit.tui.charting import chart
from fieldkit.tui.screens.coding_view import CodingView
from fieldkit.tui.widgets.chart_cell import ChartPane
from fieldkit.tui.widgets.coding_bench import code_names, shorten
from fieldkit.tui.widgets.coding_entries import key_of
from fieldkit.tui.widgets.coding_undo import Taken, redo_coding, undo_coding

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding


class CodingWork(CodingView):
    """The panes, and what is written from them."""

    def give(self, codes: Sequence[str]) -> None:
        """Give codes to the passage chosen."""
        entry = self.entry
        if entry is None or not codes:
            return
        start, end = self.passage if self.passage is not None else (None, None)
        coded = code_passage(
            self.study,
            entry.id,
            codes,
            start=start,
            end=end,
            evaluation_questions=self.questions,
            document=entry.document,
        )
        for coding in coded.codings:
            self.recent.use(coding.code)
        self.codings_changed(entry.key)
        names = ", ".join(code_names(self.study, [c.code for c in coded.codings], self.language))
        if not coded.revisions:
            self.say(t("{codes}: given there already").format(codes=names))
        elif self.passage is None and entry.document:
            self.say(t("{codes} given to the document. Saved.").format(codes=names))
        elif self.passage is None:
            self.say(t("{codes} given to the response. Saved.").format(codes=names))
        else:
            quote = shorten(self.text[start:end])
            self.say(t("{codes} given to “{quote}”. Saved.").format(codes=names, quote=quote))

    def give_in_vivo(self, name: str) -> None:
        """Make a code of the passage chosen, and give it."""
        entry = self.entry
        if entry is None or self.passage is None:
            return
        coded = code_in_vivo(
            self.study,
            entry.id,
            name,
            *self.passage,
            evaluation_questions=self.questions,
            document=entry.document,
        )
        self.recent.use(coded.codings[0].code)
        self.codings_changed(entry.key)
        quote = shorten(self.text[slice(*self.passage)])
        self.say(t("New code {code}, given to “{quote}”. Saved.").format(code=name, quote=quote))

    def note_memo(self, coding: Coding, memo: str) -> None:
        """Write the memo of a coding."""
        if coding.coder != self.study.author:
            self.say(t("This coding is {coder}'s: only {coder} changes it").format(coder=coding.coder))
            return
        set_coding_memo(self.study, coding.id, memo)
        self.codings_changed(key_of(coding))
        self.say(t("Memo saved.") if memo else t("Memo taken away. Saved; Ctrl+Z gives it back"))

    def aimed_at(self) -> list[Coding]:
        """The author's codings on exactly the passage chosen; in the list of codings, the one chosen."""
        return [coding for coding in self.codings_here() if coding.coder == self.study.author]

    def take_off(self, coding: Coding) -> None:
        """Take a coding away."""
        if coding.coder != self.study.author:
            self.say(t("This coding is {coder}'s: only {coder} takes it away").format(coder=coding.coder))
            return
        remove_codings(self.study, [coding.id])
        self.codings_changed(key_of(coding))
        self.count_waiting()
        name = code_names(self.study, [coding.code], self.language)[0]
        told = t("{code} taken off “{quote}”. Saved; Ctrl+Z gives it back")
        self.say(told.format(code=name, quote=shorten(coding.quote)))

    def speak_to(self, codings: Sequence[Coding], questions: Sequence[str]) -> None:
        """Say what codings speak to."""
        others = [coding for coding in codings if coding.coder != self.study.author]
        if others:
            self.say(t("This coding is {coder}'s: only {coder} changes it").format(coder=others[0].coder))
            return
        for coding in codings:
            set_coding_questions(self.study, coding.id, questions)
        self.codings_changed(key_of(codings[0]))
        told = ", ".join(questions) or t("no evaluation question")
        self.say(t("Speaks to {questions}. Saved.").format(questions=told))

    def chart(self, change: dict[str, Any]) -> None:
        """Change the cell shown.

        Args:
            change: what becomes of its `summary`, `position` and `basis`; what is not named stays.
        """
        view = self.query_one(ChartPane).view
        if view is None or self.entry is None:
            return
        charted = chart(self.study, view, change)
        if charted.saved:
            self.show_chart()
        self.say(charted.told)

    def undo(self) -> None:
        """Take back the last thing done here, in this sitting or an earlier one."""
        self._brought_back(undo_coding(self.study, self.language))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._brought_back(redo_coding(self.study, self.language))

    def filter(self, **change: Any) -> None:
        """Change which responses are listed."""
        self.filters = replace(self.filters, **change)
        self.list_responses(self.entry.key if self.entry is not None else None)

    def _brought_back(self, taken: Taken) -> None:
        for key in taken.changed:
            self.codings_changed(key)
        self.count_waiting()
        self.show_chart()
        self.say(taken.told)
