"""What is done on the Coding screen: codes given and taken away, chart cells filled, all saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fieldkit.storage.errors import StoreError
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.coding import code_passage, remove_codings, set_coding_questions
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.screens.coding_view import CodingView
from fieldkit.tui.widgets.chart_cell import ChartPane
from fieldkit.tui.widgets.coding_bench import CodingSaid, code_names, shorten
from fieldkit.tui.widgets.coding_line import CodingLine
from fieldkit.tui.widgets.coding_undo import undo_coding

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding

READ_ONLY = "This study is open for reading only: codings and chart can be looked at, not changed"


class CodingWork(CodingView):
    """The panes, and what is written from them."""

    def __init__(self, study: Study) -> None:
        """Make the screen on a study."""
        super().__init__(study)
        self._waiting: Callable[[], None] | None = None

    def say(self, text: str) -> None:
        """Say what was done, on the line above the keys."""
        self.query_one(CodingSaid).say(text)

    def write(self, work: Callable[[], None]) -> None:
        """Do what writes to the study; the first time ask whose work it is, and do it then."""
        if self.study.read_only:
            self.app.tell(READ_ONLY, "warning")
            return
        if self.study.author is None:
            self._waiting = work
            self.query_one(CodingLine).begin("initials", "Your initials, for everything you write")
            return
        try:
            work()
        except (StudyError, StoreError) as error:
            self.app.tell(str(error), "error")

    def author_given(self, initials: str) -> None:
        """Take the initials, and do what waited for them."""
        work, self._waiting = self._waiting, None
        try:
            self.study.set_author(initials)
        except StudyError as error:
            self.app.tell(str(error), "error")
            return
        if work is not None:
            self.write(work)

    def give(self, codes: Sequence[str]) -> None:
        """Give codes to the passage chosen."""
        entry = self.entry
        if entry is None or not codes:
            return
        start, end = self.passage if self.passage is not None else (None, None)
        coded = code_passage(
            self.study, entry.id, codes, start=start, end=end, evaluation_questions=self.questions
        )
        for coding in coded.codings:
            self.recent.use(coding.code)
        self.codings_changed(entry.id)
        names = ", ".join(code_names(self.study, [c.code for c in coded.codings], self.language))
        where = "the response" if self.passage is None else f"“{shorten(self.text[start:end])}”"
        self.say(f"{names} given to {where}. Saved." if coded.revisions else f"{names}: given there already")

    def aimed_at(self) -> list[Coding]:
        """The author's codings on exactly the passage chosen; in the list of codings, the one chosen."""
        if self.entry is None:
            return []
        whole = (0, len(self.text))
        return [
            coding
            for coding in self.entry.text.codings
            if coding.coder == self.study.author
            and (
                (coding.start, coding.end) == self.passage
                if self.passage is not None
                else (coding.start, coding.end) in (whole, (0, 0))
            )
        ]

    def take_off(self, coding: Coding) -> None:
        """Take a coding away."""
        if coding.coder != self.study.author:
            self.say(f"This coding is {coding.coder}'s: only {coding.coder} takes it away")
            return
        remove_codings(self.study, [coding.id])
        self.codings_changed(str(coding.response))
        name = code_names(self.study, [coding.code], self.language)[0]
        self.say(f"{name} taken off “{shorten(coding.quote)}”. Saved; Ctrl+Z gives it back")

    def speak_to(self, codings: Sequence[Coding], questions: Sequence[str]) -> None:
        """Say what codings speak to."""
        others = [coding for coding in codings if coding.coder != self.study.author]
        if others:
            self.say(f"This coding is {others[0].coder}'s: only {others[0].coder} changes it")
            return
        for coding in codings:
            set_coding_questions(self.study, coding.id, questions)
        self.codings_changed(str(codings[0].response))
        self.say(f"Speaks to {', '.join(questions) or 'no evaluation question'}. Saved.")

    def chart(self, change: dict[str, Any]) -> None:
        """Change the cell shown.

        Args:
            change: what becomes of its `summary`, `position` and `basis`; what is not named stays.
        """
        view = self.query_one(ChartPane).view
        if view is None or self.entry is None:
            return
        cell = view.cell
        standing: dict[str, Any] = {"summary": "", "position": None, "basis": None}
        if cell is not None:
            standing = {"summary": cell.summary, "position": cell.position, "basis": cell.basis}
        changed = standing | change
        told = f"{view.code} on {view.question}: {view.told(changed['position'], changed['basis'])}"
        if changed == standing:
            self.say(f"{told}, as it was")
            return
        save_chart_cell(
            self.study,
            view.respondent,
            view.question,
            interview=(cell.interview if cell is not None else None) or view.interview,
            **changed,
        )
        self.show_chart()
        lost = [name for name in change if standing[name] and changed[name] != standing[name]]
        if "position" in lost or "basis" in lost:
            was = view.told(*(standing[name] if name in lost else None for name in ("position", "basis")))
            self.say(f"{told}. Saved; it was {was}: Ctrl+Z brings that back")
        elif lost:
            self.say(f"{told}. Summary changed and saved; Ctrl+Z brings the old one back")
        else:
            self.say(f"{told}. Saved.")

    def undo(self) -> None:
        """Take back the last thing done here, in this sitting or an earlier one."""
        told, response = undo_coding(self.study, self.language)
        if response is not None:
            self.codings_changed(response)
        self.show_chart()
        self.say(told)

    def filter(self, **change: Any) -> None:
        """Change which responses are listed."""
        self.filters = replace(self.filters, **change)
        self.list_responses(self.entry.id if self.entry is not None else None)
