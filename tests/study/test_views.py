"""Texts stand in the order they are read in, and what is left is counted."""

from __future__ import annotations

import pytest

from fieldkit.storage.writes import Put
from fieldkit.study.coding import code_passage
from fieldkit.study.consents import record_consent
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.errors import UnknownId
from fieldkit.study.interviews import interview_for
from fieldkit.study.recording import record_response
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study
from fieldkit.study.views import Left, Selection, left_to_code, texts


@pytest.fixture
def said(study: Study) -> dict[str, str]:
    """Person to her interview; recorded in no order."""
    add_roster(study, [RosterEntry("CIC-02", {"group": "CIC"})])
    interviews = {}
    for code in ("IOM-01", "CIC-02", "CIC-01"):
        interviews[code] = interview_for(study, find_respondent(study, code).id).id
        item = "one_voice" if code == "IOM-01" else "common_position"
        if code != "IOM-01":
            record_response(study, interviews[code], item, notes=f"{code} on a common position.")
        record_response(study, interviews[code], "role", notes=f"{code} on her role.")
    facts = DocumentFacts(evaluation_questions=["2.5"])
    take_document(study, "plan.txt", "One voice is planned.", facts)
    return interviews


def sources(study: Study, **selection: object) -> list[str]:
    return [
        f"{text.source} {text.record.rpartition(':')[2]}" for text in texts(study, Selection(**selection))
    ]  # type: ignore[arg-type]


def test_answers_stand_by_group_item_and_person_then_documents(study: Study, said: dict[str, str]) -> None:
    assert sources(study) == [
        "CIC-01 role",
        "CIC-02 role",
        "CIC-01 common_position",
        "CIC-02 common_position",
        "IOM-01 role",
        "plan.txt plan",
    ]
    assert sources(study, interview=said["CIC-02"]) == ["CIC-02 role", "CIC-02 common_position"]
    assert sources(study, question="2.5") == [
        "CIC-01 common_position",
        "CIC-02 common_position",
        "plan.txt plan",
    ]
    with pytest.raises(UnknownId):
        texts(study, Selection(question="9.9"))


def test_by_code_by_coder_and_what_is_left(study: Study, said: dict[str, str]) -> None:
    assert left_to_code(study) == Left(6, 6)
    code_passage(study, f"{said['IOM-01']}:role", ["council", "one-voice"], evaluation_questions=["2.5"])
    study.set_author("AB")
    code_passage(study, "plan", ["scbf"], document=True)
    assert sources(study, code="governance") == ["IOM-01 role", "plan.txt plan"]
    (passages,) = texts(study, Selection(code="governance", mine="MT"))
    assert [coding.code for coding in passages.codings] == ["council"]
    assert sources(study, question="2.5")[2:] == ["IOM-01 role", "plan.txt plan"]
    assert (left_to_code(study), left_to_code(study, coder="AB")) == (Left(6, 4), Left(6, 5))
    assert len(sources(study, uncoded=True)) == 4
    assert "IOM-01 role" in sources(study, uncoded=True, mine="AB")


def test_words_of_who_did_not_agree_are_hidden_where_they_stand(study: Study, said: dict[str, str]) -> None:
    record = f"{said['CIC-01']}:role"
    body = study.row("responses", record) or {}
    interview = study.row("interviews", said["CIC-01"]) or {}
    other = find_respondent(study, "DFA-01").id
    paragraphs = [
        {"text": "Secret 👩‍💼.", "respondent": other},
        {"text": "Hers.", "respondent": interview["respondents"][0]},
    ]
    study.save(
        [
            Put(
                "interviews", said["CIC-01"], {**interview, "respondents": [*interview["respondents"], other]}
            ),
            Put("responses", record, {**body, "paragraphs": paragraphs}),
        ]
    )
    code_passage(study, record, ["council"], start=0, end=6)
    code_passage(study, record, ["scbf"])
    record_consent(study, said["CIC-01"], other, given=False)
    (text,) = [each for each in texts(study) if each.record == record]
    assert text.words == "·" * len("Secret 👩‍💼.") + "\nHers."
    assert text.codings == ()
