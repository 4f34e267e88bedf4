"""A study that was encrypted and is not any more: noticed even where nothing in its folder tells."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldkit.storage.errors import StoreSealed
from fieldkit.study.create import create_study
from fieldkit.study.protection import needs_passphrase, protect, unlock
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study

SECRET = "quatre lunes au-dessus du lac"


@pytest.fixture(autouse=True)
def _a_laptop_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    return create_study(tmp_path / "study", author="MT", passphrase=SECRET)


def replaced(folder: Path) -> bytes:
    """Put a store that is not encrypted, without keys, in a study's place; returns its journal."""
    other = create_study(folder.with_name("other"), author="XX")
    with Study.open(other) as study:
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
    shutil.rmtree(folder / "store")
    shutil.copytree(other / "store", folder / "store")
    return (folder / "store" / "journal").read_bytes()


def refused(folder: Path) -> str:
    told = set()
    for attempt in (lambda: needs_passphrase(folder), lambda: Study.open(folder).close()):
        with pytest.raises(StoreSealed) as error:
            attempt()
        told.add(str(error.value))
    (line,) = told
    assert "\n" not in line
    assert str(folder) in line
    return line


def test_a_plain_store_in_its_place_is_refused_and_nothing_is_written(sealed: Path) -> None:
    journal = replaced(sealed)
    told = refused(sealed)
    assert "restore a backup" in told
    assert (sealed / "store" / "journal").read_bytes() == journal
    # What the line says of another study that was put there on purpose holds.
    Path(told.rpartition("remove ")[2]).unlink()
    assert not needs_passphrase(sealed)
    Study.open(sealed).close()


def test_a_study_that_came_from_elsewhere_is_remembered_once_it_was_opened(
    sealed: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(sealed, moved)
    Study.open(moved, write=False, keys=unlock(moved, SECRET)).close()
    replaced(moved)
    refused(moved)


def test_a_study_that_was_encrypted_later_is_remembered(tmp_path: Path) -> None:
    folder = create_study(tmp_path / "study", author="MT")
    with Study.open(folder) as study:
        protect(study, SECRET)
    replaced(folder)
    refused(folder)


def test_a_new_study_in_the_same_place_is_as_it_was_made(sealed: Path) -> None:
    shutil.rmtree(sealed)
    create_study(sealed, author="MT")
    with Study.open(sealed) as study:
        assert not study.sealed
    shutil.rmtree(sealed / "store")
    with Study.open(sealed) as study:
        study.decide_protection(SECRET)
        study.begin_store()
    replaced(sealed)
    refused(sealed)


def test_what_is_remembered_says_nothing_and_may_be_impossible(tmp_path: Path, sealed: Path) -> None:
    (kept,) = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert kept.read_bytes() == b""
    assert kept.stat().st_mode & 0o077 == kept.parent.stat().st_mode & 0o077 == 0
    shutil.rmtree(tmp_path / "state")
    (tmp_path / "state").write_bytes(b"no folder")
    with Study.open(sealed, keys=unlock(sealed, SECRET)) as study:
        assert study.sealed
