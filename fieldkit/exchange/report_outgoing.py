"""The one gate that a report passes before it may leave the house.

What stands behind the gate is complete. Here codes of persons, ids of responses, the trail and whole answers
are taken off, whatever else is decided; which tables and passages may leave, and with which figures kept
back, the gate decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from fieldkit.exchange.report import IssuePart, QuestionPart, Quote, Report, Stated
from fieldkit.exchange.report_words import say
from fieldkit.findings.table import Cell, Table

LEAVING = ("reviewed", "final")
"""Status of the findings that an outgoing report has; drafts stay in the house."""


class Gate(Protocol):
    """Decides what of a report may leave."""

    def table(self, table: Table) -> Table | None:
        """A table as it may leave, figures kept back where they must be; None where nothing of it may."""

    def quote(self, quote: Quote) -> bool:
        """Whether a passage may leave; only those that may be quoted are asked about."""

    def name(self, name: str) -> bool:
        """Whether the name of a document may be told."""


class ClosedGate:
    """Lets through only what counts nobody and was said by nobody: nobody has decided on the rest."""

    def table(self, table: Table) -> Table | None:
        """The table where none of its cells is a figure or rests on anybody; else nothing of it."""
        cells = table.cells.values()
        counts = any(cell.value is not None or cell.n is not None or cell.persons for cell in cells)
        return None if counts else table

    def quote(self, quote: Quote) -> bool:
        """No passage may."""
        return False

    def name(self, name: str) -> bool:
        """No name may."""
        return False


@dataclass
class _KeptBack:
    """How many tables and passages do not leave."""

    tables: int = 0
    quotes: int = 0


def outgoing(report: Report, gate: Gate, *, marking: str, persons: Iterable[str]) -> Report:
    """Make the report that may leave of one that is complete.

    Args:
        report: the internal report, its tables by reporting group.
        gate: what decides.
        marking: what stands on every page of the outgoing one.
        persons: codes of all persons; a note or method line that has one stays in the house.

    Returns:
        The outgoing report; it says how much was kept back.
    """
    kept_back = _KeptBack()
    codes = frozenset(persons)

    def tables(given: Iterable[Table]) -> tuple[Table, ...]:
        return tuple(made for each in given if (made := _table(each, gate, codes, kept_back)) is not None)

    def question(part: QuestionPart) -> QuestionPart:
        positions = tables([part.positions]) if part.positions is not None else ()
        return replace(
            part,
            stated=tuple(_stated(each, gate) for each in part.stated if each.status in LEAVING),
            sentences=(),
            positions=positions[0] if positions else None,
            tables=tables(part.tables),
            quotes=_quotes(part.quotes, gate, kept_back),
        )

    issues = tuple(
        IssuePart(issue.id, issue.title, tuple(question(part) for part in issue.questions))
        for issue in report.issues
    )
    matrix, coded, profile = (tables(given) for given in (report.matrix, report.codes, report.profile))
    triangulation, saturation = tables(report.triangulation), tables(report.saturation)
    language = report.language
    told = say(language, "kept back", tables=kept_back.tables, quotes=kept_back.quotes)
    return replace(
        report,
        outgoing=True,
        marking=marking,
        method=(*(line for line in report.method if not _names(line, codes)), told),
        issues=issues,
        matrix=matrix,
        drawn=tuple(each for each in report.drawn if each.leaves),
        codes=coded,
        triangulation=triangulation,
        saturation=saturation,
        profile=profile,
        answers=(),
        trail=(),
    )


def _table(table: Table, gate: Gate, codes: frozenset[str], kept_back: _KeptBack) -> Table | None:
    passed = gate.table(table)
    if passed is None:
        kept_back.tables += 1
        return None
    cells = {place: _bare(cell) for place, cell in passed.cells.items()}
    return replace(passed, cells=cells, notes=[note for note in passed.notes if not _names(note, codes)])


def _bare(cell: Cell) -> Cell:
    return replace(cell, persons=(), responses=())


def _stated(stated: Stated, gate: Gate) -> Stated:
    """A finding without its notes, which are the evaluator's own."""
    # Passages kept back are counted where they stand among all that was said.
    return replace(stated, notes=(), quotes=_quotes(stated.quotes, gate, _KeptBack()))


def _quotes(quotes: Iterable[Quote], gate: Gate, kept_back: _KeptBack) -> tuple[Quote, ...]:
    passed = []
    for quote in quotes:
        if quote.quotable and gate.quote(quote):
            passed.append(_unnamed(quote, gate))
        else:
            kept_back.quotes += 1
    return tuple(passed)


def _unnamed(quote: Quote, gate: Gate) -> Quote:
    """A passage without what says who spoke: of a person her reporting group alone is told."""
    named = quote.who if quote.written and quote.who and gate.name(quote.who) else None
    group = quote.reporting_group
    return replace(quote, who=named, group=group, item="", response=None, place=(0, 0), codings=())


def _names(text: str, codes: frozenset[str]) -> bool:
    return any(code in text for code in codes)
