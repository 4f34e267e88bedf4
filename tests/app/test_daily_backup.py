"""The backup of the day: made once while one works, told where it fails, and in nobody's way."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fieldkit.storage import files
from fieldkit.study import backups, soundness
from fieldkit.study.backups import back_up_if_due
from fieldkit.study.local import last_backup
from fieldkit.study.restoring import verify_backup
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.locked import LockedScreen
from tests.app.frames import frame, press, settled
from tests.app.sealed import sealed_study
from tests.app.test_lock import opened


async def shown(study: Study) -> str:
    """The Desk, once everything that opening the app begins is done."""
    app = FieldkitApp(study, backups=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "f2")
        assert app.is_running
        return " ".join(frame(app).split())


def written(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("*.fieldkit-backup"))


async def test_opening_the_app_makes_one_a_day(folder: Path) -> None:
    with Study.open(folder) as study:
        told = await shown(study)
    (made,) = written(folder)
    assert made.parent == folder / "backups"
    assert verify_backup(made, None)[0].study
    assert f"last backup {last_backup(folder)}" in told
    with Study.open(folder) as study:
        await shown(study)
    assert written(folder) == [made]


async def test_where_it_cannot_be_kept_the_desk_says_so(
    world: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.make_folder

    def make_folder(place: Path) -> None:
        if place.name == "backups":
            raise OSError(errno.EROFS, "Read-only file system")
        real(place)

    monkeypatch.setattr(files, "make_folder", make_folder)
    told = await shown(world)
    assert "No backup was made today:" in told
    assert "Read-only file system" in told
    assert "last backup" not in told


async def test_a_lock_in_between_puts_it_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sealed_study(tmp_path / "study") as study:
        app = FieldkitApp(study, backups=True)

        def lock_meanwhile(_: Study) -> None:
            app.call_from_thread(app.idle.lock)

        monkeypatch.setattr(soundness, "unsound", lock_meanwhile)
        async with app.run_test(size=(120, 40)) as pilot:
            await settled(pilot)
            assert isinstance(app.screen, LockedScreen)
            assert written(study.folder) == []
            await opened(pilot)
            assert len(written(study.folder)) == 1
            assert study.notices == []


def test_practice_and_large_studies_have_none(
    world: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "MOST_BYTES", 10)
    assert back_up_if_due(world) is None
    monkeypatch.undo()
    monkeypatch.setattr(Study, "practice", True)
    assert back_up_if_due(world) is None
    monkeypatch.undo()
    assert back_up_if_due(world) is not None
