"""The profile of respondents: counts of persons only, never a line for a person."""

from __future__ import annotations

from typing import Final

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import grouping
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say

PROFILED: Final = ("group", "reporting_group", "place", "level", "language")
"""What respondents are counted by."""


def profile_tables(evidence: Evidence, language: str) -> list[Table]:
    """How many persons were identified, and how many interviewed, by each attribute.

    Args:
        evidence: the study's evidence.
        language: language of the labels.

    Returns:
        A table for each of `PROFILED`; its last row is all persons.
    """
    return [_table(evidence, each, language) for each in PROFILED]


def _table(evidence: Evidence, by: str, language: str) -> Table:
    groups = grouping(evidence, by, language)
    maker = CellMaker(evidence, "profile", None)
    counted = {
        "identified": groups.spread(evidence.people),
        "interviewed": groups.spread(evidence.interviewed),
    }
    cells: dict[tuple[str, str], Cell] = {
        (row.id, column): maker.persons(row.id, column, persons[row.id], (), None)
        for row in groups.with_total
        for column, persons in counted.items()
    }
    columns = [Heading(column, say(language, column)) for column in counted]
    title = say(language, "title profile", by=say(language, f"by {by}"))
    headings = (groups.with_total, columns)
    return maker.table(title, say(language, "of profile"), headings, cells, [], language)
