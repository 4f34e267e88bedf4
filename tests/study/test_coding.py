"""Codes stay on the words they were given to, once each, tied to evaluation questions."""

from __future__ import annotations

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.storage.errors import UndoConflict
from fieldkit.study.chart import chart_cell, chart_grid, save_chart_cell
from fieldkit.study.codebook import find_code, search_codes
from fieldkit.study.coding import (
    code_passage,
    coding_texts,
    codings_of,
    remove_codings,
    set_coding_questions,
)
from fieldkit.study.consents import record_consent
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.history import log, undo
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study
from tests.study.conftest import held

WORDS = "Le Conseil écoute, mais tard 👩‍💼.\nThe budget papers come late [sic]."


@pytest.fixture
def response(study: Study) -> str:
    """A response of CIC-01 on who influences what, with an emoji of several code points."""
    conduct = held(study)
    conduct.set_consent(conduct.respondents[0].id, given=True)
    conduct.note(ResponseKey("common_position"), WORDS)
    conduct.leave(ResponseKey("common_position"))
    return ResponseKey("common_position").response_id(conduct.interview.id)


def test_a_coding_holds_its_words_and_where_they_stand(study: Study, response: str) -> None:
    start = WORDS.index("The budget papers")
    coded = code_passage(study, response, ["budget-information"], start=start, end=start + 17)
    (coding,) = codings_of(study, response)
    assert (coding.quote, coding.coder, coding.code) == ("The budget papers", "MT", "budget-information")
    assert coding.evaluation_questions == ["2.5"]
    assert study.store is not None
    assert coding.revision == study.store.heads("responses", response)[0].id
    assert coded.codings == (coding,)


def test_without_a_passage_the_whole_response_is_coded(study: Study, response: str) -> None:
    code_passage(study, response, ["one-voice"])
    (coding,) = codings_of(study, response)
    assert (coding.start, coding.end, coding.quote) == (0, len(WORDS), WORDS)


def test_several_codes_are_one_change_and_the_same_is_not_given_twice(study: Study, response: str) -> None:
    first = code_passage(study, response, ["council", "oversight", "council"], start=0, end=10)
    again = code_passage(study, response, ["council", "scbf"], start=0, end=10)
    assert [len(first.revisions), len(again.revisions)] == [2, 1]
    assert {coding.code for coding in codings_of(study, response)} == {"council", "oversight", "scbf"}
    undo(study, first.change)
    assert {coding.code for coding in codings_of(study, response)} == {"scbf"}


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (0, 9999), (9, 4), (5, 5)])
def test_a_passage_outside_the_text_is_refused(study: Study, response: str, start: int, end: int) -> None:
    with pytest.raises(StudyError, match="passage"):
        code_passage(study, response, ["council"], start=start, end=end)
    assert codings_of(study, response) == []


def test_unknown_ids_name_the_nearest(study: Study, response: str) -> None:
    with pytest.raises(UnknownId, match="oversight"):
        code_passage(study, response, ["oversigt"])
    with pytest.raises(UnknownId, match=r"1\.4a"):
        code_passage(study, response, ["council"], evaluation_questions=["1.4c"])
    with pytest.raises(UnknownId, match="common_position"):
        code_passage(study, response.replace("common_position", "comon_position"), ["council"])


def test_codes_are_found_by_a_few_letters_of_name_word_or_alias(study: Study) -> None:
    assert search_codes(study, "overs")[0].id == "oversight"
    assert search_codes(study, "over")[0].id == "oversight"  # before a shorter alias of another code
    assert "zero-growth" in [code.id for code in search_codes(study, "growth")[:3]]
    assert search_codes(study, "surveill")[0].id == "oversight"
    assert [code.id for code in search_codes(study, "sav mig")] == ["savings-migrants"]
    assert search_codes(study, "bi")[0].id == "budget-information"  # by its initials
    assert [code.id for code in search_codes(study, "sobf")] == ["scbf"]  # initials, some left out
    # Letters that no code has find none: what is merely like them would be given by mistake.
    for letters in ("qqqqzzzz", "obsever", "uge", "eff", "They save Canada money every year"):
        assert search_codes(study, letters) == [], letters
    assert find_code(study, "SCBF").id == "scbf"


