"""Findings: tables of what was asked, answered and said, down to the words; its keys."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widgets import DataTable
from textual.worker import get_current_worker

from fieldkit.findings.grouping import ATTRIBUTES, OWN_PREFIX
from fieldkit.findings.narrowing import Narrowing
from fieldkit.findings.table import Table
from fieldkit.say import t
from fieldkit.study.errors import StudyError
from fieldkit.tui.actions import bindings
from fieldkit.tui.counting import Behind
from fieldkit.tui.evidence_tables import METHODS
from fieldkit.tui.screens.findings_view import KINDS, TALL, FindingsView
from fieldkit.tui.screens.narrow import Band, NarrowScreen

__all__ = ["KINDS", "FindingsScreen"]


class FindingsScreen(FindingsView):
    """The tables, by keys."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("findings")

    def action_kind(self, kind: str) -> None:
        """Show another kind of table."""
        if kind != self.kind:
            self.kind = kind
            self._number = 0
            self.count()

    def action_next_table(self) -> None:
        """Show the next table of this kind; after the last, the first."""
        self.turn(1)

    def action_previous_table(self) -> None:
        """Show the table before."""
        self.turn(-1)

    def action_next_attribute(self) -> None:
        """Tell persons apart by the next attribute: group, reporting group, place, and so on."""
        choices = self._attributes()
        place = choices.index(self.by) if self.by in choices else -1
        self.by = choices[(place + 1) % len(choices)]
        self.count()

    def action_one_question(self) -> None:
        """Keep to the evaluation question of the row or table; once more shows all again."""
        self.keep_to(None if self.question is not None else self._question_here())

    def action_narrow(self) -> None:
        """Choose what the tables are kept to."""
        self._narrow()

    def action_everything(self) -> None:
        """Leave nothing out, and tell persons apart by their group."""
        self.counts.narrowing = Narrowing()
        self.by = "group"
        self.keep_to(None)

    def action_picture(self) -> None:
        """Draw the row under the cursor, or draw it no more."""
        shown = self.pictured if self.pictured is not None else self.size.height >= TALL
        self.pictured = not shown
        self.show_cell()

    def action_next_language(self) -> None:
        """Read the tables in the study's next language."""
        framework = self.study.protocol.framework
        languages = framework.languages if framework is not None else ["en"]
        shown = self.words_language
        place = languages.index(shown) if shown in languages else 0
        self.language = languages[(place + 1) % len(languages)]
        self.count()

    def action_undo(self) -> None:
        """Take back the last coding or chart cell, and count anew."""
        from fieldkit.tui.widgets.coding_undo import undo_coding

        told, _ = undo_coding(self.study, self.words_language)
        self.app.tell(told)
        self.refresh_place()

    def action_words(self) -> None:
        """Show the persons, the responses and the words that the cell under the cursor rests on."""
        found = self.under_cursor()
        if found is None:
            return
        table, row, column, cell = found
        if table.what == METHODS:
            self.app.tell(t("The finding itself says what it rests on"))
        elif not cell.responses and not cell.persons:
            self.app.tell(t("No response stands behind this figure"))
        else:
            self._show_words(table, row.id, column.id)

    def on_data_table_cell_selected(self, event: DataTable.CellSelected) -> None:
        """Enter on a cell, or a click on the one under the cursor: its words."""
        event.stop()
        self.action_words()

    def on_data_table_cell_highlighted(self, event: DataTable.CellHighlighted) -> None:
        """Say what the cell rests on."""
        event.stop()
        self.show_cell()

    @work(thread=True, exclusive=True, group="trace")
    def _show_words(self, table: Table, row: str, column: str) -> None:
        worker = get_current_worker()
        behind = self.counts.behind(table, row, column, self.words_language)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._open_words, behind)

    def _open_words(self, behind: Behind) -> None:
        from fieldkit.tui.screens.words import WordsScreen

        if self.is_current:
            self.app.push_screen(WordsScreen(self.study, behind))

    @work(exclusive=True, group="prompt")
    async def _narrow(self) -> None:
        try:
            bands = self._bands()
        except StudyError as error:
            self.app.tell(str(error), "error")
            return
        chosen = await self.app.push_screen_wait(NarrowScreen(bands, self.counts.narrowing))
        if chosen is not None and chosen != self.counts.narrowing:
            self.counts.narrowing = chosen
            self.count()

    def _attributes(self) -> list[str]:
        own = {
            name for body in self.study.rows("respondents").values() for name in body.get("attributes") or {}
        }
        return [*ATTRIBUTES, *(OWN_PREFIX + name for name in sorted(own))]

    def _bands(self) -> list[Band]:
        """The values that anybody has, of every attribute by which persons differ."""
        found = []
        for by in self._attributes():
            groups = self.counts.bands(by, self.words_language)
            counted = Counter(groups.of.values())
            if len(counted) > 1:
                found += [
                    Band(by, heading.id, heading.label, counted[heading.id])
                    for heading in groups.headings
                    if counted[heading.id]
                ]
        return found

    def _question_here(self) -> str | None:
        """The evaluation question of the row under the cursor, or the one that the table is on."""
        framework = self.study.framework
        found, table = self.under_cursor(), self.table
        for candidate in (found[1].id if found else None, table.question if table else None):
            if candidate is not None and framework.has_question(candidate):
                return candidate
        told = t("This row is on no evaluation question: choose one in Coverage first")
        self.app.tell(told, "warning")
        return None
