"""Codes made of the words they are first given to."""

from __future__ import annotations

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.codebook import find_code
from fieldkit.study.coding import codings_of
from fieldkit.study.errors import StudyError
from fieldkit.study.history import undo
from fieldkit.study.in_vivo import code_in_vivo
from fieldkit.study.study import Study
from tests.study.conftest import held

WORDS = "« On serre un bout du ballon » 👩‍💼, dit-elle. 2005 fut tard."


@pytest.fixture
def response(study: Study) -> str:
    conduct = held(study)
    conduct.note(ResponseKey("common_position"), WORDS)
    conduct.save_all()
    return ResponseKey("common_position").response_id(conduct.interview.id)


def test_the_code_and_its_coding_are_one_change(study: Study, response: str) -> None:
    start = WORDS.index("On serre")
    coded = code_in_vivo(study, response, "Bout du ballon", start, start + 26)
    (coding,) = codings_of(study, response)
    assert (coding.code, coding.quote) == ("bout-du-ballon", "On serre un bout du ballon")
    assert coding.evaluation_questions == ["2.5"]
    code = find_code(study, "bout du ballon")
    assert code.definition.get("fr") == "“On serre un bout du ballon”"
    undo(study, coded.change)
    assert codings_of(study, response) == []
    assert "bout-du-ballon" not in {code.id for code in study.codebook.codes}


def test_a_name_that_a_code_has_gives_that_code(study: Study, response: str) -> None:
    before = len(study.codebook.codes)
    assert code_in_vivo(study, response, "COUNCIL", 0, 5).codings[0].code == "council"
    assert len(study.codebook.codes) == before


def test_ids_are_plain_letters_and_never_taken(study: Study, response: str) -> None:
    ids = [
        code_in_vivo(study, response, name, 0, 5).codings[0].code
        for name in ("Été 2005 !", "été (2005)", "2005", "会議")
    ]
    assert ids == ["ete-2005", "ete-2005-2", "in-vivo", "in-vivo-2"]


@pytest.mark.parametrize(("name", "start", "end"), [(" « » ", 0, 5), ("x" * 61, 0, 5), ("new", 5, 5)])
def test_what_makes_no_code_writes_nothing(
    study: Study, response: str, name: str, start: int, end: int
) -> None:
    with pytest.raises(StudyError):
        code_in_vivo(study, response, name, start, end)
    assert not study.rows("codes")
    assert not study.rows("codings")
