"""The codebook grows without harm: each change is logged, undoable, and refused where names would clash."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.records.codings import Coding
from fieldkit.records.responses import ResponseKey
from fieldkit.storage.errors import UndoConflict
from fieldkit.storage.writes import Delete
from fieldkit.study.code_changes import (
    add_code,
    bring_back_code,
    drafted_code,
    edit_code,
    move_code,
    rename_code,
    retire_code,
    undo_codebook,
)
from fieldkit.study.code_merging import codings_under, merge_codes, split_code
from fieldkit.study.codebook import find_code, search_codes
from fieldkit.study.coding import code_passage, codings_of
from fieldkit.study.drift import definition_drift
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.history import log, undo
from fieldkit.study.study import Study, put
from tests.study.conftest import held

WORDS = "Nobody asks what the budget is for, and the papers come late every year."
SAME_STUDY = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def response(study: Study) -> str:
    """A made-up answer of CIC-01's."""
    conduct = held(study)
    conduct.set_consent(conduct.respondents[0].id, given=True)
    conduct.note(ResponseKey("common_position"), WORDS)
    conduct.leave(ResponseKey("common_position"))
    return ResponseKey("common_position").response_id(conduct.interview.id)


def rows(study: Study) -> dict[str, Any]:
    return {table: dict(study.rows(table)) for table in ("codes", "codings")}


def test_a_code_is_added_under_another_and_found_by_its_names(study: Study) -> None:
    added = add_code(
        study,
        {"en": " Late  papers ", "fr": "Documents tardifs"},
        {"en": "Papers that come late."},
        parent="Governance",
        aliases=["delays", "delays", " "],
        colour="#112233",
        pattern="dots",
    )
    code = find_code(study, "documents tardifs")
    assert code == added.code
    assert (code.id, code.parent, code.aliases) == ("late-papers", "governance", ["delays"])
    assert (code.name.get("en"), code.colour, code.pattern) == ("Late papers", "#112233", "dots")
    assert study.codebook.children("governance")[-1] == code
    assert search_codes(study, "delay")[0] == code
    undo_codebook(study)
    with pytest.raises(UnknownId):
        find_code(study, "late-papers")


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("Council", {}, "choose another"),
        ("session DU conseil", {}, "choose another"),
        ("Late papers", {"aliases": ["COUNCIL"]}, "choose another"),
        ("Late papers", {"code_id": "scbf"}, "taken"),
        ("Late papers", {"colour": "red"}, "colour"),
        ("Late papers", {"pattern": "paisley"}, "pattern"),
        ("Late papers", {"parent": "governence"}, "governance"),
        ("  ", {}, "empty"),
    ],
)
def test_what_would_not_be_a_code_of_its_own_is_refused(
    study: Study, name: str, fields: dict[str, Any], told: str
) -> None:
    with pytest.raises(StudyError, match=told) as refused:
        add_code(study, {"en": name}, {"en": "d"}, **fields)
    assert "\n" not in str(refused.value)
    assert dict(study.rows("codes")) == {}


def test_a_language_that_the_study_does_not_have_is_refused(study: Study) -> None:
    with pytest.raises(UnknownId, match="language"):
        add_code(study, {"de": "Haushalt"}, {"en": "d"})


def test_a_change_holds_the_whole_code_and_leaves_its_codings_alone(study: Study, response: str) -> None:
    before = find_code(study, "council")
    code_passage(study, response, ["council"])
    rename_code(study, "council", {"en": "The Council"})
    after = find_code(study, "council")
    assert after == before.model_copy(update={"name": after.name})
    assert after.name.translations == {"en": "The Council", "fr": before.name.get("fr")}
    assert [coding.code for coding in codings_of(study, response)] == ["council"]
    assert [entry.fields[0][0] for entry in log(study, table="codes")] == ["aliases"]
    edit_code(study, "council", use_when={"fr": ""}, examples=[], aliases=None)
    edited = find_code(study, "council")
    assert edited.use_when is not None
    assert list(edited.use_when.translations) == ["en"]
    assert (edited.examples, edited.aliases) == ([], [])
    assert edit_code(study, "council", examples=[]).change == ""
    undo_codebook(study)
    undo_codebook(study)
    assert find_code(study, "council") == before
    with pytest.raises(StudyError, match="left to undo"):
        undo_codebook(study)


def test_no_code_comes_to_stand_under_itself(study: Study) -> None:
    for parent in ("governance", "council"):
        with pytest.raises(StudyError, match="cannot stand under"):
            move_code(study, "governance", parent=parent)
    with pytest.raises(StudyError, match="does not stand under"):
        move_code(study, "council", before="governance", parent="governance")


@SAME_STUDY
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8))
def test_codes_stand_in_the_order_they_were_moved_to(study: Study, moves: list[tuple[int, int]]) -> None:
    expected = [code.id for code in study.codebook.children("governance")]
    for one, other in moves:
        code, before = expected[one % len(expected)], expected[other % len(expected)]
        if code == before:
            continue
        move_code(study, code, parent="governance", before=before)
        expected.remove(code)
        expected.insert(expected.index(before), code)
    assert [code.id for code in study.codebook.children("governance")] == expected


