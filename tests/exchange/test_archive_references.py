"""An archive of revisions hangs together with the study, or is refused; a study's own always comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fieldkit.exchange.archive import import_archive, write_archive
from fieldkit.exchange.errors import FileRefused
from fieldkit.exchange.outcome import Imported
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.coding import code_passage
from fieldkit.study.recording import record_response
from fieldkit.study.study import Study

NewStudy = Callable[..., Study]


def taken_in(study: Study, other: Study, folder: Path) -> Imported:
    """Import a study's archive into another, which must then export the same bytes."""
    first, again = folder / "first.json", folder / "again.json"
    write_archive(study, first, with_contacts=True)
    outcome = import_archive(other, first)
    write_archive(other, again, with_contacts=True)
    assert again.read_bytes() == first.read_bytes()
    return outcome


def changed(study: Study, table: str, **fields: Any) -> Put:
    record, body = next(iter(study.rows(table).items()))
    return Put(table, record, {**body, **fields})


def valued(study: Study, value: Any) -> Put:
    interview = next(iter(study.rows("interviews")))
    body = {"interview": interview, "item": "since", "value": value}
    return Put("responses", "r", {"id": "r", **body})


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda s: changed(s, "responses", interview="nowhere"), "its interview nowhere is neither in the"),
        (lambda s: changed(s, "codings", response="nothing"), "its response nothing is neither in the"),
        (lambda s: changed(s, "respondents", group="ZZ"), "no group 'ZZ'"),
        (lambda s: changed(s, "respondents", place="moon"), "no place 'moon'"),
        (lambda s: changed(s, "interviews", guide="zz"), "a form of the guide cic, and not of zz"),
        (lambda s: changed(s, "interviews", guide="zz", guide_hash=None), "no guide 'zz'"),
        (lambda s: changed(s, "interviews", respondents=["noone"]), "its respondent noone is neither"),
        (lambda s: changed(s, "chart", respondent="noone"), "its respondent noone is neither"),
        (lambda s: valued(s, {"zz": 99}), "value: "),
        (lambda s: changed(s, "codings", end=99999), "to 99999 goes beyond the text"),
    ],
)
def test_what_names_nothing_is_refused_with_the_list(
    study: Study, new_study: NewStudy, tmp_path: Path, write: Callable[[Study], Put], said: str
):
    study.save([write(study)])
    write_archive(study, tmp_path / "a.json")
    other = new_study("other")
    with pytest.raises(FileRefused) as refused:
        import_archive(other, tmp_path / "a.json")
    assert [line for line in refused.value.problems if said in line]
    assert list(other.store.revisions()) == []


def test_what_was_deleted_or_undone_since_does_not_keep_an_archive_out(
    study: Study, new_study: NewStudy, tmp_path: Path
):
    coding = next(iter(study.rows("codings").values()))
    texts = {"name": {"en": "Fog", "fr": "Brume"}, "definition": {"en": "Fog.", "fr": "Brume."}}
    commit = study.save([Put("codes", "fog", {"id": "fog", **texts})])
    code_passage(study, coding["response"], ["fog"], start=0, end=10)
    study.store.undo(commit.change, author="MT")
    study.save([Delete("responses", coding["response"])])
    interview = next(iter(study.rows("interviews")))
    study.save([Delete("interviews", interview)])
    notes = "\n".join(taken_in(study, new_study("other"), tmp_path).notes)
    assert "the response was deleted since" in notes
    assert "the interview was deleted since" in notes


def test_interviews_held_with_an_earlier_guide_come_back_and_are_told_of(
    study: Study, new_study: NewStudy, tmp_path: Path
):
    other = new_study("other")
    guide = other.folder / "interview_guides" / "cic.yaml"
    told = guide.read_text(encoding="utf-8")
    guide.write_text(told.replace("id: since", "id: since_when"), encoding="utf-8")
    study.save([valued(study, 1999)])
    interview = next(iter(study.rows("interviews")))
    note = f"interviews {interview}: held with another form of guide cic, and keeps it"
    assert note in taken_in(study, other, tmp_path).notes


def test_a_value_of_a_guide_that_was_not_kept_is_taken_in_and_told_of(
    study: Study, new_study: NewStudy, tmp_path: Path
):
    study.save([changed(study, "interviews", guide_hash=None, guide_version="0.1"), valued(study, "maybe")])
    notes = taken_in(study, new_study("other"), tmp_path).notes
    assert "responses r: the value does not fit guide cic as it is now" in notes


def test_a_passage_of_a_text_that_was_shortened_since_is_taken_in_and_told_of(
    study: Study, new_study: NewStudy, tmp_path: Path
):
    response = next(iter(study.rows("codings").values()))["response"]
    record_response(study, "CIC-01", study.row("responses", response)["item"], notes="Bref.")
    notes = taken_in(study, new_study("other"), tmp_path).notes
    assert "the passage was marked in an earlier text of the response" in "\n".join(notes)


def test_part_of_a_history_is_taken_in_and_told_of(study: Study, new_study: NewStudy, tmp_path: Path):
    study.save([changed(study, "respondents", level="executive")])
    path = tmp_path / "a.json"
    write_archive(study, path)
    first = next(r for r in study.store.revisions() if r.table == "respondents")
    archive = json.loads(path.read_text(encoding="utf-8"))
    archive["revisions"] = [each for each in archive["revisions"] if each["id"] != first.id]
    path.write_text(json.dumps(archive), encoding="utf-8")
    notes = import_archive(new_study("other"), path).notes
    assert "part of the history only: earlier revisions that the archive lacks: 1" in notes
