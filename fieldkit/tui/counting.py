"""The one place where the Findings screen asks for figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from fieldkit.findings.narrowing import Narrowing
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.say import t
from fieldkit.study.study import Study
from fieldkit.tui.pictures import sparkline

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.findings.grouping import Grouping
    from fieldkit.findings.traced import Trace, TracedWords

SHAPE: Final = "shape"
"""Id of the column in which the distribution of ratings is drawn."""


@dataclass(frozen=True)
class Counted:
    """Tables of one kind, and the curves that belong to them.

    Attributes:
        tables: the tables.
        curves: id of a row of the table of saturation to how many codes there were after each interview.
    """

    tables: list[Table]
    curves: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Behind:
    """What a figure rests on.

    Attributes:
        trace: as `fieldkit trace` gives it.
        whole: id of each response to all its words that count.
    """

    trace: Trace
    whole: Mapping[str, tuple[TracedWords, ...]]


class Counts:
    """The figures of a study as it stands. Its methods take time: call them in a worker.

    Attributes:
        narrowing: what tables are kept to.
    """

    def __init__(self, study: Study) -> None:
        """Count what a study has."""
        self.study = study
        self.narrowing = Narrowing()
        self._narrowed: tuple[Narrowing, Evidence, Evidence] | None = None

    def evidence(self) -> Evidence:
        """What tables are made from, kept to what is wanted.

        Raises:
            StudyError: the framework or codebook is missing or wrong.
        """
        from fieldkit.findings.narrowing import narrowed
        from fieldkit.study.evidence import evidence

        now, wanted = evidence(self.study), self.narrowing
        if wanted.everything:
            return now
        kept = self._narrowed
        if kept is None or kept[0] != wanted or kept[1] is not now:
            kept = self._narrowed = wanted, now, narrowed(now, wanted)
        return kept[2]

    def count(self, kind: str, *, by: str, question: str | None, language: str) -> Counted:
        """Make the tables of one kind.

        Args:
            kind: one of `tabulate.WHATS`, or of the kinds of `evidence_tables`.
            by: attribute to tell persons apart by.
            question: evaluation question to keep to; None for all.
            language: language of titles and labels.

        Raises:
            FindingsError: there is no such attribute or evaluation question.
            StudyError: the framework or codebook is missing or wrong.
        """
        from fieldkit.findings.tabulate import tabulate
        from fieldkit.tui import evidence_tables as shown

        evidence = self.evidence()
        if kind == shown.SATURATION:
            series = shown.series_by_row(evidence)
            tables = shown.saturation_shown(evidence, series, question, language)
            return Counted(tables, {row: each.curve if each.shown else () for row, each in series.items()})
        if kind == shown.METHODS:
            findings = self.study.records("findings")
            return Counted(shown.methods_shown(evidence, findings, question, language))
        if kind == shown.INDICATORS:
            return Counted(shown.indicators_shown(evidence, question, language))
        tables = tabulate(evidence, kind, by=by, question=question, language=language)
        return Counted([with_shapes(table) for table in tables] if kind == "ratings" else tables)

    def behind(self, table: Table, row: str, column: str, language: str) -> Behind:
        """What a figure of a table rests on."""
        from fieldkit.findings.trace import trace_cell, words_of
        from fieldkit.study.findings import stated_rows

        evidence, stated = self.evidence(), stated_rows(self.study.records("findings"))
        found = trace_cell(evidence, table, row, column, language, stated)
        return Behind(found, {each.id: words_of(evidence, each.id) for each in found.responses})

    def bands(self, by: str, language: str) -> Grouping:
        """All persons told apart by an attribute, whatever tables are kept to."""
        from fieldkit.findings.grouping import grouping
        from fieldkit.study.evidence import evidence

        return grouping(evidence(self.study), by, language)


def with_shapes(table: Table) -> Table:
    """A table of ratings with a column that draws how they are distributed over the scale.

    Args:
        table: a table of ratings.
    """
    points = [column for column in table.columns if column.id.isdecimal()]
    cells = dict(table.cells)
    for row in table.rows:
        drawn = sparkline([int(table.cells[row.id, point.id].value or 0) for point in points])
        ratings: Cell = table.cells[row.id, "n"]
        cells[row.id, SHAPE] = replace(ratings, value=None, text=drawn)
    shape = Heading(SHAPE, t("Shape"))
    return replace(table, columns=[shape, *table.columns], cells=cells)
