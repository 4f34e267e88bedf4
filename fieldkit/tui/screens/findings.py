"""Findings: tables of what was asked, answered and said, down to the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable, Static
from textual.worker import get_current_worker

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.grouping import ATTRIBUTES
from fieldkit.findings.table import NOBODY, Cell, Heading, Table
from fieldkit.say import mark, t
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.actions import bindings
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.overview import account, by_measure, overview
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.findings_table import FindingsTable

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence

KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("coverage", mark("Coverage")),
    ("positions", mark("Positions")),
    ("codes", mark("Codes")),
    ("dispositions", mark("Outcomes")),
    ("ratings", mark("Ratings")),
    ("totals", mark("Totals")),
)
"""Kinds of table and their names, in the order of their digits."""

PERSONS_SHOWN: Final = 12
"""Most codes of persons that the line on a cell names."""


class FindingsScreen(Place):
    """One table at a time; what its cell under the cursor rests on stands below.

    Attributes:
        kind: which kind of table.
        by: attribute that persons are told apart by.
        question: the evaluation question that tables are kept to, or None.
        language: language of titles and labels.
    """

    place: ClassVar[str] = "findings"
    CSS_PATH = "../styles/findings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("findings")

    def __init__(self, study: Study) -> None:
        """Make the place on a study."""
        super().__init__(study)
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
        self.kind = "coverage"
        self.by = "group"
        self.question: str | None = None
        self.language: str | None = None
        self._evidence: Evidence | None = None
        self._tables: list[Table] = []
        self._measured: dict[str, Table] = {}
        self._number = 0

    def compose_body(self) -> ComposeResult:
        """The kinds, the table's title, the table, what a cell rests on, notes."""
        yield Static(id="findings-kinds")
        yield Static(id="findings-title")
        yield FindingsTable(id="findings-table")
        yield Static(id="findings-cell")
        yield Static(id="findings-notes")

    def on_mount(self) -> None:
        """Begin in the table."""
        self._show_kinds()
        self.query_one(FindingsTable).focus()

    def refresh_place(self) -> None:
        """Count anew: interviews and codings may have come in meanwhile."""
        self._evidence = None
        self._count()

    def action_kind(self, kind: str) -> None:
        """Show another kind of table."""
        if kind != self.kind:
            self.kind = kind
            self._number = 0
            self._count()

    def action_next_table(self) -> None:
        """Show the next table of this kind; after the last, the first."""
        self._turn(1)

    def action_previous_table(self) -> None:
        """Show the table before."""
        self._turn(-1)

    def action_next_attribute(self) -> None:
        """Tell persons apart by the next attribute: group, reporting group, place, and so on."""
        own = {
            name for body in self.study.rows("respondents").values() for name in body.get("attributes") or {}
        }
        choices = [*ATTRIBUTES, *(f"attributes.{name}" for name in sorted(own))]
        place = choices.index(self.by) if self.by in choices else -1
        self.by = choices[(place + 1) % len(choices)]
        self._count()

    def action_one_question(self) -> None:
        """Keep to the evaluation question of the row or table; once more shows all again."""
        self.keep_to(None if self.question is not None else self._question_here())

    def keep_to(self, question: str | None) -> None:
        """Keep the tables to one evaluation question, or to none.

        Args:
            question: its id.
        """
        self.question = question
        self._number = 0
        self._count()

    def action_next_language(self) -> None:
        """Read the tables in the study's next language."""
        languages = self._languages()
        shown = self._languages_first()
        place = languages.index(shown) if shown in languages else 0
        self.language = languages[(place + 1) % len(languages)]
        self._count()

    def action_words(self) -> None:
        """Show the words that the cell under the cursor rests on."""
        from fieldkit.tui.screens.words import WordsScreen

        found = self.query_one(FindingsTable).under_cursor()
        if found is None:
            return
        row, column, cell = found
        if not cell.responses:
            self.app.tell(t("No response stands behind this figure"))
            return
        title = f"{row.label} · {column.label}: {' '.join(cell.text.split())}"
        self.app.push_screen(WordsScreen(self.study, title, cell.responses))

    def on_data_table_cell_selected(self, event: DataTable.CellSelected) -> None:
        """Enter on a cell, or a click on the one under the cursor: its words."""
        event.stop()
        self.action_words()

    def on_data_table_cell_highlighted(self, event: DataTable.CellHighlighted) -> None:
        """Say what the cell rests on."""
        event.stop()
        self._show_cell()

    @work(thread=True, exclusive=True, group="findings")
    def _count(self) -> None:
        from fieldkit.findings.tabulate import tabulate
        from fieldkit.study.evidence import evidence

        worker = get_current_worker()
        kind, by, question = self.kind, self.by, self.question
        fault = ""
        tables: list[Table] = []
        found = self._evidence
        try:
            found = found or evidence(self.study)
            tables = tabulate(found, kind, by=by, question=question, language=self._languages_first())
            first = overview(tables) if kind == "coverage" else None
            tables = [first, *tables] if first is not None else tables
        except (StudyError, FindingsError) as error:
            fault = str(error)
        if not worker.is_cancelled:
            self._evidence = found
            self.app.call_from_thread(self._counted, tables, fault)

    def _counted(self, tables: list[Table], fault: str) -> None:
        self._tables = tables
        self._measured = by_measure(tables[1:]) if self.kind == "coverage" and tables else {}
        self._number = min(self._number, max(0, len(tables) - 1))
        self._show_kinds()
        self._show_table(fault)

    def _turn(self, step: int) -> None:
        if self._tables:
            self._number = (self._number + step) % len(self._tables)
            self._show_kinds()
            self._show_table()

    def _show_kinds(self) -> None:
        parts = [
            phrase(
                "[b reverse] $digit $name [/]" if kind == self.kind else " [b]$digit[/] $name ",
                digit=i,
                name=t(name),
            )
            for i, (kind, name) in enumerate(KINDS, 1)
        ]
        self.query_one("#findings-kinds", Static).update(Content("").join(parts))

    def _show_table(self, fault: str = "") -> None:
        table = self._tables[self._number] if self._tables else None
        self.query_one(FindingsTable).show(table)
        title = self.query_one("#findings-title", Static)
        notes = self.query_one("#findings-notes", Static)
        if table is None:
            title.update(literal_line(fault or t("There is nothing of this kind to count yet.")))
            notes.update(Content(""))
            self._show_cell()
            return
        where = t("{n} of {all}").format(n=self._number + 1, all=len(self._tables))
        where = where if len(self._tables) > 1 else ""
        attribute = self.by.removeprefix("attributes.").replace("_", " ")
        by = "" if self.by == "group" else t("by {attribute}").format(attribute=t(attribute))
        only = t("only {question}").format(question=self.question) if self.question else ""
        marks = "  ".join(mark for mark in (only, by, where) if mark)
        title.update(phrase("[b]$title[/]  [dim]$marks[/]", title=table.title, marks=marks))
        notes.update(
            Content("\n").join(
                phrase("[dim]$note[/]", note=note) for note in (table.denominator, *table.notes)
            )
        )
        self._show_cell()

    def _show_cell(self) -> None:
        line = self.query_one("#findings-cell", Static)
        found = self.query_one(FindingsTable).under_cursor()
        if found is None:
            line.update(Content(""))
            return
        row, column, cell = found
        self._tell_cell(line, row, column, cell)

    def _tell_cell(self, line: Static, row: Heading, column: Heading, cell: Cell) -> None:
        if self._measured and self._number == 0:
            figure = account(self._measured, row.id, column.id)
        elif cell.value is None:
            figure = t("nobody to count") if cell.text == NOBODY else cell.text
        else:
            figure = cell.text if cell.n is None else t("{n} of {all}").format(n=cell.text, all=cell.n)
        more = " …" if len(cell.persons) > PERSONS_SHOWN else ""
        line.update(
            Content("\n").join(
                [
                    phrase("$row", row=row.label),
                    phrase(
                        "[b]$column[/]  $figure  [dim]$persons[/]",
                        column=column.label,
                        figure=figure,
                        persons=" ".join(cell.persons[:PERSONS_SHOWN]) + more,
                    ),
                ]
            )
        )

    def _question_here(self) -> str | None:
        """The evaluation question of the row under the cursor, or the one that the table is on."""
        framework = self.study.framework
        found = self.query_one(FindingsTable).under_cursor()
        table = self._tables[self._number] if self._tables else None
        for candidate in (found[0].id if found else None, table.question if table else None):
            if candidate is not None and framework.has_question(candidate):
                return candidate
        told = t("This row is on no evaluation question: choose one in Coverage first")
        self.app.tell(told, "warning")
        return None

    def _languages(self) -> list[str]:
        framework = self.study.protocol.framework
        return framework.languages if framework is not None else ["en"]

    def _languages_first(self) -> str:
        return self.language or self.app.words_language
