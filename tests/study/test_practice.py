"""The practice study: whole, plausible to the tables that read it, the same every time, and marked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import fieldkit.study.practice as practice
from fieldkit.findings.tabulate import tabulate
from fieldkit.protocol.framework import EvaluationQuestion
from fieldkit.protocol.values import check_value
from fieldkit.records.responses import Response
from fieldkit.records.tables import TABLES
from fieldkit.records.vocabulary import DISPOSITIONS
from fieldkit.storage.errors import StoreError
from fieldkit.study.conduct import Conduct
from fieldkit.study.drift import definition_drift
from fieldkit.study.errors import StudyError
from fieldkit.study.evidence import evidence
from fieldkit.study.history import log
from fieldkit.study.practice import make_practice_study
from fieldkit.study.practice.bank import load_bank
from fieldkit.study.study import Study
from fieldkit.text import normalise

Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A practice study; the tests here only read it."""
    folder = make_practice_study(tmp_path_factory.mktemp("practice") / "demo")
    with Study.open(folder, write=False) as opened:
        yield opened


def responses(study: Study) -> list[Response]:
    return study.records("responses")


def test_it_is_as_large_as_a_practice_study_has_to_be(study: Study) -> None:
    begun = [each for each in study.records("interviews") if each.state != "planned"]
    groups = Counter(study.record("respondents", each.respondents[0]).group for each in begun)
    assert groups == {"CIC": 8, "DFA": 4, "CIDA": 4, "IOM": 8}
    assert Counter(each.state for each in study.records("interviews")) == {
        "complete": 23,
        "paused": 1,
        "planned": 1,
    }
    assert len(responses(study)) >= 400
    assert len(study.rows("codings")) >= 600
    assert min(Counter(each.language for each in begun).values()) >= 10
    assert {each.disposition for each in responses(study)} == set(DISPOSITIONS)
    assert {each.status for each in study.records("respondents")} > {"interviewed", "invited", "declined"}


def test_it_is_marked_and_names_nobody(study: Study) -> None:
    assert study.practice
    first = next(iter(log(study, table="study")))
    assert first.author == practice.PRACTICE_AUTHOR
    contacts = study.records("contacts")
    assert {each.respondent for each in contacts} == set(study.rows("respondents"))
    for contact in contacts:
        assert contact.name.startswith("Made-up Person ")
        assert contact.email.endswith("@example.org")
        assert contact.phone is None


def test_the_guides_are_held_by_the_store_as_of_a_real_interview(study: Study) -> None:
    for interview in study.records("interviews"):
        if interview.state == "planned":
            continue
        stored = study.row("guides", interview.guide_hash)
        assert stored is not None
        assert stored["content"] == study.protocol.guides[interview.guide].to_dict()
        assert study.guide_for(interview).content_hash == interview.guide_hash


def test_every_response_is_one_its_guide_can_have(study: Study) -> None:
    for interview in study.records("interviews"):
        if interview.state == "planned":
            continue
        steps = {step.key: step for step in Conduct(study, interview.id).steps() if step.asks}
        found = [Response.of(body) for _, body in study.where("responses", "interview", interview.id)]
        assert {each.key for each in found} <= set(steps)
        if interview.state == "complete":
            # As after Conduct.complete: nothing is left without a disposition.
            assert {each.key for each in found} == set(steps)
        for response in found:
            step = steps[response.key]
            assert step.relevant == (response.disposition != "skipped by condition"), response.id
            assert check_value(step.item, response.value) == []
            assert set(response.probes) <= {probe.id for probe in step.item.probes}
            if response.disposition == "answered":
                assert response.paragraphs or response.value is not None, response.id
                assert response.paragraphs or step.item.type != "text", response.id
                assert response.value is not None or step.item.type == "text", response.id
            else:
                assert response.value is None


def test_notes_are_paragraphs_of_three_kinds_in_the_order_they_were_typed(study: Study) -> None:
    kinds = Counter(paragraph.kind for each in responses(study) for paragraph in each.paragraphs)
    assert min(kinds["verbatim"], kinds["note"]) >= 10
    assert kinds["paraphrase"] > 300
    assert sum(len(each.paragraphs) > 1 for each in responses(study)) > 150
    by_interview: dict[str, list[float]] = {}
    for response in responses(study):
        for paragraph in response.paragraphs:
            assert paragraph.offset_s is not None
            assert normalise(paragraph.text).text == paragraph.text == paragraph.text.strip()
            assert "#" not in paragraph.text
            by_interview.setdefault(response.interview, []).append(paragraph.offset_s)
    for offsets in by_interview.values():
        assert offsets == sorted(offsets)


def test_no_passage_is_said_twice_and_none_is_left_unsaid(study: Study) -> None:
    said = Counter(paragraph.text for each in responses(study) for paragraph in each.paragraphs)
    assert [text for text, times in said.items() if times > 1] == []
    passages = load_bank().unused
    assert len(passages) >= 180
    assert Counter(passage.language for passage in passages).keys() == {"en", "fr"}
    assert [line.text for each in passages for line in each.lines if line.text not in said] == []


