"""Documents are coded like answers, and counted apart from what persons said."""

from __future__ import annotations

import pytest

from fieldkit.findings.tabulate import tabulate
from fieldkit.study.anchoring import standing_codings
from fieldkit.study.coding import code_passage
from fieldkit.study.documents import DocumentFacts, find_document, take_document
from fieldkit.study.errors import UnknownId
from fieldkit.study.evidence import evidence
from fieldkit.study.history import undo
from fieldkit.study.study import Study

REPORT = "Membership costs more than it brings.\nThe Council meets in spring."


@pytest.fixture
def report(study: Study) -> str:
    facts = DocumentFacts(evaluation_questions=["3.3a"])
    return take_document(study, "report.txt", REPORT, facts).document.id


def test_a_passage_of_a_document_is_tied_to_its_evaluation_questions(study: Study, report: str) -> None:
    code_passage(study, "report.txt", ["membership-costs"], start=0, end=16, document=True)
    (coding,) = standing_codings(study, "documents", report)
    assert (coding.document, coding.response, coding.quote) == (report, None, "Membership costs")
    assert coding.evaluation_questions == ["3.3a"]
    assert not code_passage(study, report, ["membership-costs"], start=0, end=16, document=True).revisions
    with pytest.raises(UnknownId, match="report"):
        code_passage(study, "reprot", ["council"], document=True)


def test_codings_follow_the_words_into_a_later_version(study: Study, report: str) -> None:
    start = REPORT.index("The Council")
    code_passage(study, report, ["council"], start=start, end=start + 11, document=True)
    later = "A new foreword.\n" + REPORT.replace("spring", "May")
    taken = take_document(study, "report.txt", later, DocumentFacts())
    assert (taken.outcome, taken.codings) == ("revised", 1)
    (coding,) = standing_codings(study, "documents", report)
    assert find_document(study, report).text[coding.start : coding.end] == "The Council"


def test_documents_are_counted_apart_and_for_no_person(study: Study, report: str) -> None:
    profile = take_document(study, "profile.txt", "The Council listens.", DocumentFacts(role="profile"))
    before = [table.cells for table in tabulate(evidence(study), "codes")]
    code_passage(study, report, ["council", "scbf"], start=38, end=49, document=True)
    change = code_passage(study, profile.document.id, ["council"], start=0, end=11, document=True).change
    persons, passages, documents = tabulate(evidence(study), "codes")
    assert all(cell.value in (0, None) for cell in (*persons.cells.values(), *passages.cells.values()))
    cell = documents.cells["council", "documents:documents"]
    assert (cell.value, cell.n, cell.responses, cell.persons) == (1, 1, (report,), ())
    assert documents.cells["council", "documents:profile"].responses == ("profile",)
    assert documents.cells["governance", "documents:passages"].value == 2
    (cells,) = (t.cells for t in tabulate(evidence(study), "codes", question="3.3")[2:])
    assert cells["council", "documents:passages"].value == 1
    undo(study, change)
    undo(study)
    assert [table.cells for table in tabulate(evidence(study), "codes")] == before
