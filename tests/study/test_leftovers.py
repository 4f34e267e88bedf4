"""What killed commands left lying about goes with a purge, and nobody else's does."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.exchange.archive import write_archive
from fieldkit.storage import backup, files
from fieldkit.study import restoring
from fieldkit.study.backups import back_up
from fieldkit.study.create import create_study
from fieldkit.study.protection import protect
from fieldkit.study.purge import purge_contacts, purge_respondent
from fieldkit.study.recording import record_response
from fieldkit.study.restoring import restore_backup, verify_backup
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study
from tests.study.test_purge import WORDS, files_with, two

__all__ = ["two"]


def killed(work: Callable[[], object]) -> None:
    """Do something in a process of its own that ends as if it were killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str], None]:
    """Let a function do its work, and the process be killed right after."""

    def after(module: object, name: str) -> None:
        real = getattr(module, name)

        def deadly_call(*arguments: object, **options: object) -> None:
            real(*arguments, **options)
            os.kill(os.getpid(), signal.SIGKILL)

        monkeypatch.setattr(module, name, deadly_call)

    return after


def test_scratch_folders_half_written_backups_and_exports_go_with_a_purge(
    two: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deadly: Callable[[object, str], None]
) -> None:
    stick = tmp_path / "stick"
    made = back_up(two, stick).path
    deadly(restoring, "extract_backup")
    killed(lambda: restore_backup(made, tmp_path / "again"))
    killed(lambda: verify_backup(made, None))
    deadly(backup, "_add")
    killed(lambda: back_up(two))
    deadly(os, "fsync")
    killed(lambda: write_archive(two, two.folder / "findings.json"))
    monkeypatch.undo()
    left = {path.name.split(".")[1] for place in (tmp_path, stick, two.folder) for path in place.glob(".*")}
    assert {name.split("-")[0] for name in left} == {"again", "fieldkit", "findings"}
    assert len(list(stick.glob("*.new"))) == 1
    done = purge_respondent(two, "CIC-01", "her own")
    two.close()
    assert files_with(tmp_path, WORDS, "CIC-01") == set()
    assert len(done.leftovers_removed) == 3
    assert done.leftovers_left == ()
    assert [path for place in (tmp_path, stick, two.folder) for path in place.glob(".*")] == []
    assert list(stick.glob("*.new")) == []


def test_those_of_another_study_stay_and_what_does_not_tell_whose_it_is_is_named(
    two: Study, tmp_path: Path, deadly: Callable[[object, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    back_up(two, stick)
    with Study.open(create_study(tmp_path / "other", author="LB")) as other:
        add_respondent(other, RosterEntry("CIC-09", {"group": "CIC"}))
        theirs = back_up(other, stick).path
        deadly(restoring, "extract_backup")
        killed(lambda: verify_backup(theirs, None))
        deadly(backup, "check_backup")
        killed(lambda: back_up(other, stick))
    monkeypatch.undo()
    unknown = tmp_path / ".again.abcdefgh" / "study" / "store" / "drafts"
    unknown.mkdir(parents=True)
    (unknown / "i1.draft").write_text("half a draft")
    export = stick / ".findings.xlsx.0a1b2c3d.part"
    export.write_text("half an export")
    half = stick / "of-whom.fieldkit-backup.new"
    half.write_bytes(b"PK half a backup")
    (tmp_path / ".config.purged").write_text("no business of a purge")
    before = {path for path in tmp_path.rglob("*") if two.folder not in path.parents}
    done = purge_contacts(two, "schedule")
    after = {path for path in tmp_path.rglob("*") if two.folder not in path.parents}
    assert before - after <= set(done.backups_removed)
    assert done.leftovers_removed == ()
    assert set(done.leftovers_left) == {unknown.parents[2], export}
    assert done.backups_left == (half,)


def test_a_scratch_folder_among_the_systems_own_goes_too(
    two: Study, tmp_path: Path, deadly: Callable[[object, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    made = back_up(two, tmp_path / "stick").path
    with monkeypatch.context() as context:
        context.setattr(restoring, "SCRATCH", "nowhere/.fieldkit-")
        deadly(restoring, "extract_backup")
        killed(lambda: verify_backup(made, None))
    monkeypatch.setattr(restoring, "extract_backup", backup.extract_backup)
    (scratch,) = (tmp_path / "tmp").iterdir()
    assert purge_contacts(two, "schedule").leftovers_removed == (scratch,)


def test_stopped_while_one_is_destroyed_the_next_purge_goes_on(
    two: Study, tmp_path: Path, deadly: Callable[[object, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(two, tmp_path / "stick").path
    with monkeypatch.context():
        deadly(restoring, "extract_backup")
        killed(lambda: verify_backup(made, None))
        deadly(files, "erase")
        killed(lambda: purge_contacts(two, "schedule"))
    monkeypatch.undo()
    two.close()
    with Study.open(two.folder) as again:
        record_response(again, "CIC-02", "unit", notes="more")
        purge_respondent(again, "CIC-01", "her own")
    assert files_with(tmp_path, WORDS, "Name-CIC-01") == set()
    assert list((tmp_path / "stick").glob(".*")) == []


def test_encrypting_a_study_destroys_what_lies_about_in_the_clear(
    two: Study, tmp_path: Path, deadly: Callable[[object, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(two, tmp_path / "stick").path
    deadly(restoring, "extract_backup")
    killed(lambda: restore_backup(made, tmp_path / "again"))
    monkeypatch.undo()
    assert files_with(tmp_path, WORDS)
    protect(two, "quatre lunes au-dessus du lac")
    two.close()
    assert files_with(tmp_path, WORDS) == set()
