"""Codings follow their words when notes are corrected; what cannot be told waits for a person."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from fieldkit.exchange.csv import write_csv
from fieldkit.findings.tabulate import tabulate
from fieldkit.records.responses import ResponseKey
from fieldkit.study.anchoring import keep_coding, waiting_codings
from fieldkit.study.coding import code_passage, coding_texts, codings_of, remove_codings
from fieldkit.study.errors import StudyError
from fieldkit.study.evidence import evidence
from fieldkit.study.history import undo
from fieldkit.study.recording import record_response
from fieldkit.study.study import Study
from tests.study.conftest import held

WORDS = "Le Conseil écoute, mais tard.\nThe budget papers come late, he says."


@pytest.fixture
def response(study: Study) -> str:
    conduct = held(study)
    conduct.set_consent(conduct.respondents[0].id, given=True)
    conduct.note(ResponseKey("common_position"), WORDS)
    conduct.leave(ResponseKey("common_position"))
    return ResponseKey("common_position").response_id(conduct.interview.id)


def coded(study: Study, response: str, words: str) -> str:
    start = WORDS.index(words)
    return code_passage(study, response, ["council"], start=start, end=start + len(words)).codings[0].id


def correct(study: Study, response: str, words: str) -> None:
    record_response(study, response.partition(":")[0], "common_position", notes=words)


def test_a_correction_before_them_moves_the_codings_everywhere(
    study: Study, response: str, tmp_path: Path
) -> None:
    coded(study, response, "The budget papers")
    later = "Avant tout.\n" + WORDS.replace("Conseil", "Conseil exécutif").replace("he says", "she says")
    correct(study, response, later)
    (coding,) = codings_of(study, response)
    assert later[coding.start : coding.end] == coding.quote == "The budget papers"
    assert coding_texts(study)[0].codings == (coding,)
    assert waiting_codings(study) == []
    write_csv(study, tmp_path / "a.csv", language="en")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig")))
    assert (int(row["start"]), row["quote"], row["passage_state"]) == (
        coding.start,
        "The budget papers",
        "moved",
    )
    # The same passage is known to be coded already, at its new place.
    again = code_passage(study, response, ["council"], start=coding.start, end=coding.end)
    assert not again.revisions


def test_edited_words_wait_and_are_counted_until_somebody_decides(study: Study, response: str) -> None:
    coding = coded(study, response, "The budget papers come late")
    correct(study, response, WORDS.replace("budget papers come", "papers on the budget come"))
    (waiting,) = waiting_codings(study)
    assert (waiting.coding.id, waiting.anchored.state) == (coding, "changed")
    assert waiting.words == "The papers on the budget come late"
    (persons, *_) = tabulate(evidence(study), "codes")
    assert persons.cells["council", "total"].value == 1
    assert any("until somebody decides on them: 1" in note for note in persons.notes)
    kept = keep_coding(study, coding)
    assert (kept.quote, waiting_codings(study)) == ("The papers on the budget come late", [])
    undo(study)
    assert len(waiting_codings(study)) == 1


def test_lost_words_are_neither_shifted_nor_dropped(study: Study, response: str) -> None:
    coding = coded(study, response, "The budget papers come late")
    correct(study, response, "Le Conseil écoute, mais tard.\nShe would rather not say.")
    (waiting,) = waiting_codings(study)
    assert (waiting.anchored.state, waiting.words) == ("lost", "")
    assert [each.id for each in codings_of(study, response)] == [coding]
    with pytest.raises(StudyError, match="give the passage"):
        keep_coding(study, coding)
    with pytest.raises(StudyError, match="is not in"):
        keep_coding(study, coding, start=50, end=500)
    assert keep_coding(study, coding, start=30, end=33).quote == "She"
    undo(study)
    remove_codings(study, [coding])
    assert waiting_codings(study) == []


def test_words_that_come_back_settle_it_by_themselves(study: Study, response: str) -> None:
    coded(study, response, "mais tard")
    correct(study, response, "Rien.")
    assert len(waiting_codings(study)) == 1
    correct(study, response, WORDS)
    assert waiting_codings(study) == []
