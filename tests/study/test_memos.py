"""Memos stand on what they are written on, keep their author, and leave in a project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldkit.exchange.qdpx import write_qdpx
from fieldkit.exchange.qdpx_in import import_qdpx
from fieldkit.study.coding import code_passage
from fieldkit.study.create import create_study
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.history import undo
from fieldkit.study.memos import change_memo, memos, remove_memo, write_memo
from fieldkit.study.study import Study
from tests.study.conftest import held


def test_memos_are_written_changed_listed_and_taken_away(study: Study) -> None:
    interview = held(study).interview.id
    first = write_memo(study, "  Be\u0301te noire.\r\nTwice. ", table="interviews", record=interview)
    assert first.text == "Béte noire.\nTwice."
    whole = write_memo(study, "On the study.")
    code = write_memo(study, "Too wide?", table="codes", record="council")
    study.set_author("AB")
    assert change_memo(study, code.id, "Wide.").author == "MT"
    assert [memo.text for memo in memos(study, table="codes")] == ["Wide."]
    assert memos(study, table="study") == [whole]
    assert memos(study, record=interview) == [first]
    remove_memo(study, first.id)
    assert len(memos(study)) == 2
    undo(study)
    assert len(memos(study)) == 3


def test_what_no_memo_can_be_is_refused(study: Study) -> None:
    with pytest.raises(StudyError, match="needs words"):
        write_memo(study, " \n")
    with pytest.raises(UnknownId, match="nearest: council"):
        write_memo(study, "x", table="codes", record="counsil")
    with pytest.raises(UnknownId, match="no interview"):
        write_memo(study, "x", table="interviews", record="nosuch")
    with pytest.raises(UnknownId, match="no memo"):
        change_memo(study, "nosuch", "x")
    with pytest.raises(UnknownId, match="kind of record"):
        write_memo(study, "x", table="contacts", record="c")


def test_memos_on_a_passage_a_document_and_the_study_leave_in_a_project(study: Study, tmp_path: Path) -> None:
    take_document(study, "plan.txt", "The Council meets.", DocumentFacts())
    coding = code_passage(study, "plan", ["council"], start=0, end=11, document=True).codings[0]
    write_memo(study, "On the passage.", table="codings", record=coding.id)
    write_memo(study, "On the document.", table="documents", record="plan")
    write_memo(study, "On the study.")
    write_qdpx(study, tmp_path / "a.qdpx")
    with Study.open(create_study(tmp_path / "other", author="AB")) as other:
        import_qdpx(other, tmp_path / "a.qdpx")
        told = json.dumps(
            [dict(body) for table in ("memos", "codings") for body in other.rows(table).values()]
        )
    for words in ("On the passage.", "On the document.", "On the study."):
        assert words in told
