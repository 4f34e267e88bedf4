"""What tells how well the findings of a report are grounded, and what is drawn from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.exchange.report import Drawn
from fieldkit.exchange.report_outgoing import LEAVING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldkit.findings.evidence import Evidence
    from fieldkit.findings.table import Table
    from fieldkit.study.findings import Viewed
    from fieldkit.study.study import Study


def triangulation_tables(evidence: Evidence, viewed: Sequence[Viewed], language: str) -> tuple[Table, ...]:
    """What each method says to each finding, evidence on each indicator, what is missing, and divergence.

    Args:
        evidence: the study's evidence.
        viewed: the findings that the report has.
        language: language of the labels.
    """
    from fieldkit.findings.grounds import ground_tables
    from fieldkit.study.findings import stated_rows

    stated = stated_rows(each.finding for each in viewed)
    return tuple(
        table
        for kind in ("triangulation", "evidence", "gaps", "divergence")
        for table in ground_tables(evidence, kind, stated, language=language)
    )


def drawn(study: Study, viewed: Sequence[Viewed]) -> tuple[Drawn, ...]:
    """The conclusions, then the recommendations, each with its findings.

    Args:
        study: the study.
        viewed: all findings of the study.
    """
    known = {each.finding.id: each.finding for each in viewed}
    made = []
    for each in study.records("conclusions"):
        findings = [known[name] for name in each.findings if name in known]
        linked = tuple((finding.evaluation_question, finding.statement) for finding in findings)
        leaves = len(findings) == len(each.findings) and all(
            finding.status in LEAVING for finding in findings
        )
        made.append(Drawn(each.id, each.kind, each.text, linked, leaves))
    return tuple(sorted(made, key=lambda each: each.kind))
