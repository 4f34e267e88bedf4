"""Consent is each person's own, can be taken back at any moment, and decides what counts."""

from __future__ import annotations

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.chart import chart_grid, save_chart_cell
from fieldkit.study.coding import code_passage, coding_texts
from fieldkit.study.conduct import Conduct
from fieldkit.study.consent_recording import record_consent_of
from fieldkit.study.desk import work_done
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.evidence import evidence
from fieldkit.study.interviews import interview_for, plan_interview
from fieldkit.study.recording import record_response
from fieldkit.study.roster import RosterEntry, add_respondent, find_respondent
from fieldkit.study.study import Study
from fieldkit.study.withdrawal_effect import WithdrawalEffect, withdrawal_effect
from tests.study.conftest import held

ROLE = ResponseKey("role")


def person(study: Study, code: str) -> str:
    return find_respondent(study, code).id


def test_what_is_said_before_consent_is_kept_and_counts_only_once_it_is_recorded(study: Study) -> None:
    conduct = held(study)
    conduct.note(ROLE, "Said while sitting down.")
    conduct.leave(ROLE)
    for _ in range(2):
        assert coding_texts(study) == []
        assert work_done(study).uncoded == 0
        assert evidence(study).heard == {}
        assert chart_grid(study) == []
        # To be quoted is not to take part.
        conduct.set_consent(person(study, "CIC-01"), quote=True)
    conduct.set_consent(person(study, "CIC-01"), given=True)
    assert [text.response.text for text in coding_texts(study)] == ["Said while sitting down."]
    assert work_done(study).uncoded == 1
    assert len(evidence(study).heard) == 1
    assert [row.code for row in chart_grid(study)] == ["CIC-01"]


def test_notes_taken_elsewhere_count_until_somebody_says_no(study: Study) -> None:
    plan_interview(study, [person(study, "CIC-01")])
    record_response(study, "CIC-01", "role", notes="From a letter.")
    assert len(evidence(study).heard) == 1
    record_consent_of(study, "CIC-01", "given=no")
    assert evidence(study).heard == {}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("phone", "spoken"), ("video", "spoken"), ("in writing", "written"), (None, "spoken")],
)
def test_a_consent_is_given_as_the_interview_is_held_unless_somebody_says_otherwise(
    study: Study, mode: str | None, expected: str
) -> None:
    interview = plan_interview(study, [person(study, "CIC-01")], mode=mode)
    conduct = Conduct(study, interview.id)
    her = person(study, "CIC-01")
    conduct.set_consent(her, given=True)
    assert conduct.consents()[her].mode == expected
    before = conduct.consents()[her].at
    other = {"spoken": "written", "written": "spoken"}[expected]
    conduct.set_consent(her, mode=other)
    conduct.set_consent(her, quote=True)
    consent = conduct.consents()[her]
    assert (consent.given, consent.quote, consent.mode) == (True, True, other)
    assert before is not None
    assert before <= str(consent.at)


def test_an_interview_is_withdrawn_when_everybody_has_withdrawn_and_goes_on_when_one_agrees_again(
    study: Study,
) -> None:
    add_respondent(study, RosterEntry("CIC-02", {"group": "CIC"}))
    first, second = person(study, "CIC-01"), person(study, "CIC-02")
    conduct = Conduct(study, interview_for(study, first, second).id)
    conduct.start()
    for each in (first, second):
        conduct.set_consent(each, given=True)
    conduct.withdraw_consent(first)
    assert conduct.interview.state == "in progress"
    conduct.withdraw_consent(second)
    assert conduct.interview.state == "withdrawn"
    assert conduct.interview.sittings[-1].ended_at is not None
    conduct.set_consent(second, given=True)
    assert conduct.interview.state == "paused"
    assert conduct.consents()[second].withdrawn_at is None
    assert conduct.consents()[first].withdrawn_at is not None


