"""Search over notes: what is found, and what must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.conduct import Conduct
from fieldkit.study.consents import record_consent
from fieldkit.study.interviews import find_interview, plan_interview
from fieldkit.study.roster import find_respondent
from fieldkit.study.search import MOST_SHOWN, Filters, NotesIndex, excerpt
from fieldkit.study.study import Study
from tests.app.building import build_study
from tests.app.evaluator import study_in


@pytest.fixture
def index(world: Study) -> NotesIndex:
    made = NotesIndex(world)
    made.refresh()
    return made


@pytest.fixture
def world(tmp_path: Path):
    with Study.open(build_study(tmp_path / "study")) as study:
        yield study


def found(index: NotesIndex, query: str, filters: Filters | None = None) -> list[tuple[str, str]]:
    return [(note.codes, note.key.item) for note in index.find(query, filters).notes]


@pytest.mark.parametrize("query", ["prepares", "PRÉPARÉS", "arrive prep", "prep arriv", " tard consignes "])
def test_case_accents_and_order_do_not_matter(index: NotesIndex, query: str) -> None:
    assert found(index, query) == [("CIC-02", "common_position")]


def test_every_word_has_to_be_there_and_nothing_typed_finds_all(index: NotesIndex) -> None:
    assert found(index, "papers xylophone") == []
    assert index.find("").total == len(index) == 13


def test_group_question_and_state_narrow_what_is_found(index: NotesIndex) -> None:
    everywhere = {code for code, _ in found(index, "r")}
    assert {"CIC-01", "DFA-01"} <= everywhere
    assert {code for code, _ in found(index, "r", Filters(group="DFA"))} == {"DFA-01"}
    assert {item for _, item in found(index, "", Filters(question="2.5"))} == {"common_position"}
    assert {item for _, item in found(index, "", Filters(question="1.4"))} == {"changes"}
    assert {code for code, _ in found(index, "", Filters(state="paused"))} == {"CIC-02"}


def test_the_excerpt_shows_the_word_as_it_is_written(index: NotesIndex) -> None:
    (note,) = index.find("tard").notes
    before, word, after = excerpt(note, "TARD")
    assert (word, after) == ("tard", ".")
    assert before.endswith("consignes arrivent ")
    (note,) = index.find("sic").notes
    assert excerpt(note, "sic") == ("One voice? Mostly [", "sic", "].")


def test_the_place_is_right_where_folding_changes_the_length(tmp_path: Path) -> None:
    with study_in(tmp_path / "study") as study:
        conduct = Conduct(study, plan_interview(study, [find_respondent(study, "CIC-01").id]).id)
        conduct.note(ResponseKey("role"), "Straße… ½ déjà dit")
        conduct.save_all()
        index = NotesIndex(study)
        index.refresh()
        (note,) = index.find("deja").notes
        assert excerpt(note, "deja") == ("Straße… ½ ", "déjà", " dit")


def test_what_is_written_since_is_found_after_a_refresh(world: Study, index: NotesIndex) -> None:
    conduct = Conduct(world, find_interview(world, "CIC-02").id)
    conduct.note(ResponseKey("changes"), "Rien n’a changé depuis.")
    conduct.save_all()
    assert found(index, "n’a change") == []
    index.refresh()
    assert found(index, "n’a change") == [("CIC-02", "changes")]


def test_words_of_who_refused_are_not_shown(world: Study, index: NotesIndex) -> None:
    interview = find_interview(world, "CIC-01")
    assert found(index, "papers")
    record_consent(world, interview.id, interview.respondents[0], given=False)
    index.refresh()
    assert found(index, "papers") == []


def test_in_a_joint_interview_only_the_words_of_who_refused_fall_away(tmp_path: Path) -> None:
    with study_in(tmp_path / "study") as study:
        people = [find_respondent(study, code).id for code in ("CIC-01", "CIC-02")]
        conduct = Conduct(study, plan_interview(study, people).id)
        paragraphs = [
            {"text": f"said by {number}", "kind": "paraphrase", "respondent": each}
            for number, each in enumerate(people)
        ]
        conduct.type_notes(ResponseKey("overlap_case"), paragraphs)
        conduct.save_all()
        conduct.set_consent(people[0], given=False)
        index = NotesIndex(study)
        index.refresh()
        (note,) = index.find("said").notes
        assert note.text == "said by 1"


def test_results_are_capped_and_counted(tmp_path: Path) -> None:
    with study_in(tmp_path / "study") as study:
        person = find_respondent(study, "CIC-01").id
        for _ in range(MOST_SHOWN + 2):
            conduct = Conduct(study, plan_interview(study, [person]).id)
            conduct.note(ResponseKey("role"), "the same words")
            conduct.save_all()
        index = NotesIndex(study)
        index.refresh()
        result = index.find("same")
        assert (len(result.notes), result.total) == (MOST_SHOWN, MOST_SHOWN + 2)
