"""The whole chart of one coder: every person who was interviewed, by evaluation question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldkit.study.chart import interviewed_people
from fieldkit.study.chart_passages import Passages, Said
from fieldkit.study.chart_stale import is_stale

if TYPE_CHECKING:
    from fieldkit.records.codings import ChartCell
    from fieldkit.study.study import Study


@dataclass(frozen=True)
class SheetCell:
    """One person on one evaluation question.

    Attributes:
        cell: the coder's own cell, or None while it is empty.
        others: the cell agreed on or another coder's, where there is one.
        said: the person's passages on the question.
        stale: whether they have changed since the coder's cell was charted.
    """

    cell: ChartCell | None
    others: ChartCell | None
    said: tuple[Said, ...]
    stale: bool

    @property
    def filled(self) -> bool:
        """Whether the position is given, which is what tables count."""
        return self.cell is not None and self.cell.position is not None

    @property
    def wanting(self) -> bool:
        """Whether there is something to chart and no position yet."""
        return bool(self.said) and not self.filled


@dataclass(frozen=True)
class SheetRow:
    """One person's line.

    Attributes:
        respondent: her id.
        code: her code.
        group: her group.
        cells: evaluation question or part to her cell.
    """

    respondent: str
    code: str
    group: str
    cells: dict[str, SheetCell]


@dataclass(frozen=True)
class SheetCount:
    """How far charting has got, in cells.

    Attributes:
        filled: with a position.
        wanting: without one, though there are passages.
        stale: charted on other passages than there are now.
    """

    filled: int
    wanting: int
    stale: int


def chart_sheet(study: Study, coder: str | None) -> list[SheetRow]:
    """The chart as a coder has it, persons in the order of the roster.

    Args:
        study: the study.
        coder: her initials; None has no cells of one's own.
    """
    passages = Passages(study)
    people = interviewed_people(study)
    return [
        _row(study, respondent, body, coder, passages)
        for respondent, body in study.rows("respondents").items()
        if respondent in people
    ]


def sheet_row(study: Study, row: SheetRow, coder: str | None) -> SheetRow:
    """A line as it stands now."""
    body = study.row("respondents", row.respondent) or {}
    return _row(study, row.respondent, body, coder, Passages(study))


def count_sheet(rows: Iterable[SheetRow]) -> SheetCount:
    """How far charting has got in some lines."""
    cells = [cell for row in rows for cell in row.cells.values()]
    return SheetCount(
        filled=sum(cell.filled for cell in cells),
        wanting=sum(cell.wanting for cell in cells),
        stale=sum(cell.stale for cell in cells),
    )


def to_chart_next(
    rows: list[SheetRow], questions: list[str], row: int, column: int
) -> tuple[int, int] | None:
    """The next cell after one, person by person, that is wanting or stale; from the end on from the start.

    Args:
        rows: the lines.
        questions: the columns.
        row: line of the cell to look from.
        column: its column.

    Returns:
        Line and column; None where all is charted.
    """
    order = [(at, place) for at in range(len(rows)) for place in range(len(questions))]
    here = row * len(questions) + column
    for at, place in [*order[here + 1 :], *order[: here + 1]]:
        cell = rows[at].cells[questions[place]]
        if cell.wanting or cell.stale:
            return at, place
    return None


def _row(
    study: Study, respondent: str, body: dict[str, Any], coder: str | None, passages: Passages
) -> SheetRow:
    said = passages.of(respondent, coder)
    own: dict[str, ChartCell] = {}
    others: dict[str, ChartCell] = {}
    for cell in _cells_of(study, respondent):
        if coder is not None and cell.coder == coder and cell.layer is None:
            own[cell.evaluation_question] = cell
        elif cell.layer == "consensus" or cell.evaluation_question not in others:
            others[cell.evaluation_question] = cell
    cells = {}
    for leaf in study.framework.leaves:
        mine, spoken = own.get(leaf.id), tuple(said.get(leaf.id, ()))
        cells[leaf.id] = SheetCell(
            cell=mine,
            others=others.get(leaf.id),
            said=spoken,
            stale=mine is not None and is_stale(study, mine, spoken),
        )
    return SheetRow(respondent, str(body.get("code", "")), str(body.get("group", "")), cells)


def _cells_of(study: Study, respondent: str) -> Iterator[ChartCell]:
    from fieldkit.records.codings import ChartCell

    return (ChartCell.of(body) for _, body in study.where("chart", "respondent", respondent))
