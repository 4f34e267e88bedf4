"""The app writes one backup a day by itself, after the Desk is there, and never stands in the way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fieldkit.storage.backup import check_backup
from fieldkit.study import backups
from fieldkit.study.local import write_local
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from tests.app.frames import frame, settled


async def opened(study: Study) -> str:
    app = FieldkitApp(study, backups=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await app.workers.wait_for_complete()
        await settled(pilot)
        return frame(app)


def written(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.fieldkit-backup"))


async def test_one_backup_a_day(world: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    place = world.folder / "backups"
    await opened(world)
    (first,) = written(place)
    assert check_backup(first).study == world.store.study_id
    await opened(world)
    assert written(place) == [first]

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2099, 1, 2, tzinfo=UTC)

    monkeypatch.setattr(backups, "datetime", Tomorrow)
    await opened(world)
    assert len(written(place)) == 2


async def test_where_none_can_be_written_the_desk_says_so(world: Study, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    write_local(world.folder, backup_folder=str(tmp_path / "file"))
    shown = await opened(world)
    assert "No backup was made today" in shown
    assert "(File exists)" in shown


async def test_a_damaged_store_pushes_out_no_backup(world: Study) -> None:
    journal = world.folder / "store" / "journal"
    content = bytearray(journal.read_bytes())
    content[len(content) // 2] ^= 1
    journal.write_bytes(content)
    shown = await opened(world)
    assert "The store is damaged" in shown
    assert written(world.folder / "backups") == []
