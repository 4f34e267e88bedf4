"""Two coders' differences decided: consensus beside their own codings, undone in one change."""

from __future__ import annotations

from typing import Any

import pytest

from fieldkit.findings.positions import held_positions
from fieldkit.records.responses import ResponseKey
from fieldkit.study.adjudicating import adjudicate, is_decision, open_disagreements
from fieldkit.study.adjudicating_chart import adjudicate_cell, open_cell_disagreements
from fieldkit.study.chart import chart_cell, save_chart_cell
from fieldkit.study.coding import code_passage, codings_of
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.evidence import evidence
from fieldkit.study.history import undo
from fieldkit.study.purge import purge_respondent
from fieldkit.study.study import Study
from fieldkit.study.undo_of_kind import undo_last_of
from tests.study.conftest import held

WORDS = "The Council meets twice, and costs rise."


@pytest.fixture
def response(study: Study) -> str:
    """A made-up answer coded by MT and SR, who differ on council."""
    conduct = held(study)
    conduct.set_consent(conduct.respondents[0].id, given=True)
    conduct.note(ResponseKey("common_position"), WORDS)
    conduct.leave(ResponseKey("common_position"))
    response = ResponseKey("common_position").response_id(conduct.interview.id)
    code_passage(study, response, ["council"], start=0, end=11, evaluation_questions=["1.1"])
    code_passage(study, response, ["zero-growth"], start=29, end=40)
    study.set_author("SR")
    code_passage(study, response, ["zero-growth"], start=29, end=40)
    code_passage(study, response, ["council"], start=4, end=23, evaluation_questions=["1.4a"])
    study.set_author("MT")
    return response


def consensus(study: Study, response: str) -> list[tuple[Any, ...]]:
    return [
        (coding.code, coding.start, coding.end, coding.evaluation_questions)
        for coding in codings_of(study, response)
        if coding.layer == "consensus"
    ]


@pytest.mark.parametrize(
    ("takes", "another", "stands"),
    [
        (["MT"], None, [("council", 0, 11, ["1.1"])]),
        (["MT", "SR"], None, [("council", 0, 11, ["1.1"]), ("council", 4, 23, ["1.4a"])]),
        ([], None, []),
        ([], "SCBF", [("scbf", 0, 11, ["1.1"]), ("scbf", 4, 23, ["1.4a"])]),
    ],
)
def test_what_is_decided_stands_and_the_trail_stays(
    study: Study, response: str, takes: list[str], another: str | None, stands: list[Any]
) -> None:
    before = codings_of(study, response)
    (found,) = open_disagreements(study)
    adjudicate(study, response, "council", takes=takes, another=another, memo="agreed over the phone")
    assert consensus(study, response) == stands
    assert [coding for coding in codings_of(study, response) if coding.layer is None] == before
    assert open_disagreements(study) == []
    assert [each.id for each in open_disagreements(study, everything=True)] == [found.id]
    counted = {(p.coding.code, p.coding.layer) for p in evidence(study).passages}
    assert ("council", None) not in counted
    assert ("zero-growth", None) in counted
    undo(study)
    assert codings_of(study, response) == before
    assert len(open_disagreements(study)) == 1


def test_a_decision_replaces_the_one_before(study: Study, response: str) -> None:
    adjudicate(study, response, "council", takes=["MT"])
    adjudicate(study, response, "council", takes=["SR"])
    assert consensus(study, response) == [("council", 4, 23, ["1.4a"])]


def test_a_respondent_who_is_purged_takes_what_was_decided_along(study: Study, response: str) -> None:
    adjudicate(study, response, "council", takes=["MT"])
    study.set_author("SR")
    purge_respondent(study, "CIC-01", "the department")
    assert dict(study.rows("adjudications")) == {}
    assert study.store is not None
    bodies = [revision.body for revision in study.store.history(table="adjudications")]
    assert not any(bodies)


def test_only_differences_are_decided_and_only_between_their_coders(study: Study, response: str) -> None:
    with pytest.raises(StudyError, match="do not differ"):
        adjudicate(study, response, "zero-growth", takes=["MT"])
    with pytest.raises(UnknownId, match="coder"):
        adjudicate(study, response, "council", takes=["ZZ"])
    with pytest.raises(StudyError, match="instead of both"):
        adjudicate(study, response, "council", takes=["MT"], another="scbf")
    assert consensus(study, response) == []


@pytest.fixture
def charted(study: Study, response: str) -> str:
    """The person whose position MT and SR chart differently; her id."""
    person: str = study.row("interviews", response.partition(":")[0])["respondents"][0]
    save_chart_cell(study, person, "2.5", summary="One voice", position="favourable", basis="first-hand")
    study.set_author("SR")
    save_chart_cell(study, person, "2.5", summary="Two voices", position="mixed", basis="first-hand")
    study.set_author("MT")
    return person


def own_cells(study: Study) -> set[tuple[str | None, str | None]]:
    return {(cell.coder, cell.position) for cell in study.records("chart") if cell.layer is None}


def test_a_position_is_agreed_on_beside_the_coders_own_and_undone(study: Study, charted: str) -> None:
    before, (found,) = own_cells(study), open_cell_disagreements(study)
    assert (found.respondent, found.evaluation_question) == (charted, "2.5")
    agreed = adjudicate_cell(study, "CIC-01", "2.5", takes="SR", memo="heard again")
    assert (agreed.position, agreed.summary, agreed.takes) == ("mixed", "Two voices", ["SR"])
    assert own_cells(study) == before
    assert open_cell_disagreements(study) == []
    assert held_positions(evidence(study))["2.5"].positions == {charted: "mixed"}
    assert chart_cell(study, charted, "2.5", "MT").position == "favourable"
    adjudicate_cell(study, "CIC-01", "2.5", position="qualified", basis="opinion")
    assert held_positions(evidence(study))["2.5"].positions == {charted: "qualified"}
    undo_last_of(study, is_decision)
    assert held_positions(evidence(study))["2.5"].positions == {charted: "mixed"}
    undo_last_of(study, is_decision)
    assert held_positions(evidence(study))["2.5"].disputed == {charted}


def test_of_positions_only_differences_are_decided_and_by_what_is_known(study: Study, charted: str) -> None:
    with pytest.raises(StudyError, match="do not differ"):
        adjudicate_cell(study, "CIC-01", "1.1", takes="MT")
    with pytest.raises(UnknownId, match="coder"):
        adjudicate_cell(study, "CIC-01", "2.5", takes="ZZ")
    with pytest.raises(UnknownId, match="position"):
        adjudicate_cell(study, "CIC-01", "2.5", position="splendid")
    with pytest.raises(StudyError, match="not both"):
        adjudicate_cell(study, "CIC-01", "2.5", takes="MT", position="mixed")
    assert len(own_cells(study)) == len(study.records("chart"))


def test_what_was_agreed_goes_with_the_person(study: Study, charted: str) -> None:
    adjudicate_cell(study, charted, "2.5", takes="MT")
    purge_respondent(study, "CIC-01", "the department")
    assert not any(revision.body for revision in study.store.history(table="chart"))
