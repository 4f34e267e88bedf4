"""`check` says what editing the files means for what was recorded already."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.cli.main import main
from fieldkit.records.codings import CodeRevision
from fieldkit.records.responses import ResponseKey
from fieldkit.study.checking import check_study
from fieldkit.study.study import Study, put
from tests.study.conftest import held


def edit(folder: Path, old: str, new: str) -> None:
    guide = folder / "interview_guides" / "iom.yaml"
    text = guide.read_text(encoding="utf-8")
    assert old in text
    guide.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def recorded(study: Study) -> Study:
    """A study with one answer of IOM-01 on her role."""
    conduct = held(study, "IOM-01")
    conduct.note(ResponseKey("role"), "Looks after the budget.")
    conduct.pause()
    assert check_study(study) == []
    return study


def test_a_guide_edited_in_mid_study_is_told_with_what_it_touches(recorded: Study) -> None:
    edit(recorded.folder, "id: role\n", "id: part_played\n")
    recorded.reload_protocol()
    (problem,) = check_study(recorded)
    assert (problem.file, problem.severity) == ("iom.yaml", "warning")
    assert "1 interview was held" in problem.message
    assert "item role is gone (1 response)" in problem.message
    assert "item part_played is new" in problem.message
    assert "give the guide a new version" in problem.message


def test_with_a_new_version_it_is_a_note_and_no_fault(
    recorded: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(recorded.folder, 'version: "1.0"', 'version: "1.1"')
    recorded.reload_protocol()
    (problem,) = check_study(recorded)
    assert problem.severity == "note"
    assert main(["check", str(recorded.folder), "--strict"]) == 0
    assert "iom.yaml: note: 1 interview was held" in capsys.readouterr().out


def test_a_code_edited_in_the_study_stands_in_place_of_the_files(recorded: Study) -> None:
    edited = CodeRevision(
        id="council", name={"en": "Council"}, parent="governance", definition={"en": "New."}
    )
    recorded.save([put("codes", edited)])
    (problem,) = check_study(recorded)
    assert (problem.file, problem.severity) == ("codebook.yaml", "note")
    assert "council" in problem.message
    assert recorded.codebook.code("council").definition.get("en") == "New."
