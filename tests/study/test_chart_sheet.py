"""The chart as a whole: what a cell rests on, when it is stale, what is left to chart."""

from __future__ import annotations

import pytest

from fieldkit.records.codings import ChartCell
from fieldkit.records.responses import ResponseKey
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.chart_passages import drafted_summary
from fieldkit.study.chart_sheet import SheetCell, chart_sheet, count_sheet, to_chart_next
from fieldkit.study.coding import code_passage, remove_codings, set_coding_questions
from fieldkit.study.conduct import Conduct
from fieldkit.study.history import undo
from fieldkit.study.interviews import plan_interview
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study, put
from tests.study.conftest import held

SAID = "Papers come late. « On arrive préparés », dit-elle."
ITEM = "common_position"
"""An item of the CIC guide that serves 2.5."""


def heard(study: Study, code: str = "CIC-01") -> Conduct:
    """The interview of a respondent who agreed to take part."""
    conduct = held(study, code)
    conduct.set_consent(conduct.respondents[0].id, given=True)
    return conduct


def note(conduct: Conduct, text: str, item: str = ITEM, respondent: str | None = None) -> str:
    conduct.note(ResponseKey(item, None, respondent), text)
    conduct.save_all()
    return ResponseKey(item, None, respondent).response_id(conduct.interview.id)


def cell(study: Study, question: str = "2.5", code: str = "CIC-01") -> SheetCell:
    (row,) = (row for row in chart_sheet(study, study.author) if row.code == code)
    return row.cells[question]


def charted(study: Study) -> None:
    save_chart_cell(study, find_respondent(study, "CIC-01").id, "2.5", position="qualified")


def test_an_answer_stands_whole_until_something_of_it_is_coded_to_the_question(study: Study) -> None:
    response = note(heard(study), SAID)
    assert [(said.words, said.codes) for said in cell(study).said] == [(SAID, ())]
    code_passage(study, response, ["council"], start=0, end=17)
    code_passage(study, response, ["one-voice"], start=0, end=17)
    code_passage(study, response, ["scbf"], start=18, end=len(SAID), evaluation_questions=["1.4"])
    assert [(said.words, said.codes) for said in cell(study).said] == [
        ("Papers come late.", ("council", "one-voice"))
    ]
    for part in ("1.4a", "1.4b"):
        assert [said.words for said in cell(study, part).said] == [SAID[18:]]
    assert cell(study, "1.1").said == ()


def test_a_cell_is_stale_when_its_passages_change_and_not_when_others_do(study: Study) -> None:
    conduct = heard(study)
    response = note(conduct, SAID)
    charted(study)
    assert not cell(study).stale
    note(conduct, "A value of nothing.", "missed")
    assert not cell(study).stale, "another answer, to another question"
    (first,) = code_passage(study, response, ["council"], start=0, end=17).codings
    assert cell(study).stale
    charted(study)
    assert not cell(study).stale, "charted anew, though with the same position"
    set_coding_questions(study, first.id, ["2.5", "1.1"])
    assert not cell(study).stale, "the same passage, with the same words"
    set_coding_questions(study, first.id, ["1.1"])
    assert cell(study).stale
    undo(study)
    assert not cell(study).stale, "all is as it was when it was charted"
    remove_codings(study, [first.id])
    assert cell(study).stale


def test_a_cell_is_stale_when_the_words_or_the_value_of_an_answer_change(study: Study) -> None:
    conduct = heard(study)
    note(conduct, SAID)
    charted(study)
    note(conduct, SAID + " And again.")
    assert cell(study).stale
    note(conduct, SAID)
    assert not cell(study).stale


def test_a_cell_that_does_not_say_what_it_rests_on_is_not_stale(study: Study) -> None:
    conduct = heard(study)
    note(conduct, SAID)
    charted(study)
    (body,) = study.rows("chart").values()
    study.save([put("chart", ChartCell.of(body).model_copy(update={"rests_on": None}))])
    note(conduct, "Something else.")
    assert not cell(study).stale


def test_the_second_coders_work_makes_no_cell_of_the_first_coder_stale(study: Study) -> None:
    response = note(heard(study), SAID)
    code_passage(study, response, ["council"], start=0, end=17)
    charted(study)
    study.author = "JL"
    code_passage(study, response, ["scbf"], start=18, end=30)
    assert [said.words for said in cell(study).said] == [SAID[18:30]], "her own passages are hers"
    assert cell(study).cell is None
    assert cell(study).others is not None
    study.author = "MT"
    assert not cell(study).stale


def test_of_a_joint_interview_only_what_is_known_to_be_hers_is_hers(study: Study) -> None:
    add_roster(study, [RosterEntry("CIC-02", {"group": "CIC"})])
    people = [find_respondent(study, code).id for code in ("CIC-01", "CIC-02")]
    conduct = Conduct(study, plan_interview(study, people).id)
    conduct.start()
    for person in people:
        conduct.set_consent(person, given=True)
    key = ResponseKey(ITEM)
    paragraphs = [
        {"text": "Nobody's.", "kind": "paraphrase"},
        {"text": "Hers.", "kind": "paraphrase", "respondent": people[1]},
    ]
    conduct.type_notes(key, paragraphs)
    conduct.save_all()
    assert [said.words for said in cell(study, code="CIC-02").said] == ["Hers."]
    assert cell(study, code="CIC-01").said == ()


def test_what_is_left_is_counted_and_found(study: Study) -> None:
    note(heard(study), SAID)
    note(heard(study, "DFA-01"), "Less so on new roles.", "influence")
    rows = chart_sheet(study, "MT")
    questions = list(rows[0].cells)
    assert [row.code for row in rows] == ["CIC-01", "DFA-01"]
    assert count_sheet(rows).wanting == 2
    first, second = questions.index("2.5"), questions.index("2.1")
    assert to_chart_next(rows, questions, 0, 0) == (0, first)
    assert to_chart_next(rows, questions, 0, first) == (1, second)
    assert to_chart_next(rows, questions, 1, second) == (0, first)
    charted(study)
    rows = chart_sheet(study, "MT")
    assert (count_sheet(rows).filled, count_sheet(rows).wanting) == (1, 1)
    assert to_chart_next(rows, questions, 0, 0) == (1, second)


def test_a_summary_is_drafted_of_the_officials_own_words_only(study: Study) -> None:
    conduct = heard(study)
    paragraphs = [
        {"text": "We are late.", "kind": "verbatim"},
        {"text": "She sighs.", "kind": "note"},
        {"text": "Always.", "kind": "verbatim"},
        {"text": "Not for the file.", "kind": "verbatim", "attribution": "none"},
    ]
    conduct.type_notes(ResponseKey(ITEM), paragraphs)
    conduct.save_all()
    assert drafted_summary(cell(study).said) == "We are late. / Always."
    response = ResponseKey(ITEM).response_id(conduct.interview.id)
    code_passage(study, response, ["council"], start=0, end=7)
    assert drafted_summary(cell(study).said) == "We are "
    assert cell(study, "1.1").cell is None, "nothing is drafted by itself"


@pytest.mark.parametrize("count", [1, 40])
def test_a_draft_is_a_line(study: Study, count: int) -> None:
    conduct = heard(study)
    paragraphs = [{"text": f"{at:02} " + "word " * 20, "kind": "verbatim"} for at in range(count)]
    conduct.type_notes(ResponseKey(ITEM), paragraphs)
    conduct.save_all()
    drafted = drafted_summary(cell(study).said)
    assert drafted.startswith("00 word")
    assert len(drafted) <= 240
