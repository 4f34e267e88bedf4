"""What coders decided, remarked and found follows the codes that are merged and split."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.records.responses import ResponseKey
from fieldkit.records.tables import TABLES
from fieldkit.storage.writes import Delete
from fieldkit.study.adjudicating import adjudicate, open_disagreements
from fieldkit.study.code_changes import add_code, drafted_code, edit_code, move_code
from fieldkit.study.code_merging import codings_under, merge_codes, split_code
from fieldkit.study.codebook import find_code, search_codes
from fieldkit.study.coding import code_passage
from fieldkit.study.evidence import evidence
from fieldkit.study.findings import add_finding
from fieldkit.study.history import undo
from fieldkit.study.memos import memos, write_memo
from fieldkit.study.study import Study
from tests.study.conftest import held

WORDS = "Nobody asks what the budget is for, and the papers come late every year."
FIRST, SECOND = "JL", "PR"


@pytest.fixture
def response(study: Study) -> str:
    """A made-up answer of CIC-01's that both coders have begun to code."""
    conduct = held(study)
    conduct.set_consent(conduct.respondents[0].id, given=True)
    conduct.note(ResponseKey("common_position"), WORDS)
    conduct.leave(ResponseKey("common_position"))
    response_id = ResponseKey("common_position").response_id(conduct.interview.id)
    for coder in (FIRST, SECOND):
        code(study, response_id, coder, "one-voice", 0)
    return response_id


def code(study: Study, response: str, coder: str, code_id: str, start: int) -> str:
    study.set_author(coder)
    made = code_passage(study, response, [code_id], start=start, end=start + 5).codings[0].id
    study.set_author("MT")
    return made


def rows(study: Study) -> dict[str, Any]:
    return {table: dict(study.rows(table)) for table in TABLES}


def counted(study: Study, code_id: str) -> list[tuple[int, str | None]]:
    """Where a code counts in tables, and in which layer."""
    return sorted(
        (each.coding.start, each.coding.layer)
        for each in evidence(study).passages
        if each.coding.code == code_id
    )


def test_a_decision_against_a_code_holds_of_the_one_it_is_merged_into(study: Study, response: str) -> None:
    code(study, response, FIRST, "council", 10)
    adjudicate(study, response, "council")
    before = rows(study)
    merged = merge_codes(study, "council", "scbf")
    assert counted(study, "scbf") == []
    assert open_disagreements(study) == []
    assert merged.reopened == 0
    undo(study, merged.change)
    assert rows(study) == before


def test_a_decision_for_one_coder_holds_and_counts_once(study: Study, response: str) -> None:
    code(study, response, FIRST, "council", 10)
    adjudicate(study, response, "council", takes=[FIRST])
    merge_codes(study, "council", "scbf")
    assert counted(study, "scbf") == [(10, "consensus")]
    assert open_disagreements(study) == []


def test_where_the_other_code_was_given_too_and_not_decided_it_is_decided_again(
    study: Study, response: str
) -> None:
    own = code(study, response, FIRST, "council", 10)
    code(study, response, SECOND, "scbf", 20)
    adjudicate(study, response, "council", takes=[FIRST])
    agreed = next(each.id for each in codings_under(study, "council") if each.layer)
    add_finding(study, "2.5", "Made up.", supports=[agreed])
    merged = merge_codes(study, "council", "scbf")
    assert merged.reopened == 1
    assert study.records("findings")[0].supports == [own]
    assert counted(study, "scbf") == [(10, None), (20, None)]
    assert [each.code for each in open_disagreements(study)] == ["scbf"]


def test_two_decisions_become_one(study: Study, response: str) -> None:
    code(study, response, FIRST, "council", 10)
    code(study, response, SECOND, "scbf", 20)
    adjudicate(study, response, "council", takes=[FIRST], memo="first")
    adjudicate(study, response, "scbf", takes=[SECOND], memo="second")
    merge_codes(study, "council", "scbf")
    assert counted(study, "scbf") == [(10, "consensus"), (20, "consensus")]
    (decided,) = study.records("adjudications")
    assert (decided.code, sorted(decided.takes)) == ("scbf", [FIRST, SECOND])
    assert sorted(decided.memo.split("\n")) == ["first", "second"]


def test_a_decision_on_a_split_code_holds_of_each_of_its_parts(study: Study, response: str) -> None:
    given = {}
    for start, to in ((10, "asking"), (20, "late")):
        given[code(study, response, FIRST, "council", start)] = to
    adjudicate(study, response, "council", takes=[FIRST])
    new = [drafted_code(study, {"en": name}, {"en": "Made up."}, code_id=name) for name in ("asking", "late")]
    at = {10: "asking", 20: "late"}
    given |= {each.id: at[each.start] for each in codings_under(study, "council")}
    split_code(study, "council", new, given)
    assert counted(study, "asking") == [(10, "consensus")]
    assert counted(study, "late") == [(20, "consensus")]
    assert open_disagreements(study) == []
    assert {each.code for each in study.records("adjudications")} == {"asking", "late"}


