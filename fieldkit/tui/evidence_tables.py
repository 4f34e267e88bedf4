"""What the evidence amounts to, as the Findings place shows it: saturation, methods, indicators, gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fieldkit.findings.grouping import TOTAL
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.say import t
from fieldkit.text import shortened
from fieldkit.tui.pictures import binned, sparkline

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.findings.saturation import Saturation
    from fieldkit.findings.standpoints import Verdict
    from fieldkit.records.findings import Finding

SATURATION: Final = "saturation"
METHODS: Final = "methods"
INDICATORS: Final = "indicators"

NEW_CODES: Final = "shape"
"""Id of the column in which the new codes of each interview are drawn."""

SIGNS: Final[dict[Verdict, str]] = {"agrees": "●", "partly": "◐", "contradicts": "✕", "silent": "·"}
"""What a source says to a finding, as a sign; the table's note has the words."""

CURVE_MOST: Final = 24
"""Signs in the curve of new codes; of more interviews, each stands for several."""

STATEMENT_SHOWN: Final = 200
"""Characters of a finding's statement that label its row."""


def series_by_row(evidence: Evidence) -> dict[str, Saturation]:
    """Id of each row of the table of saturation to its series."""
    from fieldkit.findings.saturation import brought, saturation

    known = brought(evidence)
    questions = [None, *(each.id for each in evidence.framework.evaluation_questions)]
    return {each or TOTAL: saturation(evidence, question=each, known=known) for each in questions}


def saturation_shown(
    evidence: Evidence, series: Mapping[str, Saturation], question: str | None, language: str
) -> list[Table]:
    """How new codes came in, by evaluation question and by group; the new codes of each interview drawn.

    Args:
        evidence: the study's evidence.
        series: those of `series_by_row`.
        question: keep to this evaluation question, or that of this part; None for all.
        language: language of the labels.
    """
    from fieldkit.findings.grounds import kept_to
    from fieldkit.findings.saturation_tables import saturation_tables

    first, by_group, *_ = saturation_tables(evidence, language)
    cells = dict(first.cells)
    for row, found in series.items():
        drawn = sparkline(binned(found.new, CURVE_MOST)) if found.shown else ""
        cells[row, NEW_CODES] = Cell(None, drawn, None, (), (), "")
    columns = [*first.columns, Heading(NEW_CODES, t("New codes, in order"))]
    return kept_to(evidence, question, [replace(first, columns=columns, cells=cells), by_group])


def methods_shown(
    evidence: Evidence, findings: Sequence[Finding], question: str | None, language: str
) -> list[Table]:
    """What every method, and every group inside interviews, says to each finding; how far groups differ.

    Args:
        evidence: the study's evidence.
        findings: the findings that were stated.
        question: keep to this evaluation question and its parts; None for all.
        language: language of the labels.
    """
    from fieldkit.findings.grounds import kept_to
    from fieldkit.findings.triangulation_tables import divergence_table, triangulation_table
    from fieldkit.study.findings import statement_of

    rows = [(_finding(each), statement_of(each)) for each in findings]
    grid = triangulation_table(evidence, rows, language, SIGNS)
    if grid is not None:
        signs = t("● agrees   ◐ partly   ✕ contradicts   · silent")
        grid = replace(grid, notes=[signs, *grid.notes])
    tables = [each for each in (grid, divergence_table(evidence, language)) if each is not None]
    return kept_to(evidence, question, tables, rows)


def indicators_shown(evidence: Evidence, question: str | None, language: str) -> list[Table]:
    """What evidence each source gives on each indicator; then what the matrix wants and is not there.

    Args:
        evidence: the study's evidence.
        question: keep to this evaluation question and its parts; None for all.
        language: language of the labels.
    """
    from fieldkit.findings.grounds import kept_to
    from fieldkit.findings.triangulation_tables import evidence_table, gaps_table

    tables = [evidence_table(evidence, language), gaps_table(evidence, language)]
    return kept_to(evidence, question, tables)


def _finding(finding: Finding) -> Heading:
    statement = shortened(finding.statement, STATEMENT_SHOWN, " …")
    return Heading(finding.id, f"{finding.evaluation_question} {statement}")
