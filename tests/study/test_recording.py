"""Recording from the outside takes what fits the guide and says what is wrong with the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import StudyError
from fieldkit.study.interviews import interview_for
from fieldkit.study.recording import record_response
from fieldkit.study.roster import RosterEntry, add_respondent, find_respondent
from fieldkit.study.study import Study
from tests.study.conftest import held


def recorded(study: Study, item: str) -> dict[str, object]:
    (body,) = [body for body in study.rows("responses").values() if body["item"] == item]
    return body


def test_a_value_and_notes_are_one_response(study: Study) -> None:
    held(study)
    done = record_response(study, "CIC-01", "unit", value="bsk", notes="At headquarters.\nSince 2001.")
    assert study.store is not None
    assert study.store.heads("responses", done.response)[0].id == done.revision
    body = recorded(study, "unit")
    assert (body["value"], body["disposition"]) == ("bsk", "answered")
    assert done.warnings == ()


def test_recording_again_revises_and_the_same_changes_nothing(study: Study) -> None:
    held(study)
    first = record_response(study, "CIC-01", "unit", value="bsk")
    second = record_response(study, "CIC-01", "unit", notes="kept beside the value")
    third = record_response(study, "CIC-01", "unit", value="bsk")
    assert first.response == second.response
    assert first.revision != second.revision == third.revision
    assert "nothing changed" in third.warnings[-1]
    assert recorded(study, "unit")["value"] == "bsk"


def test_an_item_that_does_not_apply_is_recorded_with_a_warning(study: Study) -> None:
    held(study)
    record_response(study, "CIC-01", "unit", value="programmes")
    done = record_response(study, "CIC-01", "time_shares", value="membership=5;services=10-15")
    assert "does not apply" in done.warnings[0]
    assert recorded(study, "time_shares")["value"] == {
        "membership": {"low": 5, "high": 5, "estimate": False},
        "services": {"low": 10, "high": 15, "estimate": True},
    }


def test_repeats_are_told_apart_by_their_instance(study: Study) -> None:
    held(study)
    record_response(study, "CIC-01", "objective_relevance:forum", value="4")
    assert recorded(study, "objective_relevance")["instance"] == "forum"
    with pytest.raises(StudyError, match="objective_relevance:services"):
        record_response(study, "CIC-01", "objective_relevance", value="4")
    with pytest.raises(StudyError, match="nearest: forum"):
        record_response(study, "CIC-01", "objective_relevance:forums", value="4")


@pytest.mark.parametrize(
    ("item", "given", "message"),
    [
        ("unitt", {"value": "bsk"}, "nearest: unit"),
        ("unit", {"value": "bks"}, "bsk"),
        ("unit", {}, "nothing to record"),
        ("unit", {"notes": "  \n "}, "blank notes"),
        ("unit", {"notes": "a\n" * 20_001}, "at most 20,000"),
        ("unit", {"notes": "a", "language": "Frnech"}, "no language 'Frnech'"),
        ("unit", {"disposition": "refsued"}, "refused"),
        ("unit", {"disposition": "refused", "value": "bsk"}, "cannot both hold"),
        ("unit:1", {"value": "bsk"}, "stands in no repeat"),
        ("unit@DFA-01", {"value": "bsk"}, "not one of those present"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(
    study: Study, item: str, given: dict[str, str], message: str
) -> None:
    held(study)
    with pytest.raises(StudyError, match=message) as refused:
        record_response(study, "CIC-01", item, **given)
    assert "\n" not in str(refused.value)
    assert study.rows("responses") == {}


@pytest.mark.parametrize("typed", ["don't know", "dont_know", "Don’t know"])
def test_dispositions_are_kept_as_the_field_spells_them(study: Study, typed: str) -> None:
    held(study)
    record_response(study, "CIC-01", "unit", disposition=typed)
    assert recorded(study, "unit")["disposition"] == "don't know"


def test_words_that_a_crash_left_are_in_the_trail_before_others_replace_them(folder: Path) -> None:
    role = ResponseKey("role")
    with Study.open(folder) as study:
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
        conduct = held(study)
        conduct.note(role, "typed before the crash")
        conduct.autosave()
    with Study.open(folder) as study:
        done = record_response(study, "CIC-01", "role", notes="cleaned up")
        assert study.store is not None
        history = study.store.history(table="responses", record=done.response)
        words = [entry.body["paragraphs"][0]["text"] for entry in history if entry.body]
        assert words == ["typed before the crash", "cleaned up"]
        again = Conduct(study, conduct.interview.id)
        assert (again.recovered, again.answer(role).text) == ([], "cleaned up")


def test_the_guide_is_kept_with_what_is_recorded_in_a_planned_interview(study: Study) -> None:
    interview = interview_for(study, find_respondent(study, "CIC-01").id)
    done = record_response(study, "CIC-01", "unit", value="bsk")
    assert study.store is not None
    assert study.store.heads("responses", done.response)[0].id == done.revision
    stored = study.record("interviews", interview.id)
    assert list(study.rows("guides")) == [stored.guide_hash]
    assert stored.state == "planned"


def test_alone_a_respondent_has_one_answer_whether_named_or_not(study: Study) -> None:
    held(study)
    first = record_response(study, "CIC-01", "unit@CIC-01", value="bsk")
    second = record_response(study, "CIC-01", "unit", value="geneva")
    assert first.response == second.response
    assert first.warnings == ()


def test_other_notes_leave_what_the_marks_of_the_former_said(study: Study) -> None:
    conduct = held(study)
    marked = {"text": "direct", "kind": "paraphrase", "probe": "direct", "also_answers": ["missed"]}
    conduct.type_notes(ResponseKey("role"), [marked])
    conduct.leave(ResponseKey("role"))
    record_response(study, "CIC-01", "role", notes="tidied up")
    body = recorded(study, "role")
    assert (body["probes"], body["also_answers"]) == (["direct"], ["missed"])
    assert [paragraph["text"] for paragraph in body["paragraphs"]] == ["tidied up"]
