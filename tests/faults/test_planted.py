"""What somebody may plant in a study's folder: nothing of somebody else's is written through it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.cli.main import main
from fieldkit.storage import NotDurable, Put, Store, StoreError, files
from fieldkit.study.create import create_study
from fieldkit.study.interviews import interview_for
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study with an interview of CIC-01."""
    made = create_study(tmp_path / "study", author="MT")
    with Study.open(made) as opened:
        interview_for(opened, add_respondent(opened, RosterEntry("CIC-01", {"group": "CIC"})).id)
    return made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A file of somebody's own, which must stay as it is."""
    path = tmp_path / "elsewhere"
    path.write_bytes(b"somebody's own")
    path.chmod(0o644)
    before = path.stat().st_mtime_ns
    yield path
    found = path.stat()
    assert path.read_bytes() == b"somebody's own"
    assert (found.st_mode & 0o777, found.st_mtime_ns) == (0o644, before)


def refused(capsys: pytest.CaptureFixture[str], study: Path) -> str:
    """Record something; returns the one line that refuses it."""
    capsys.readouterr()
    recording = ["record", "--interview", "CIC-01", "--item", "role", "--notes", "words", "-s", str(study)]
    assert main(recording) == 1
    (line,) = capsys.readouterr().err.splitlines()
    return line


@pytest.mark.parametrize("name", ["lock", "anchor"])
def test_a_file_with_another_name_is_not_written(
    study: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = study / "store" / name
    path.unlink()
    path.hardlink_to(elsewhere)
    told = refused(capsys, study)
    assert str(path) in told
    assert "hard link" in told
    path.unlink()
    with Store.open(study / "store") as store:
        assert store.verify().ok


def test_a_journal_with_another_name_is_read_and_not_written(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = study / "store" / "journal"
    (tmp_path / "other").hardlink_to(journal)
    before = journal.read_bytes()
    assert str(journal) in refused(capsys, study)
    assert main(["verify", "-s", str(study)]) == 0
    assert journal.read_bytes() == before


def test_a_draft_with_another_name_is_not_written(study: Path, tmp_path: Path) -> None:
    with Store.open(study / "store") as store:
        store.drafts.append("i1", "role", "first")
    draft = study / "store" / "drafts" / "i1.draft"
    (tmp_path / "other").hardlink_to(draft)
    before = draft.read_bytes()
    with Store.open(study / "store") as store:
        with pytest.raises(NotDurable, match="hard link") as told:
            store.drafts.append("i1", "role", "second")
        assert str(draft) in str(told.value)
        assert draft.read_bytes() == before


def test_what_is_erased_is_not_overwritten_under_another_name(elsewhere: Path, tmp_path: Path) -> None:
    (tmp_path / "planted").hardlink_to(elsewhere)
    with pytest.raises(OSError, match="hard link"):
        files.erase(tmp_path / "planted")
    assert (tmp_path / "planted").exists()


@pytest.mark.parametrize("dangling", [False, True])
def test_a_link_in_the_stores_place_is_not_followed(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], dangling: bool
) -> None:
    store = study / "store"
    store.rename(tmp_path / "moved")
    before = (tmp_path / "moved" / "journal").read_bytes()
    store.symlink_to(tmp_path / ("nowhere" if dangling else "moved"))
    told = refused(capsys, study)
    assert str(store) in told
    assert "is a link" in told
    for write in (True, False):
        with pytest.raises(StoreError, match="is a link"):
            Study.open(study, write=write)
    with pytest.raises(StoreError, match="is a link"):
        Store.create(store)
    assert (tmp_path / "moved" / "journal").read_bytes() == before
    assert not (tmp_path / "nowhere").exists()


def test_a_study_that_is_reached_through_a_link_opens(study: Path, tmp_path: Path) -> None:
    (tmp_path / "shortcut").symlink_to(study)
    with Store.open(tmp_path / "shortcut" / "store") as store:
        store.commit([Put("t", "r", {})], author="AB")
