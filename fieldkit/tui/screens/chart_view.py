"""What the chart's screen shows: the grid, and of the cell chosen its passages and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from fieldkit.protocol.value_display import display_value
from fieldkit.say import t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.chart_passages import Said
from fieldkit.study.chart_sheet import SheetCell, SheetRow, chart_sheet, count_sheet
from fieldkit.study.coding import find_response, guide_of
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.screens.writing_place import WritingPlace
from fieldkit.tui.widgets.chart_cell import CellView, ChartPane, chart_choices
from fieldkit.tui.widgets.chart_grid import ChartGrid
from fieldkit.tui.widgets.coding_bench import CodingSaid, code_names
from fieldkit.tui.widgets.coding_line import CodingLine

TALL: Final = 32
"""Rows from which there is more room for the cell chosen."""


class ChartView(WritingPlace):
    """The grid and the cell chosen.

    Attributes:
        group: only persons of this respondent group are shown; None shows all.
        language: language of the framework's words.
    """

    place: ClassVar[str] = "coding"
    CSS_PATH = "../styles/chart.tcss"

    def __init__(self, study: Study, respondent: str | None = None, question: str | None = None) -> None:
        """Make the screen.

        Args:
            study: the study.
            respondent: id of the person to begin with.
            question: id of the evaluation question or part to begin with.
        """
        super().__init__(study)
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]
        self.group: str | None = None
        self.language = study.framework.languages[0]
        self.questions = [leaf.id for leaf in study.framework.leaves]
        self._begin_with = respondent, question
        self._rows: list[SheetRow] = []
        self._shown: list[SheetRow] = []

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of the place it lies over."""
        return ("chart",)

    def compose_body(self) -> ComposeResult:
        """How far it has got, the grid, what its signs mean, the cell chosen, the line for typing."""
        yield Static(id="chart-title")
        yield ChartGrid(id="chart-grid")
        yield Static(id="chart-legend")
        with Horizontal(id="chart-detail"):
            with VerticalScroll(id="chart-words-scroll", can_focus=False):
                yield Static(id="chart-words")
            with Vertical(id="chart-side"):
                yield ChartPane(id="chart-cell", kept=0)
        yield CodingSaid(id="coding-said")
        yield CodingLine(id="coding-line")

    def refresh_place(self) -> None:
        """Read the chart anew: more may have been said or coded meanwhile."""
        self.language = self.app.words_language
        legend = t("2f position, basis  ! passages changed  ·3 not charted  (2) another's  … open")
        self.query_one("#chart-legend", Static).update(literal_line(legend))
        self._load()

    @property
    def grid(self) -> ChartGrid:
        """The grid."""
        return self.query_one(ChartGrid)

    @property
    def row(self) -> SheetRow | None:
        """The line of the cell chosen."""
        return self._shown[self.grid.row] if self._shown else None

    @property
    def question(self) -> str:
        """The evaluation question of the cell chosen."""
        return self.questions[self.grid.column]

    @property
    def cell(self) -> SheetCell | None:
        """The cell chosen."""
        return self.row.cells[self.question] if self.row is not None else None

    @property
    def view(self) -> CellView | None:
        """The cell chosen, with what can be said in it."""
        row, cell = self.row, self.cell
        if row is None or cell is None:
            return None
        proposition = self.study.framework.question(self.question).proposition
        positions, bases = chart_choices(self.study, self.language)
        return CellView(
            respondent=row.respondent,
            code=row.code,
            interview=self._interview(row, cell),
            persons=1,
            question=self.question,
            proposition=proposition.get(self.language) if proposition is not None else "",
            cell=cell.cell,
            others=cell.others,
            stale=cell.stale,
            positions=positions,
            bases=bases,
        )

    def show_rows(self) -> None:
        """Show the lines of the group chosen."""
        here = self.row
        self._shown = [row for row in self._rows if self.group in (None, row.group)]
        positions, bases = chart_choices(self.study, self.language)
        at = next((at for at, row in enumerate(self._shown) if here and row.code == here.code), 0)
        self.grid.show(self._shown, self.questions, (*positions, *bases))
        self.grid.choose(at, self.grid.column)
        self.show_cell()

    def show_cell(self) -> None:
        """Show the cell chosen, and how far charting has got."""
        self.query_one("#chart-title", Static).update(self._title())
        self.query_one("#chart-words", Static).update(self._words())
        self.query_one("#chart-words-scroll").scroll_home(animate=False)
        self.query_one(ChartPane).view = self.view

    def replace_row(self, row: SheetRow) -> None:
        """Put in a line as it stands now."""
        for rows in (self._rows, self._shown):
            for at, each in enumerate(rows):
                if each.respondent == row.respondent:
                    rows[at] = row
        self.grid.refresh()
        self.show_cell()

    @work(thread=True, exclusive=True, group="chart")
    def _load(self) -> None:
        worker = get_current_worker()
        try:
            rows = chart_sheet(self.study, self.study.author)
        except StudyError as error:
            self.app.call_from_thread(self.app.tell, str(error), "error")
            return
        except StoreError as error:
            self.app.call_from_thread(self.app.store_failed, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, rows)

    def _take(self, rows: list[SheetRow]) -> None:
        self._rows = rows
        self.show_rows()
        respondent, question = self._begin_with
        self._begin_with = None, None
        if respondent is not None:
            at = next((at for at, row in enumerate(self._shown) if row.respondent == respondent), 0)
            column = self.questions.index(question) if question in self.questions else 0
            self.grid.choose(at, column)
            self.show_cell()

    def _title(self) -> Content:
        count = count_sheet(self._shown)
        told = [
            t("{n} of {all} charted").format(n=count.filled, all=count.filled + count.wanting),
            tn("{n} empty", "{n} empty", count.wanting).format(n=count.wanting),
            tn("{n} stale", "{n} stale", count.stale).format(n=count.stale),
        ]
        title = phrase("[b]Chart[/] $coder  $told", coder=self.study.author or "", told=" · ".join(told))
        return title + (phrase("  only [b]$group[/]", group=self.group) if self.group else Content(""))

    def _words(self) -> Content:
        row, cell = self.row, self.cell
        if row is None or cell is None:
            return phrase("[dim]Nobody to chart yet: hold an interview first[/]")
        if not cell.said:
            told = phrase("[dim]$code said nothing on $question[/]", code=row.code, question=self.question)
            return told
        return Content("\n").join(line for said in cell.said for line in self._lines(said))

    def _lines(self, said: Said) -> Sequence[Content]:
        body = self.study.row("responses", said.response) or {}
        head = phrase("[dim]$item[/]  ", item=body.get("item", ""))
        if said.codes:
            head += phrase("[b]$codes[/]", codes=", ".join(code_names(self.study, said.codes, self.language)))
        else:
            head += phrase("[dim]not coded to this question yet[/]")
        words = [literal_line(line) for line in said.words.split("\n")] if said.words else []
        if not said.codes and (value := self._value(said.response)):
            words.insert(0, phrase("[b]=[/] $value", value=value))
        return [head, *words]

    def _value(self, response_id: str) -> str:
        response = find_response(self.study, response_id)
        guide = guide_of(self.study, response)
        if response.value is None or guide is None or not guide.has_item(response.item):
            return ""
        return display_value(guide.item(response.item), response.value, self.language)

    def _interview(self, row: SheetRow, cell: SheetCell) -> str:
        """The interview that the cell is charted from: where the first of its passages is."""
        if cell.said:
            return str((self.study.row("responses", cell.said[0].response) or {}).get("interview", ""))
        held = self.study.where("interviews", "respondents", row.respondent)
        return held[0][0] if held else ""
