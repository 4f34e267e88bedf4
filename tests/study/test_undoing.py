"""Undo and redo are a stack that outlives the session: against a list of states kept by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.storage.errors import UndoConflict
from fieldkit.study.coding import code_passage, remove_codings
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.study.undoing import CODING_TABLES, redo, undo

CODES = ("council", "scbf", "oversight", "one-voice")


@pytest.fixture
def coded(study: Study) -> Study:
    take_document(study, "plan.txt", "The Council meets.", DocumentFacts())
    return study


def given_now(study: Study) -> frozenset[str]:
    return frozenset(body["code"] for body in study.rows("codings").values())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*CODES, "undo", "redo"]), max_size=14))
def test_any_mix_of_changes_undo_and_redo_ends_where_a_stack_does(coded: Study, acts: list[str]) -> None:
    for body in list(coded.rows("codings").values()):
        remove_codings(coded, [body["id"]])
    coded.set_author("AB" if coded.author == "MT" else "MT")
    done: list[frozenset[str]] = [given_now(coded)]
    undone: list[frozenset[str]] = []
    floor = done[0]
    code_passage(coded, "plan", ["withdrawal-option"], start=0, end=3, document=True)
    done.append(given_now(coded))
    for act in acts:
        if act == "undo":
            if len(done) > 1:
                undo(coded, tables=CODING_TABLES)
                undone.append(done.pop())
            else:
                continue
        elif act == "redo":
            if undone:
                redo(coded, tables=CODING_TABLES)
                done.append(undone.pop())
            else:
                with pytest.raises(StudyError, match="to redo"):
                    redo(coded, tables=CODING_TABLES)
        elif act in done[-1]:
            gone = [body["id"] for body in coded.rows("codings").values() if body["code"] == act]
            remove_codings(coded, gone)
            done.append(done[-1] - {act})
            undone.clear()
        else:
            code_passage(coded, "plan", [act], document=True)
            done.append(done[-1] | {act})
            undone.clear()
        assert given_now(coded) == done[-1]
    assert floor == frozenset()


def test_hundreds_of_changes_go_back_and_forth_across_sessions(coded: Study, folder: Path) -> None:
    for number in range(106):
        coding = code_passage(coded, "plan", ["council"], start=0, end=3, document=True).codings[0]
        remove_codings(coded, [coding.id]) if number % 2 else undo(coded)
    coded.close()
    with Study.open(folder) as again:
        for _ in range(106):
            undo(again, tables=CODING_TABLES)
        with pytest.raises(StudyError, match="nothing of MT's left"):
            undo(again, tables=CODING_TABLES)
    with Study.open(folder) as again:
        for _ in range(106):
            redo(again, tables=CODING_TABLES)
        with pytest.raises(StudyError, match="nothing of MT's to redo"):
            redo(again, tables=CODING_TABLES)
        assert given_now(again) == frozenset()


def test_another_table_stands_not_in_the_way_and_another_persons_work_is_left(coded: Study) -> None:
    code_passage(coded, "plan", ["council"], document=True)
    undo(coded, tables=CODING_TABLES)
    take_document(coded, "plan.txt", "The Council meets in May.", DocumentFacts())
    coded.set_author("AB")
    code_passage(coded, "plan", ["scbf"], document=True)
    coded.set_author("MT")
    redo(coded, tables=CODING_TABLES)
    assert given_now(coded) == {"council", "scbf"}
    undo(coded, tables=CODING_TABLES)
    assert given_now(coded) == {"scbf"}
    with pytest.raises(StudyError, match="nothing of MT's left"):
        undo(coded, tables=CODING_TABLES)


def test_redo_refuses_to_wipe_out_what_another_did_since(coded: Study) -> None:
    coding = code_passage(coded, "plan", ["council"], document=True).codings[0]
    coded.set_author("AB")
    remove_codings(coded, [coding.id])
    coded.set_author("MT")
    with pytest.raises(UndoConflict):
        undo(coded, tables=CODING_TABLES)