def test_memos_and_findings_go_with_a_coding_that_was_doubled(study: Study, response: str) -> None:
    stays = code(study, response, FIRST, "scbf", 10)
    ends = code(study, response, FIRST, "council", 10)
    other = code(study, response, SECOND, "council", 20)
    remark = write_memo(study, "made up", table="codings", record=ends)
    add_finding(study, "2.5", "Made up.", supports=[ends, stays], contradicts=[other])
    before = rows(study)
    merged = merge_codes(study, "council", "scbf")
    assert study.row("codings", ends) is None
    assert [each.id for each in memos(study, record=stays)] == [remark.id]
    (finding,) = study.records("findings")
    assert (finding.supports, finding.contradicts) == ([stays], [other])
    undo(study, merged.change)
    assert rows(study) == before


def test_aliases_and_codes_below_come_after_those_the_other_has(study: Study) -> None:
    edit_code(study, "council", aliases=["plenary", "session"])
    edit_code(study, "scbf", aliases=["session-of-two", "committee"])
    for name, parent in (("Deep", "scbf"), ("Deeper", "council"), ("Deepest", "council")):
        add_code(study, {"en": name}, {"en": "Made up."}, parent=parent)
    move_code(study, "deepest", parent="council", before="deeper")
    before = rows(study)
    merged = merge_codes(study, "council", "scbf")
    assert find_code(study, "scbf").aliases == ["session-of-two", "committee", "plenary", "session"]
    assert find_code(study, "council").aliases == []
    assert find_code(study, "plenary") == search_codes(study, "plenary")[0] == find_code(study, "scbf")
    assert [each.id for each in study.codebook.children("scbf")] == ["deep", "deepest", "deeper"]
    undo(study, merged.change)
    assert rows(study) == before
    assert find_code(study, "plenary").id == "council"


def test_new_codes_stand_where_the_one_they_come_of_stood(study: Study, response: str) -> None:
    made = code(study, response, FIRST, "council", 10)
    siblings = [each.id for each in study.codebook.children("governance")]
    new = [
        drafted_code(study, {"en": name}, {"en": "Made up."}, parent="governance", code_id=name)
        for name in ("asking", "late")
    ]
    split_code(study, "council", new, {made: "late"})
    at = siblings.index("council") + 1
    found = [each.id for each in study.codebook.children("governance")]
    assert found == [*siblings[:at], "asking", "late", *siblings[at:]]


PLACES = st.lists(
    st.tuples(*map(st.sampled_from, ([FIRST, SECOND], ["council", "scbf"], [10, 20]))),
    unique=True,
    min_size=1,
)

TAKES = st.sampled_from([None, [], [FIRST], [SECOND], "council", "scbf"])
"""Whose codings stand, or which code does; None leaves it open."""


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=PLACES, takes=st.lists(TAKES, min_size=4, max_size=4))
def test_whatever_was_decided_a_merge_leaves_no_loose_end_and_can_be_undone(
    study: Study, response: str, places: list[tuple[str, str, int]], takes: list[list[str] | str | None]
) -> None:
    for coder, code_id, at in places:
        code(study, response, coder, code_id, at)
    for each, taken in zip(open_disagreements(study), takes, strict=False):
        if isinstance(taken, list):
            adjudicate(study, response, each.code, takes=taken)
        elif taken not in (None, each.code):
            adjudicate(study, response, each.code, another=taken)
    before = rows(study)
    merged = merge_codes(study, "council", "scbf")
    after = rows(study)
    undo(study, merged.change)
    assert rows(study) == before
    made = [(table, each) for table in ("codings", "adjudications") for each in before[table]]
    study.save(
        [Delete(table, each) for table, each in made if before[table][each].get("code") != "one-voice"]
    )

    codings = after["codings"].values()
    agreed = {each["id"] for each in codings if each.get("layer") == "consensus"}
    decided = after["adjudications"].values()
    assert "council" not in {each["code"] for each in (*codings, *decided)}
    assert {coding for each in decided for coding in each["codings"]} == agreed
    left = [(each["coder"], each["start"], each.get("layer")) for each in codings if each["code"] == "scbf"]
    assert len(left) == len(set(left))
    assert {(coder, at) for coder, _, at in places} == {each[:2] for each in left if each[2] is None}