def test_what_a_coding_speaks_to_can_be_changed(study: Study, response: str) -> None:
    coding = code_passage(study, response, ["council"]).codings[0]
    set_coding_questions(study, coding.id, ["3.3b", "1.1"])
    assert codings_of(study, response)[0].evaluation_questions == ["1.1", "3.3b"]


def test_the_bench_lists_what_is_to_be_coded(study: Study, response: str) -> None:
    (text,) = coding_texts(study)
    assert (text.respondent_code, text.group, text.questions) == ("CIC-01", "CIC", ("2.5",))
    assert text.codings == ()
    code_passage(study, response, ["council"], evaluation_questions=["1.4a"])
    (text,) = coding_texts(study)
    assert [coding.code for coding in text.codings] == ["council"]


def test_undo_refuses_to_wipe_out_later_work(study: Study, response: str) -> None:
    coded = code_passage(study, response, ["council"])
    set_coding_questions(study, coded.codings[0].id, ["1.1"])
    with pytest.raises(UndoConflict):
        undo(study, coded.change)
    remove_codings(study, [coded.codings[0].id])
    undo(study)
    assert len(codings_of(study, response)) == 1


def test_undo_goes_back_step_by_step_on_one_record(study: Study, response: str) -> None:
    coding = code_passage(study, response, ["council"]).codings[0]
    for question in ("1.1", "1.2"):
        set_coding_questions(study, coding.id, [question])
    seen = []
    for _ in range(3):
        undo(study, tables={"codings"})
        seen.append([each.evaluation_questions for each in codings_of(study, response)])
    assert seen == [[["1.1"]], [["2.5"]], []]
    with pytest.raises(StudyError, match="nothing of MT's left to undo"):
        undo(study, tables={"codings"})


def test_the_trail_tells_what_was_what_before(study: Study, response: str) -> None:
    coding = code_passage(study, response, ["council"]).codings[0]
    set_coding_questions(study, coding.id, ["1.1"])
    remove_codings(study, [coding.id])
    entries = list(log(study, record=coding.id))
    assert [entry.action for entry in entries] == ["added", "changed", "removed"]
    assert entries[1].fields == (("evaluation_questions", ["2.5"], ["1.1"]),)
    assert {entry.author for entry in entries} == {"MT"}
    assert list(log(study, author="ZZ")) == []


def test_a_person_has_one_cell_for_each_evaluation_question(study: Study, response: str) -> None:
    person = find_respondent(study, "CIC-01").id
    save_chart_cell(study, person, "2.5", summary="hears\nlate", position="qualified", basis="first-hand")
    save_chart_cell(study, person, "2.5", summary="hears late", position="mixed", basis="first-hand")
    cell = chart_cell(study, person, "2.5")
    assert cell is not None
    assert (cell.summary, cell.position) == ("hears late", "mixed")
    code_passage(study, response, ["council"], evaluation_questions=["1.4"])
    (row,) = chart_grid(study)
    assert row.cells["2.5"] == cell
    assert row.spoken == {"1.4a", "1.4b"}


@pytest.mark.parametrize(
    ("question", "position", "basis"),
    [("1.4", None, None), ("9.9", None, None), ("1.1", "for", None), ("1.1", None, "gossip")],
)
def test_a_cell_takes_only_what_the_framework_has(
    study: Study, question: str, position: str | None, basis: str | None
) -> None:
    person = find_respondent(study, "CIC-01").id
    with pytest.raises(UnknownId):
        save_chart_cell(study, person, question, position=position, basis=basis)


def test_words_of_somebody_who_refused_are_not_there_to_be_coded(study: Study, response: str) -> None:
    assert len(coding_texts(study)) == 1
    record_consent(study, response.partition(":")[0], find_respondent(study, "CIC-01").id, given=False)
    assert coding_texts(study) == []