def test_a_retired_code_is_no_longer_given_until_it_is_brought_back(study: Study, response: str) -> None:
    retire_code(study, "council")
    assert "council" not in {code.id for code in search_codes(study, "council")}
    with pytest.raises(StudyError, match="retired"):
        code_passage(study, response, ["council"])
    with pytest.raises(StudyError, match="bring that one back"):
        add_code(study, {"en": "council"}, {"en": "d"}, code_id="new-one")
    bring_back_code(study, "council")
    code_passage(study, response, ["council"])


@SAME_STUDY
@given(
    given_to=st.lists(
        st.tuples(st.sampled_from(["council", "scbf"]), st.integers(0, 5), st.sampled_from(["MT", "SR"])),
        max_size=8,
    )
)
def test_merging_keeps_every_coding_once_and_undoing_it_brings_all_back(
    study: Study, response: str, given_to: list[tuple[str, int, str]]
) -> None:
    places = dict.fromkeys(given_to)
    for code, start, coder in places:
        coding_id = f"{code}-{start}-{coder}"
        body = {"id": coding_id, "response": response, "code": code, "coder": coder}
        study.save([put("codings", Coding.of({**body, "start": start, "end": 9, "memo": code}))])
    before = rows(study)
    merged = merge_codes(study, "council", "scbf")
    after = codings_under(study, "scbf")
    assert sorted((each.start, each.coder) for each in after) == sorted(
        {(start, coder) for _, start, coder in places}
    )
    assert codings_under(study, "council") == []
    assert merged.codings == sum(code == "council" for code, _, _ in places)
    assert find_code(study, "council").retired
    undo(study, merged.change)
    assert rows(study) == before
    study.save([Delete("codings", coding_id) for coding_id in before["codings"]])


def test_codes_below_a_merged_one_come_under_the_other(study: Study) -> None:
    children = [code.id for code in study.codebook.children("governance")]
    merge_codes(study, "governance", children[0])
    assert find_code(study, children[0]).parent is None
    assert [code.id for code in study.codebook.children(children[0])] == children[1:]
    with pytest.raises(StudyError, match="itself"):
        merge_codes(study, children[0], children[0])
    with pytest.raises(StudyError, match="retired"):
        merge_codes(study, children[1], "governance")


def test_splitting_asks_for_each_passage_and_gives_each_to_one_code(study: Study, response: str) -> None:
    codings = [
        code_passage(study, response, ["oversight"], start=start, end=start + 5).codings[0]
        for start in (0, 10, 20)
    ]
    new = [
        drafted_code(study, {"en": name}, {"en": f"{name}, in made-up words."}, parent="governance")
        for name in ("Asking", "Late papers")
    ]
    before = rows(study)
    with pytest.raises(StudyError, match="1 passage of oversight was not looked at"):
        split_code(study, "oversight", new, {each.id: "asking" for each in codings[:2]})
    with pytest.raises(UnknownId):
        split_code(study, "oversight", new, {each.id: "council" for each in codings})
    assert rows(study) == before
    given_to = {codings[0].id: "asking", codings[1].id: "late-papers", codings[2].id: "oversight"}
    split = split_code(study, "oversight", new, given_to)
    assert split.codings == {"asking": 1, "late-papers": 1, "oversight": 1}
    assert {each.id: each.code for each in codings_of(study, response)} == given_to
    assert not find_code(study, "oversight").retired
    undo(study, split.change)
    assert rows(study) == before
    everything = {each.id: "asking" for each in codings}
    assert split_code(study, "oversight", new, everything).code.retired


def test_drift_lists_what_was_coded_under_another_definition(study: Study, response: str) -> None:
    first = code_passage(study, response, ["council"], start=0, end=5).codings[0]
    old = find_code(study, "council")
    assert first.code_version == old.definition_version
    assert definition_drift(study) == []
    rename_code(study, "council", {"en": "The Council"})
    assert definition_drift(study) == []
    edit_code(study, "council", definition={"en": "Another definition."})
    code_passage(study, response, ["council"], start=6, end=9)
    body = {"id": "old", "response": response, "code": "council", "coder": "SR"}
    study.save([put("codings", Coding.of(body))])
    told, unknown = definition_drift(study)
    assert told.codings == (first.id,)
    assert told.before is not None
    assert told.before.definition == old.definition
    assert told.code.definition.get("en") == "Another definition."
    assert (unknown.version, unknown.before, unknown.codings) == (None, None, ("old",))


def test_a_merge_is_not_undone_over_later_work(study: Study, response: str) -> None:
    coding = code_passage(study, response, ["council"]).codings[0]
    merged = merge_codes(study, "council", "scbf")
    edit = coding.model_copy(update={"code": "scbf", "memo": "since"})
    study.save([put("codings", edit)])
    with pytest.raises(UndoConflict):
        undo(study, merged.change)
