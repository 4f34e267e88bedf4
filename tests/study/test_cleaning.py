"""Cleaning up leaves kinds, times, speakers and attributions right, and codings on their words."""

from __future__ import annotations

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.storage.writes import Put
from fieldkit.study.cleaning import correct_words, join_paragraphs, set_kind, split_paragraph
from fieldkit.study.coding import code_passage, codings_of, find_response
from fieldkit.study.errors import StudyError
from fieldkit.study.history import undo
from fieldkit.study.study import Study
from tests.study.conftest import held

PARAGRAPHS = [
    {
        "text": "It listens. It is late.",
        "kind": "verbatim",
        "offset_s": 3.5,
        "respondent": "p",
        "probe": "who",
    },
    {"text": "He nods.", "kind": "note", "offset_s": 9.0},
    {"text": "On budgets,", "kind": "verbatim", "offset_s": 12.0, "attribution": "none"},
    {"text": "late again.", "kind": "paraphrase", "offset_s": 15.0, "attribution": "none"},
    {"text": "Open.", "kind": "paraphrase", "offset_s": 20.0},
]


@pytest.fixture
def response(study: Study) -> str:
    conduct = held(study)
    conduct.set_consent(conduct.respondents[0].id, given=True)
    conduct.note(ResponseKey("common_position"), "x")
    conduct.leave(ResponseKey("common_position"))
    record = ResponseKey("common_position").response_id(conduct.interview.id)
    body = study.row("responses", record) or {}
    study.save([Put("responses", record, {**body, "paragraphs": PARAGRAPHS, "of_a_newer_version": 1})])
    return record


def paragraphs(study: Study, response: str) -> list[dict[str, object]]:
    return [
        {name: value for name, value in each.items() if value is not None}
        for each in find_response(study, response).body()["paragraphs"]
    ]


def test_a_split_copies_what_a_paragraph_has(study: Study, response: str) -> None:
    code_passage(study, response, ["council"], start=12, end=22)
    split_paragraph(study, response, 0, 11)
    first, second, *rest = paragraphs(study, response)
    assert (first, second) == (
        {**PARAGRAPHS[0], "text": "It listens."},
        {**PARAGRAPHS[0], "text": "It is late."},
    )
    assert rest == PARAGRAPHS[1:]
    assert (study.row("responses", response) or {})["of_a_newer_version"] == 1
    (coding,) = codings_of(study, response)
    assert find_response(study, response).text[coding.start : coding.end] == "It is late"
    undo(study)
    assert paragraphs(study, response) == PARAGRAPHS


def test_a_join_keeps_the_firsts_but_makes_nothing_verbatim_that_was_not(study: Study, response: str) -> None:
    join_paragraphs(study, response, 2)
    assert paragraphs(study, response)[2] == {
        "text": "On budgets, late again.",
        "kind": "paraphrase",
        "offset_s": 12.0,
        "attribution": "none",
    }
    split_paragraph(study, response, 0, 12)
    join_paragraphs(study, response, 0)
    assert paragraphs(study, response)[0] == PARAGRAPHS[0]


def test_what_must_not_be_joined_stays_apart(study: Study, response: str) -> None:
    for place, told in ((0, "speakers"), (1, "attributions"), (3, "attributions"), (4, "no paragraph 4")):
        with pytest.raises(StudyError, match=told):
            join_paragraphs(study, response, place)
    correct_words(study, response, 2, "")
    correct_words(study, response, 2, "")
    with pytest.raises(StudyError, match="own note"):
        join_paragraphs(study, response, 1)


def test_kinds_and_words_are_changed_and_nothing_else(study: Study, response: str) -> None:
    set_kind(study, response, 4, "verbatim")
    correct_words(study, response, 0, "It liste\u0301ns.")
    assert paragraphs(study, response)[4] == {**PARAGRAPHS[4], "kind": "verbatim"}
    assert paragraphs(study, response)[0] == {**PARAGRAPHS[0], "text": "It listéns."}
    with pytest.raises(StudyError, match="one line"):
        correct_words(study, response, 0, "a\nb")
    with pytest.raises(StudyError, match="no kind of paragraph"):
        set_kind(study, response, 0, "quote")  # type: ignore[arg-type]
    for offset in (-3, 0, 11, 99):
        with pytest.raises(StudyError, match="one side"):
            split_paragraph(study, response, 0, offset)
    for _ in range(4):
        correct_words(study, response, 0, "")
    with pytest.raises(StudyError, match="nothing would be left"):
        correct_words(study, response, 0, " ")
