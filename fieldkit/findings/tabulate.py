"""The one door to all kinds of table."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Final

from fieldkit.findings.codes import code_tables
from fieldkit.findings.coverage_tables import coverage_tables
from fieldkit.findings.dispositions import disposition_tables
from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.positions import position_tables
from fieldkit.findings.ratings import rating_tables
from fieldkit.findings.table import Table
from fieldkit.findings.totals import total_tables
from fieldkit.say import t
from fieldkit.text import visible_line

_KINDS: Final[dict[str, Callable[[Evidence, str, str | None, str], list[Table]]]] = {
    "positions": position_tables,
    "codes": code_tables,
    "dispositions": disposition_tables,
    "ratings": rating_tables,
    "totals": total_tables,
    "coverage": coverage_tables,
}

WHATS: Final[tuple[str, ...]] = tuple(_KINDS)
"""The kinds of table."""


def tabulate(
    evidence: Evidence,
    what: str,
    *,
    by: str = "group",
    question: str | None = None,
    language: str = "en",
) -> list[Table]:
    """Make the tables of one kind.

    Args:
        evidence: the study's evidence.
        what: one of `WHATS`.
        by: attribute to tell persons apart by: group, reporting_group, place, level, language,
            status, or `attributes.X`; two are crossed when joined by `grouping.CROSS`.
        question: id of an evaluation question or part to keep to; None for all.
        language: language of titles and labels.

    Returns:
        The tables; each says its denominator, and each cell what it rests on.

    Raises:
        FindingsError: there is no such kind, attribute or evaluation question.
    """
    if what not in _KINDS:
        raise FindingsError(
            t("no table {what}: there are {whats}").format(what=repr(what), whats=", ".join(WHATS))
        )
    check_question(evidence, question)
    return _KINDS[what](evidence, by, question, language)


def check_question(evidence: Evidence, question: str | None) -> None:
    """Refuse an evaluation question that there is not; None stands for all.

    Raises:
        FindingsError: there is none of that id.
    """
    if question is not None and not evidence.framework.has_question(question):
        known = [each.id for each in evidence.framework.evaluation_questions]
        near = difflib.get_close_matches(question, known, n=1, cutoff=0.3)
        told = (
            t("no evaluation question {question}: did you mean {near}? there are {known}")
            if near
            else t("no evaluation question {question}: there are {known}")
        )
        raise FindingsError(
            told.format(question=repr(visible_line(question)), near="".join(near), known=", ".join(known))
        )
