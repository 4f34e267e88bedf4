"""What the Findings place shows: one table, what its cell under the cursor rests on, and its picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.table import NOBODY, Cell, Heading, Table
from fieldkit.say import mark, t
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui import garbage
from fieldkit.tui.counting import Counted, Counts
from fieldkit.tui.evidence_tables import INDICATORS, METHODS, SATURATION
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.narrowing_told import told_narrowing
from fieldkit.tui.overview import account, by_measure, overview
from fieldkit.tui.screens.place import Place
from fieldkit.tui.table_pictures import picture
from fieldkit.tui.widgets.findings_table import FindingsTable
from fieldkit.tui.widgets.phrases import packed
from fieldkit.tui.widgets.redraw import show

KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("coverage", mark("Coverage")),
    ("positions", mark("Positions")),
    ("codes", mark("Codes")),
    ("dispositions", mark("Outcomes")),
    ("ratings", mark("Ratings")),
    ("totals", mark("Totals")),
    (SATURATION, mark("Saturation")),
    (METHODS, mark("Methods")),
    (INDICATORS, mark("Indicators")),
)
"""Kinds of table and their names, in the order of their digits."""

PERSONS_SHOWN: Final = 12
"""Most codes of persons that the line on a cell names."""

PICTURE_LOW: Final = 6
PICTURE_TALL: Final = 12
"""Lines for the picture where the screen is low, and where it is not."""

TALL: Final = 30
"""Lines of a screen from which the picture is there without being asked for."""


class FindingsView(Place):
    """One table at a time, with all that is told about it.

    Attributes:
        kind: which kind of table.
        by: attribute that persons are told apart by.
        question: the evaluation question that tables are kept to, or None.
        language: language of titles and labels.
        counts: where the figures come from, and what they are kept to.
        pictured: whether the picture is shown; None leaves it to the room there is.
    """

    place: ClassVar[str] = "findings"
    CSS_PATH = "../styles/findings.tcss"

    def __init__(self, study: Study) -> None:
        """Make the place on a study."""
        super().__init__(study)
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]
        self.kind = "coverage"
        self.by = "group"
        self.question: str | None = None
        self.language: str | None = None
        self.counts = Counts(study)
        self.pictured: bool | None = None
        self._counted = Counted([])
        self._measured: Mapping[str, Table] = {}
        self._spared: set[str] = set()
        self._number = 0

    def compose_body(self) -> ComposeResult:
        """The kinds, what is left out, the table and its title, what a cell rests on, picture, notes."""
        yield Static(id="findings-kinds")
        yield Static(id="findings-kept")
        yield Static(id="findings-title")
        yield FindingsTable(id="findings-table")
        yield Static(id="findings-cell")
        yield Static(id="findings-picture")
        yield Static(id="findings-notes")

    def on_mount(self) -> None:
        """Begin in the table."""
        self._show_kinds()
        self.query_one(FindingsTable).focus()

    def on_resize(self) -> None:
        """Draw what depends on the room there is."""
        self._show_kinds()
        self._show_picture()

    def refresh_place(self) -> None:
        """Count anew: interviews and codings may have come in meanwhile."""
        self.count()

    @property
    def table(self) -> Table | None:
        """The table that is shown, or None where there is none of its kind."""
        return self._counted.tables[self._number] if self._counted.tables else None

    @property
    def words_language(self) -> str:
        """The language of titles and labels."""
        return self.language or self.app.words_language

    def keep_to(self, question: str | None) -> None:
        """Keep the tables to one evaluation question, or to none.

        Args:
            question: its id.
        """
        self.question = question
        self._number = 0
        self.count()

    def turn(self, step: int) -> None:
        """Show another table of the kind; after the last comes the first."""
        if self._counted.tables:
            self._number = (self._number + step) % len(self._counted.tables)
            self._show_table()

    def under_cursor(self) -> tuple[Table, Heading, Heading, Cell] | None:
        """The figure under the cursor, with the table that `fieldkit trace` finds it in."""
        found, table = self.query_one(FindingsTable).under_cursor(), self.table
        if found is None or table is None:
            return None
        row, column, cell = found
        if self._is_overview:
            table = self._measured["answered"]
            cell = table.cells[row.id, column.id]
        return table, row, column, cell

    @work(thread=True, exclusive=True, group="findings")
    def count(self) -> None:
        """Count, and show what comes of it; what is shown stays until then."""
        worker = get_current_worker()
        kind, fault, counted = self.kind, "", Counted([])
        measured: Mapping[str, Table] = {}
        try:
            counted = self.counts.count(
                kind, by=self.by, question=self.question, language=self.words_language
            )
            first = overview(counted.tables) if kind == "coverage" else None
            if first is not None:
                measured = by_measure(counted.tables)
                counted = Counted([first, *counted.tables])
        except (StudyError, FindingsError) as error:
            fault = str(error)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, counted, measured, fault)

    @property
    def _is_overview(self) -> bool:
        return bool(self._measured) and self._number == 0

    def _take(self, counted: Counted, measured: Mapping[str, Table], fault: str) -> None:
        self._counted, self._measured = counted, measured
        if self.kind not in self._spared:
            # What a kind is counted from is kept up to date, and stays.
            self._spared.add(self.kind)
            garbage.spare()
        self._number = min(self._number, max(0, len(counted.tables) - 1))
        self._show_kinds()
        self._show_kept()
        self._show_table(fault)

    def _show_kinds(self) -> None:
        parts = [
            phrase(
                "[b reverse] $digit $name [/]" if kind == self.kind else " [b]$digit[/] $name ",
                digit=digit,
                name=t(name),
            )
            for digit, (kind, name) in enumerate(KINDS, 1)
        ]
        lines = packed(parts, "", max(20, self.size.width - 2))
        show(self.query_one("#findings-kinds", Static), Content("\n").join(lines))

    def _show_kept(self) -> None:
        row = self.query_one("#findings-kept", Static)
        only = t("only {question}").format(question=self.question) if self.question else ""
        attribute = self.by.removeprefix("attributes.").replace("_", " ")
        by = "" if self.by == "group" else t("by {attribute}").format(attribute=t(attribute))
        kept = told_narrowing(self.counts, self.words_language)
        told = "  ·  ".join(each for each in (only, by, kept) if each)
        row.display = bool(told)
        show(row, phrase("[b]$told[/]   [dim]a: all of it again[/]", told=told))

    def _show_table(self, fault: str = "") -> None:
        table = self.table
        self.query_one(FindingsTable).show(table)
        title = self.query_one("#findings-title", Static)
        notes = self.query_one("#findings-notes", Static)
        if table is None:
            show(title, literal_line(fault or t("There is nothing of this kind to count yet.")))
            show(notes, Content(""))
        else:
            count = len(self._counted.tables)
            where = t("{n} of {all}").format(n=self._number + 1, all=count) if count > 1 else ""
            show(title, phrase("[b]$title[/]  [dim]$where[/]", title=table.title, where=where))
            lines = (phrase("[dim]$note[/]", note=note) for note in (table.denominator, *table.notes))
            show(notes, Content("\n").join(lines))
        self.show_cell()

    def show_cell(self) -> None:
        """Say what the cell under the cursor rests on, and draw what it stands in."""
        line = self.query_one("#findings-cell", Static)
        found = self.query_one(FindingsTable).under_cursor()
        show(line, Content("\n").join(self._told(*found)) if found is not None else Content(""))
        self._show_picture()

    def _told(self, row: Heading, column: Heading, cell: Cell) -> list[Content]:
        if self._is_overview:
            figure = account(self._measured, row.id, column.id)
        elif cell.value is None:
            figure = t("nobody to count") if cell.text == NOBODY else cell.text
        else:
            bare = cell.n is None or not isinstance(cell.value, int)
            figure = cell.text if bare else t("{n} of {all}").format(n=cell.text, all=cell.n)
        more = " …" if len(cell.persons) > PERSONS_SHOWN else ""
        return [
            phrase("$row", row=row.label),
            phrase(
                "[b]$column[/]  $figure  [dim]$persons[/]",
                column=column.label,
                figure=figure,
                persons=" ".join(cell.persons[:PERSONS_SHOWN]) + more,
            ),
        ]

    def _show_picture(self) -> None:
        pane = self.query_one("#findings-picture", Static)
        found = self.query_one(FindingsTable).under_cursor()
        tall = self.size.height >= TALL
        lines: list[Content] = []
        if (
            found is not None
            and self.table is not None
            and (self.pictured if self.pictured is not None else tall)
        ):
            size = max(30, self.size.width - 4), PICTURE_TALL if tall else PICTURE_LOW
            lines = picture(self.table, found[:2], self._counted.curves, size)
        pane.display = bool(lines)
        show(pane, Content("\n").join(lines))