def test_a_complete_interview_that_is_agreed_to_again_is_complete(study: Study) -> None:
    conduct = held(study)
    her = person(study, "CIC-01")
    conduct.set_consent(her, given=True)
    conduct.complete()
    conduct.withdraw_consent(her)
    assert study.row("interviews", conduct.interview.id)["state"] == "withdrawn"
    conduct.set_consent(her, given=True)
    assert study.row("interviews", conduct.interview.id)["state"] == "complete"


def test_what_withdrawing_does_is_told_before_and_is_what_then_happens(study: Study) -> None:
    conduct = held(study)
    her = person(study, "CIC-01")
    conduct.set_consent(her, given=True)
    conduct.note(ROLE, "One thing.\nAnd another.")
    conduct.set_value(ResponseKey("unit"), "bsk")
    conduct.save_all()
    response = ROLE.response_id(conduct.interview.id)
    code_passage(study, response, ["council", "scbf"], start=0, end=9, evaluation_questions=["1.4a"])
    save_chart_cell(study, her, "1.4a", summary="x", position="favourable", basis="first-hand")
    before = evidence(study)
    effect = withdrawal_effect(study, conduct.interview.id, her)
    assert effect == WithdrawalEffect(responses=2, paragraphs=2, passages=2, cells=1)
    conduct.withdraw_consent(her)
    after = evidence(study)
    assert len(before.heard) - len(after.heard) == effect.responses
    assert len(before.passages) - len(after.passages) == effect.passages
    assert len(before.cells) - len(after.cells) == effect.cells
    assert study.row("responses", response) is not None


def test_in_a_joint_interview_withdrawing_silences_only_her_own_words(study: Study) -> None:
    add_respondent(study, RosterEntry("CIC-02", {"group": "CIC"}))
    first, second = person(study, "CIC-01"), person(study, "CIC-02")
    conduct = Conduct(study, interview_for(study, first, second).id)
    conduct.start()
    for each in (first, second):
        conduct.set_consent(each, given=True)
    said = [("Hers.", first), ("Theirs.", second), ("Nobody's.", None)]
    shared = next(step.key for step in conduct.steps() if step.key.respondent is None and step.asks)
    conduct.type_notes(shared, [{"text": t, "kind": "paraphrase", "respondent": p} for t, p in said])
    conduct.note(ResponseKey("role", None, first), "Her role.")
    conduct.save_all()
    response = shared.response_id(conduct.interview.id)
    for start, end in ((0, 5), (6, 13), (3, 9)):
        code_passage(study, response, ["council"], start=start, end=end)
    effect = withdrawal_effect(study, conduct.interview.id, first)
    assert effect == WithdrawalEffect(responses=1, paragraphs=2, passages=2, cells=0)
    before = len(evidence(study).heard)
    conduct.withdraw_consent(first)
    assert before - len(evidence(study).heard) == effect.responses


def test_scripts_record_consents_and_are_told_what_is_wrong(study: Study) -> None:
    add_respondent(study, RosterEntry("CIC-02", {"group": "CIC"}))
    first, second = person(study, "CIC-01"), person(study, "CIC-02")
    interview = interview_for(study, first, second).id
    with pytest.raises(StudyError, match="--respondent CIC-01 or CIC-02"):
        record_consent_of(study, interview, "given")
    with pytest.raises(UnknownId, match="nearest: quote"):
        record_consent_of(study, interview, "given,qote", respondent="CIC-01")
    with pytest.raises(StudyError, match="say yes or no, such as quote=no"):
        record_consent_of(study, interview, "quote=maybe", respondent="CIC-01")
    with pytest.raises(StudyError, match="IOM-01 is not one of those present"):
        record_consent_of(study, interview, "given", respondent="IOM-01")
    assert study.rows("consents") == {}
    record_consent_of(study, interview, "given, quote=no", respondent="cic-02", mode="written")
    (body,) = study.rows("consents").values()
    assert (body["respondent"], body["given"], body["quote"], body["mode"]) == (
        second,
        True,
        False,
        "written",
    )
    record_consent_of(study, interview, "withdrawn", respondent="CIC-02")
    assert study.row("consents", body["id"])["withdrawn_at"] is not None
