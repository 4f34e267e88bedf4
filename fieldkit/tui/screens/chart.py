"""The chart as a whole, filled by keys: persons by evaluation questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from fieldkit.say import t
from fieldkit.study.chart_passages import drafted_summary
from fieldkit.study.chart_sheet import sheet_row, to_chart_next
from fieldkit.study.study import Study
from fieldkit.tui.actions import bindings
from fieldkit.tui.charting import chart, summary_begun
from fieldkit.tui.keymap import keymap_of
from fieldkit.tui.screens.chart_view import ChartView
from fieldkit.tui.widgets.chart_grid import ChartGrid
from fieldkit.tui.widgets.coding_line import CodingLine
from fieldkit.tui.widgets.coding_undo import Taken, redo_coding, undo_coding
from fieldkit.tui.widgets.collected import Wanted
from fieldkit.tui.widgets.keys import run_bound_action


class ChartScreen(ChartView):
    """The grid, by keys; they come here before the widget that has the focus (see `widgets.keys`)."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("chart")

    def __init__(
        self,
        study: Study,
        go_to: Callable[[Wanted], None],
        respondent: str | None = None,
        question: str | None = None,
    ) -> None:
        """Make the screen.

        Args:
            study: the study.
            go_to: shows a passage, once this screen is left for it.
            respondent: id of the person to begin with.
            question: id of the evaluation question or part to begin with.
        """
        super().__init__(study, respondent, question)
        self._go_to = go_to

    def on_mount(self) -> None:
        """Begin in the grid."""
        self.set_focus(self.grid)

    async def take_key(self, sender: Widget, event: events.Key) -> bool:
        """Apply a key before the widget it was sent to; whether it was used."""
        if event.key in keymap_of(self.app).leaving:
            return False
        line = self.query_one(CodingLine)
        if line.subject is not None:
            if event.key in ("enter", "escape"):
                self._typed(line, event.key)
                return True
            if await run_bound_action(line.field, event.key):
                return True
            if sender is line.field:
                return False
            await Input._on_key(line.field, event)
            return True
        command = keymap_of(self.app).commands("chart").get(event.key)
        if command is not None and await self.app.run_action(command, self):
            return True
        return self._charted(event.character or "")

    def take_paste(self, text: str) -> None:
        """Paste into the summary."""
        self._ask_summary(" ".join(text.split()))

    def leave_place(self) -> None:
        """Keep a summary being typed."""
        line = self.query_one(CodingLine)
        if line.subject == "summary":
            self._typed(line, "enter")

    def on_chart_grid_moved(self, event: ChartGrid.Moved) -> None:
        """Show the cell that was clicked."""
        event.stop()
        self.show_cell()

    def action_move(self, down: int, right: int) -> None:
        """Choose another cell."""
        self.grid.choose(self.grid.row + down, self.grid.column + right)
        self.show_cell()

    def action_next_open(self) -> None:
        """Go to the next cell that is to be charted: empty with passages, or stale."""
        found = to_chart_next(self._shown, self.questions, self.grid.row, self.grid.column)
        if found is None:
            self.say(t("All that was said is charted here, and nothing has changed since"))
            return
        self.grid.choose(*found)
        self.show_cell()

    def action_next_group(self) -> None:
        """Show the next respondent group only; after the last, all."""
        groups: list[str | None] = [None, *(group.id for group in self.study.framework.respondent_groups)]
        self.group = groups[(groups.index(self.group) + 1) % len(groups)]
        self.show_rows()

    def action_summary(self) -> None:
        """Type the summary, or go on with the one that stands."""
        self._ask_summary()

    def action_draft(self) -> None:
        """Begin the summary with the official's own words; it is kept when Enter says so."""
        cell = self.cell
        drafted = drafted_summary(cell.said) if cell is not None else ""
        if drafted:
            self._ask_summary(drafted)
        else:
            self.say(t("Nothing was taken down word for word here: type the summary"))

    def action_still_so(self) -> None:
        """Say of a cell that it holds of the passages as they are now."""
        if self.cell is not None and self.cell.cell is not None:
            self._fill({})

    def action_undo(self) -> None:
        """Take back the last coding or chart cell."""
        self.write(lambda: self._brought_back(undo_coding(self.study, self.language)))

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self.write(lambda: self._brought_back(redo_coding(self.study, self.language)))

    def action_words(self) -> None:
        """Go to the first passage in Coding."""
        if self.cell is None or not self.cell.said:
            self.say(t("There are no passages to go to"))
            return
        said = self.cell.said[0]
        self.dismiss()
        self._go_to(Wanted(("responses", said.response), said.start, said.end))

    def action_scroll(self, pages: int) -> None:
        """Move the passages a page up or down."""
        pane = self.query_one("#chart-words-scroll")
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    def action_back(self) -> None:
        """Back to Coding."""
        self.dismiss()

    def _charted(self, character: str) -> bool:
        """Take what is typed: a choice, else the summary's first letter; never a shortcut."""
        if not character.isprintable() or character in ("", "?", " "):
            return False
        view = self.view
        meant = view.meaning(character) if view is not None else {}
        if meant:
            self._fill(meant)
        elif character.isdecimal():
            self.say(t("No position is on {digit}").format(digit=character))
        else:
            self._ask_summary(character)
        return True

    def _fill(self, change: dict[str, Any]) -> None:
        self.write(lambda: self._write_cell(change))

    def _write_cell(self, change: dict[str, Any]) -> None:
        view, row = self.view, self.row
        if view is None or row is None:
            return
        charted = chart(self.study, view, change)
        if charted.saved:
            self.replace_row(sheet_row(self.study, row, self.study.author))
        self.say(charted.told)

    def _brought_back(self, taken: Taken) -> None:
        self.refresh_place()
        self.say(taken.told)

    def _ask_summary(self, typed: str = "") -> None:
        view = self.view
        if view is None:
            return
        if self.study.read_only:
            self.write(lambda: None)
            return
        asked = t("{code} on {question}").format(code=view.code, question=view.question)
        self.query_one(CodingLine).begin("summary", asked, summary_begun(view, typed))

    def _typed(self, line: CodingLine, key: str) -> None:
        subject, typed = line.subject, line.finish()
        self.set_focus(self.grid)
        if key != "enter":
            return
        if subject == "summary":
            self._fill({"summary": typed})
        elif subject == "initials":
            self.author_given(typed)
            self.refresh_place()
