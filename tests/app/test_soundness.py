"""The store is read in the background: what is wrong with it stays on the Desk, and disturbs nothing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from fieldkit.storage.errors import StoreDamaged
from fieldkit.storage.verification import Verification
from fieldkit.storage.writes import Put
from fieldkit.study import soundness
from fieldkit.study.protection import unlock
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.locked import LockedScreen
from tests.app.frames import frame, press, settled
from tests.app.sealed import SECRET, sealed_study
from tests.app.test_lock import opened


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "AGAIN_S", 0)


async def test_damage_that_opening_did_not_meet_stays_on_the_desk(folder: Path) -> None:
    with Study.open(folder) as study:
        # A state that is no longer shown: nothing but reading everything comes upon it.
        for text in ("what was said first", "what stands"):
            study.save([Put("memos", "m", {"id": "m", "text": text})])
        study.store.save_snapshot()
    journal = folder / "store" / "journal"
    content = journal.read_bytes().replace(b"what was said first", b"what was said fIrst")
    with Study.open(folder) as study:
        journal.write_bytes(content)
        app = FieldkitApp(study)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await settled(pilot)
            assert "The store is damaged; `fieldkit verify` tells all" in frame(app)
            await press(pilot, "enter", "f2")
            assert "The store is damaged" in frame(app)


async def test_a_whole_store_is_not_mentioned(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "store" not in frame(app)


async def test_what_opening_found_is_told_likewise(folder: Path) -> None:
    with (folder / "store" / "journal").open("ab") as file:
        file.write(b"torn")
    with Study.open(folder) as study:
        app = FieldkitApp(study)
        async with app.run_test(size=(120, 40)) as pilot:
            await settled(pilot)
            assert "an unfinished write" in " ".join(frame(app).split())


async def test_a_write_under_way_is_no_damage_and_a_large_store_is_left_out(
    world: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([("a torn end", "damage"), ("damage",), (), ("never looked at",)])
    monkeypatch.setattr(world.store, "verify", lambda: Verification(1, next(looks)))
    assert soundness.unsound(world) == "The store is damaged; `fieldkit verify` tells all: damage"
    assert soundness.unsound(world) is None
    monkeypatch.setattr(soundness, "MOST_BYTES", 10)
    assert soundness.unsound(world) is None
    assert len(list(looks)) == 1


async def test_keys_work_while_it_is_read_and_a_lock_in_between_has_it_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sealed_study(tmp_path / "study") as study:
        go_on, begun, real = threading.Event(), [], study.store.verify

        def verify() -> Verification:
            begun.append(1)
            go_on.wait(20)
            return real()

        monkeypatch.setattr(study.store, "verify", verify)
        app = FieldkitApp(study)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            while not begun:
                await pilot.pause(0.05)
            await pilot.press("f5")
            await pilot.pause(0.2)
            assert app.screen.place == "findings"
            await pilot.press("f12")
            await pilot.pause(0.2)
            go_on.set()
            await settled(pilot)
            assert isinstance(app.screen, LockedScreen)
            assert len(begun) == 1
            await opened(pilot)
            assert len(begun) == 2
            assert study.notices == []
        assert unlock(study.folder, SECRET)


@pytest.mark.parametrize("place", ["f2", "f4", "f5"])
async def test_what_a_place_cannot_read_is_told_and_the_app_goes_on(
    world: Study, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def damaged(*_: object) -> object:
        raise StoreDamaged("journal: damaged at byte 7; run `fieldkit verify`")

    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        monkeypatch.setattr("fieldkit.study.evidence.evidence", damaged)
        monkeypatch.setattr("fieldkit.tui.screens.coding_view.load_entries", damaged)
        await press(pilot, "f3", place)
        app.screen.refresh_place()
        await settled(pilot)
        assert app.is_running
        assert "damaged at byte 7" in frame(app)
