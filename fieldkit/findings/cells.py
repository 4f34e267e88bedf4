"""Making the cells of a table from persons and responses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.footnotes import moment, uncoded_note
from fieldkit.findings.later import LaterCells, LaterIds
from fieldkit.findings.table import NOBODY, Cell, Heading, Table, trace_id
from fieldkit.findings.words import say

CODED: Final = ("codes", "coverage")
"""Kinds of table that tell what is coded, and so what is not."""


@dataclass(frozen=True)
class CellMaker:
    """Makes the cells of one table.

    Attributes:
        evidence: what codes of persons are looked up in.
        what: the table's kind.
        question: what it is on.
    """

    evidence: Evidence
    what: str
    question: str | None

    def persons(
        self,
        row: str,
        column: str,
        persons: Iterable[str],
        responses: Iterable[str],
        n: int | None,
    ) -> Cell:
        """A count of persons.

        Args:
            row: id of the row.
            column: id of the column.
            persons: ids of those counted.
            responses: ids of the responses it rests on.
            n: the denominator; where it is 0 there is no count.
        """
        codes = self.evidence.codes_of(persons)
        return self.count(row, column, len(codes), codes, responses, n)

    def count(
        self,
        row: str,
        column: str,
        value: int,
        codes: Sequence[str],
        responses: Iterable[str],
        n: int | None,
    ) -> Cell:
        """A count of anything, with the codes of the persons and the responses behind it.

        Responses that are looked up later stay so; they are sorted already.
        """
        undefined = n == 0
        return Cell(
            value=None if undefined else value,
            text=NOBODY if undefined else str(value),
            n=n,
            responses=responses if isinstance(responses, LaterIds) else tuple(sorted(responses)),
            persons=codes,
            trace=trace_id(self.what, self.question, row, column),
        )

    def words(self, row: str, column: str, text: str) -> Cell:
        """A cell that is no figure."""
        return Cell(None, text, None, (), (), trace_id(self.what, self.question, row, column))

    def table(
        self,
        title: str,
        denominator: str,
        headings: tuple[list[Heading], list[Heading]],
        cells: Mapping[tuple[str, str], Cell],
        notes: list[str],
        language: str,
    ) -> Table:
        """The table, with a note on the dash where there is one; `headings` are rows and columns.

        Cells that are made later have no dash: they are counts without a denominator.
        """
        rows, columns = headings
        notes = [*notes, *self.evidence.notes(language)]
        if self.what in CODED:
            notes += uncoded_note(self.evidence, language)
        if not isinstance(cells, LaterCells) and any(cell.text == NOBODY for cell in cells.values()):
            notes.append(say(language, "note dash"))
        denominator = moment(self.evidence, denominator, language)
        as_of = self.evidence.as_of
        return Table(self.what, title, denominator, columns, rows, cells, notes, self.question, as_of)
