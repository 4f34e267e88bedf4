"""The one place where Findings asks for figures; what was read for them is kept until it may be old."""

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
    from fieldkit.findings.trace import Trace, TracedWords

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
    """The figures of a study. Its methods take time: call them in a worker.

    Attributes:
        narrowing: what tables are kept to.
    """

    def __init__(self, study: Study) -> None:
        """Count what a study has."""
        self.study = study
        self.narrowing = Narrowing()
        self._evidence: Evidence | None = None
        self._narrowed: tuple[Narrowing, Evidence] | None = None

    def forget(self) -> None:
        """Read everything anew when figures are next asked for."""
        self._evidence = self._narrowed = None

    def evidence(self) -> Evidence:
        """What tables are made from, kept to what is wanted.

        Raises:
            StudyError: the framework or codebook is missing or wrong.
        """
        from fieldkit.findings.narrowing import narrowed

        wanted = self.narrowing
        if self._narrowed is None or self._narrowed[0] != wanted:
            self._narrowed = wanted, narrowed(self._all(), wanted)
        return self._narrowed[1]

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
        from fieldkit.tui import evidence_tables

        evidence = self.evidence()
        if kind == evidence_tables.SATURATION:
            series = evidence_tables.series_by_row(evidence, question)
            tables = evidence_tables.saturation_tables(evidence, series, question, language)
            return Counted(tables, {row: each.curve if each.shown else () for row, each in series.items()})
        if kind == evidence_tables.METHODS:
            findings = self.study.records("findings")
            return Counted(evidence_tables.method_tables(evidence, findings, question, language))
        if kind == evidence_tables.INDICATORS:
            return Counted(evidence_tables.indicator_tables(evidence, question, language))
        tables = tabulate(evidence, kind, by=by, question=question, language=language)
        return Counted([with_shapes(table) for table in tables] if kind == "ratings" else tables)

    def behind(self, table: Table, row: str, column: str, language: str) -> Behind:
        """What a figure of a table rests on."""
        from fieldkit.findings.trace import trace_cell, words_of

        evidence = self.evidence()
        found = trace_cell(evidence, table, row, column, language)
        return Behind(found, {each.id: words_of(evidence, each.id) for each in found.responses})

    def bands(self, by: str, language: str) -> Grouping:
        """All persons told apart by an attribute, whatever tables are kept to."""
        from fieldkit.findings.grouping import grouping

        return grouping(self._all(), by, language)

    def _all(self) -> Evidence:
        from fieldkit.study.evidence import evidence

        if self._evidence is None:
            self._evidence = evidence(self.study)
        return self._evidence


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
