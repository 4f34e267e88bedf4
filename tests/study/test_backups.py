"""Backups that are kept, those that make room, and who may look into the folders they lie in."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.study.backups import back_up
from fieldkit.study.create import create_study
from fieldkit.study.locate import template_folder
from fieldkit.study.restoring import restore_backup
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study


@pytest.fixture
def lax() -> Iterator[None]:
    """A system whose defaults let everybody read everything."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(*folders: Path) -> set[str]:
    return {oct(stat.S_IMODE(folder.stat().st_mode)) for folder in folders}


def dated(backup: Path, path: Path, made_at: str) -> Path:
    """Write a backup once more, with another date in what it says of itself."""
    target = io.BytesIO()
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "backup.json":
                content = json.dumps({**json.loads(content), "made_at": made_at}).encode()
            made.writestr(name, content)
    path.write_bytes(target.getvalue())
    return path


@pytest.mark.parametrize("made_at", ["9999-12-31T23:59:59.000Z", "0001-01-01T00:00:00.000Z", ""])
def test_a_backup_that_claims_another_date_pushes_out_none_that_is_genuine(
    study: Study, tmp_path: Path, made_at: str
) -> None:
    stick = tmp_path / "stick"
    genuine = [back_up(study, stick, 3).path for _ in range(3)]
    planted = [dated(genuine[0], stick / f"planted{n}.fieldkit-backup", made_at) for n in range(4)]
    newest = back_up(study)
    assert newest.removed == (genuine[0],)
    assert set(stick.iterdir()) == {*genuine[1:], *planted, newest.path}


def test_the_order_is_that_in_which_this_laptop_made_them_whatever_their_dates(
    study: Study, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    first, second = back_up(study, stick, 2).path, back_up(study).path
    dated(first, first, "9999-12-31T23:59:59.000Z")
    assert back_up(study).removed == (first,)
    assert second.exists()


def test_another_study_under_the_same_names_is_left_alone(study: Study, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    mine = back_up(study, stick, 1).path
    with Study.open(create_study(tmp_path / "other", author="LB")) as other:
        add_respondent(other, RosterEntry("CIC-09", {"group": "CIC"}))
        theirs = back_up(other, tmp_path / "elsewhere").path
    mine.write_bytes(theirs.read_bytes())
    assert back_up(study).removed == ()
    assert mine.exists()


def test_a_study_that_was_moved_goes_on_counting(study: Study, tmp_path: Path) -> None:
    first = back_up(study, keep=1).path
    study.close()
    moved = tmp_path / "moved"
    study.folder.rename(moved)
    with Study.open(moved) as again:
        assert back_up(again).removed == (moved / "backups" / first.name,)


def test_folders_made_for_a_backup_are_private_and_those_that_were_there_stay(
    lax: None, study: Study, tmp_path: Path
) -> None:
    (tmp_path / "shared").mkdir(mode=0o755)
    place = tmp_path / "shared" / "a" / "b" / "c"
    made = back_up(study, place).path
    assert modes(place, place.parent, place.parent.parent) == {"0o700"}
    assert modes(tmp_path / "shared") == {"0o755"}
    assert modes(made) == {"0o600"}


def test_a_new_or_restored_study_is_private_and_only_its_guides_are_as_their_template_has_them(
    lax: None, study: Study, tmp_path: Path
) -> None:
    new = create_study(tmp_path / "x" / "y" / "new", author="MT")
    back = restore_backup(back_up(study, tmp_path / "stick").path, tmp_path / "u" / "v" / "back")
    for folder in (new, back):
        Study.open(folder).close()
        assert modes(folder, folder.parent, folder.parent.parent, folder / "store") == {"0o700"}
        kept = [path for path in (folder / "store").rglob("*") if path.is_file()]
        assert modes(*kept) == {"0o600"}
    assert modes(*(new / "interview_guides").iterdir()) <= modes(*template_folder().iterdir())
    assert modes(*(back / "interview_guides").iterdir()) == {"0o600"}
