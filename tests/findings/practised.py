"""The practice study with a document and findings, so that no kind of table is empty."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grounds import ground_tables
from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import tabulate
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.findings import add_finding
from fieldkit.study.giving import ToCode, give_codes
from fieldkit.study.practice import make_practice_study
from fieldkit.study.study import Study

QUESTION = "2.5"
"""What the document and the first finding are on."""

PASSAGE = "Papers"
"""The words of the document that are coded, and named for that finding."""


def practised_study(folder: Path) -> Path:
    """Make it in a new folder: the second finding takes no side, and names passages for and against it."""
    make_practice_study(folder)
    with Study.open(folder) as study:
        study.set_author("MT")
        taken = take_document(study, "report.txt", f"{PASSAGE} come late.\nMade up.", DocumentFacts())
        place = ToCode("documents", taken.document.id, 0, len(PASSAGE))
        (written,) = give_codes(study, [place], ["council"], evaluation_questions=[QUESTION]).codings
        said = [body["id"] for body in study.rows("codings").values() if body.get("response")][:3]
        add_finding(study, QUESTION, "Papers come late.", holds=True, supports=[*said, written.id])
        add_finding(study, "1.1", "Nobody reads them.", supports=said[:1], contradicts=said[1:])
    return folder


def make_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the tables of a kind once, not again for each figure traced: the same records make the same."""

    def once(door: Callable[..., list[Table]]) -> Callable[..., list[Table]]:
        known: dict[str, list[Table]] = {}

        def open_once(gathered: Evidence, what: str, *args: object, **more: object) -> list[Table]:
            key = repr((what, args, sorted(more.items())))
            return known.get(key) or known.setdefault(key, door(gathered, what, *args, **more))

        return open_once

    monkeypatch.setattr("fieldkit.findings.trace.tabulate", once(tabulate))
    monkeypatch.setattr("fieldkit.findings.trace.ground_tables", once(ground_tables))