def test_codings_sit_exactly_on_their_passages(study: Study) -> None:
    known = {code.id for code in study.codebook.codes}
    leaves = {leaf.id for leaf in study.framework.leaves}
    assert study.store is not None
    for coding in study.records("codings"):
        response = study.record("responses", coding.response)
        assert coding.quote == response.text[coding.start : coding.end] != ""
        assert coding.code in known
        assert set(coding.evaluation_questions) <= leaves
        assert coding.revision == study.store.heads("responses", coding.response)[0].id


def test_every_evaluation_question_is_coded_by_both_coders(study: Study) -> None:
    spoken: dict[str, set[str]] = {}
    for coding in study.records("codings"):
        spoken.setdefault(coding.coder, set()).update(coding.evaluation_questions)
    questions: list[EvaluationQuestion] = study.framework.evaluation_questions
    assert len(questions) == 13
    leaves = {leaf.id for leaf in study.framework.leaves}
    assert spoken == {"PR": leaves, "JL": leaves}


def test_the_second_coder_mostly_agrees_and_signs_her_own_work(study: Study) -> None:
    by_coder: dict[str, set[tuple[str, int, int, str]]] = {"PR": set(), "JL": set()}
    for coding in study.records("codings"):
        by_coder[coding.coder].add((coding.response, coding.start, coding.end, coding.code))
    twice = {response for response, *_ in by_coder["JL"]}
    first = {each for each in by_coder["PR"] if each[0] in twice}
    assert len(twice) < len({response for response, *_ in by_coder["PR"]})
    assert Fraction(65, 100) < Fraction(len(first & by_coder["JL"]), len(first | by_coder["JL"])) < 1
    coders = {record: body["coder"] for record, body in study.rows("codings").items()}
    assert {entry.record: entry.author for entry in log(study, table="codings")} == coders


def test_the_chart_has_a_varied_cell_for_most_persons_and_questions(study: Study) -> None:
    cells = study.records("chart")
    framework = study.framework
    assert len(cells) >= 180
    assert {each.position for each in cells} == {each.id for each in framework.positions}
    assert {each.basis for each in cells} == {each.id for each in framework.bases}
    assert {each.evaluation_question for each in cells} == {leaf.id for leaf in framework.leaves}
    assert all(each.summary and "\n" not in each.summary for each in cells)
    by_group: dict[str, set[str]] = {}
    for cell in cells:
        by_group.setdefault(study.record("respondents", cell.respondent).group, set()).add(cell.position)
    assert all(len(positions) >= 4 for positions in by_group.values())


def test_each_person_consents_for_herself_and_some_are_not_to_be_quoted(study: Study) -> None:
    consents = study.records("consents")
    assert len(consents) == 24
    assert all(each.given for each in consents)
    assert {each.quote for each in consents} == {each.recording for each in consents} == {True, False}
    for consent in consents:
        assert study.record("interviews", consent.interview).respondents == [consent.respondent]


def test_times_add_up_to_those_of_table_2_3(study: Study) -> None:
    tables = tabulate(evidence(study), "totals", by="place")
    table = next(each for each in tables if each.question == "cic:time_shares")
    headquarters = table.cells["membership@place=headquarters", "fte"]
    geneva = table.cells["membership@place=geneva", "fte"]
    assert (headquarters.value, headquarters.text, headquarters.n) == (Fraction(4, 5), "0.80", 3)
    assert (geneva.value, geneva.text, geneva.n) == (Fraction(17, 40), "~0.425", 2)


def test_the_tables_see_no_gap_where_the_matrix_asks(study: Study) -> None:
    from fieldkit.findings.coverage import coverage

    assert [key for key, cell in coverage(evidence(study)).items() if cell.gap] == []


def test_all_records_read_back_and_are_the_same_every_time(study: Study, tmp_path: Path) -> None:
    with Study.open(make_practice_study(tmp_path / "again"), write=False) as again:
        for table, model in TABLES.items():
            rows, others = comparable(study.rows(table)), comparable(again.rows(table))
            assert json.dumps(rows) == json.dumps(others), table
            for body in study.rows(table).values():
                assert model.of(body).unknown_fields() == []


def comparable(rows: Any) -> Rows:
    """Bodies by id, without the revision a coding was made on: its id has chance in it on purpose."""
    return {
        record: {name: value for name, value in body.items() if name != "revision"}
        for record, body in rows.items()
    }


def test_a_folder_in_use_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="not empty"):
        make_practice_study(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_nothing_is_left_where_the_records_could_not_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Study) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(practice, "_fill", full)
    with pytest.raises(StoreError, match="full"):
        make_practice_study(tmp_path / "demo")
    assert list(tmp_path.iterdir()) == []


def test_every_coding_says_under_which_definition_it_was_made(study: Study) -> None:
    versions = {code.id: code.definition_version for code in study.codebook.codes}
    codings = study.rows("codings").values()
    assert all(body["code_version"] == versions[body["code"]] for body in codings)
    assert definition_drift(study) == []
