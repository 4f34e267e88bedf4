"""The door to the tables that tell how well findings are grounded, and in whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.profile_tables import profile_tables
from fieldkit.findings.saturation_tables import saturation_tables
from fieldkit.findings.standpoints import Statement
from fieldkit.findings.table import Heading, Table
from fieldkit.findings.tabulate import check_question
from fieldkit.findings.triangulation_tables import (
    divergence_table,
    evidence_table,
    gaps_table,
    triangulation_table,
)
from fieldkit.say import t
from fieldkit.text import visible_line

GROUNDS: Final = ("saturation", "triangulation", "evidence", "gaps", "divergence", "profile")
"""The kinds of these tables."""

Stated = Sequence[tuple[Heading, Statement]]
"""Id and label of each finding, and what it states."""


def ground_tables(
    evidence: Evidence, what: str, stated: Stated = (), *, question: str | None = None, language: str = "en"
) -> list[Table]:
    """Make the tables of one kind.

    Args:
        evidence: the study's evidence.
        what: one of `GROUNDS`.
        stated: the findings, which the table of triangulation is on.
        question: keep to the rows on this evaluation question, on its parts, or on what it is a part of.
        language: language of the labels.

    Returns:
        The tables; none where there is nothing of the kind, such as no finding.

    Raises:
        FindingsError: there is no such kind or evaluation question.
    """
    if what not in GROUNDS:
        told = t("no table {what}: there are {whats}")
        raise FindingsError(told.format(what=repr(visible_line(what)), whats=", ".join(GROUNDS)))
    made: dict[str, Callable[[], Sequence[Table | None]]] = {
        "saturation": lambda: saturation_tables(evidence, language),
        "triangulation": lambda: [triangulation_table(evidence, stated, language)],
        "evidence": lambda: [evidence_table(evidence, language)],
        "gaps": lambda: [gaps_table(evidence, language)],
        "divergence": lambda: [divergence_table(evidence, language)],
        "profile": lambda: profile_tables(evidence, language),
    }
    tables = [table for table in made[what]() if table is not None]
    return kept_to(evidence, question, tables, stated)


def kept_to(
    evidence: Evidence, question: str | None, tables: Sequence[Table], stated: Stated = ()
) -> list[Table]:
    """Tables kept to the rows on an evaluation question, on its parts, and on what it is a part of.

    Args:
        evidence: the study's evidence.
        question: its id; None keeps all rows.
        tables: tables of which each row is an evaluation question, an indicator or a finding; others,
            such as the curve of saturation, are left out.
        stated: the findings.

    Raises:
        FindingsError: there is no such evaluation question.
    """
    check_question(evidence, question)
    if question is None:
        return list(tables)
    framework = evidence.framework
    on = {indicator.id: leaf.id for leaf in framework.leaves for indicator in leaf.indicators}
    on |= {row.id: statement.question for row, statement in stated}
    leaves = framework.leaf_ids(question)
    above = {
        each.id for each in framework.evaluation_questions if set(leaves) & {*framework.leaf_ids(each.id)}
    }
    wanted = {question, *leaves, *above}
    kept = []
    for table in tables:
        if any(framework.has_question(on.get(row.id, row.id)) for row in table.rows) or not table.rows:
            rows = [row for row in table.rows if on.get(row.id, row.id) in wanted]
            left = {row.id for row in rows}
            cells = {place: cell for place, cell in table.cells.items() if place[0] in left}
            kept.append(replace(table, rows=rows, cells=cells, question=question))
    return kept
