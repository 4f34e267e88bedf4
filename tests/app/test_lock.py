"""The lock: nothing readable, no keys, nothing lost, and all as it was once the passphrase is typed."""

from __future__ import annotations

import errno
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from fieldkit.cli.main import main
from fieldkit.storage import files
from fieldkit.storage.errors import StoreSealed
from fieldkit.study.idle import lock_after
from fieldkit.study.local import read_local
from fieldkit.study.protection import renew_recovery_code, unlock
from fieldkit.study.study import Study
from fieldkit.tui import idle
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.locked import LockedScreen
from fieldkit.tui.widgets.notes import Notes
from tests.app.evaluator import keys, texts
from tests.app.frames import SIZES, check_golden, frame, press, settled
from tests.app.sealed import SECRET, WORDS, sealed_study
from tests.app.terminal import Terminal


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Study]:
    with sealed_study(tmp_path / "sealed") as study:
        yield study


async def to_interview(pilot: Pilot[Any]) -> None:
    """Begin the interview of CIC-01, at the first item that is words only."""
    await settled(pilot)
    await press(pilot, "enter")
    await keys(pilot, "ctrl+g", "1", "enter", WORDS)
    await settled(pilot)


async def opened(pilot: Pilot[Any], secret: str = SECRET) -> None:
    """Type what opens it."""
    pilot.app.screen.query_one(Input).value = secret
    await press(pilot, "enter")


def stored(study: Study) -> list[str]:
    return [line for body in study.rows("responses").values() for line in texts(body)]


async def test_locking_saves_blanks_and_drops_the_keys_and_unlocking_gives_all_back(sealed: Study) -> None:
    app = FieldkitApp(sealed)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await to_interview(pilot)
        assert WORDS in frame(app)
        await keys(pilot, " and more")
        notes = app.screen.query_one(Notes)
        notes.move_cursor((0, 3))
        app.tell("CIC-01 is on the roster")
        await press(pilot, "f12")
        assert isinstance(app.screen, LockedScreen)
        shown = frame(app)
        for told in (WORDS, "CIC-01", "PROTECTED", "Interview", sealed.folder.name):
            assert told not in shown
        with pytest.raises(StoreSealed):
            sealed.rows("responses")[next(iter(sealed.rows("responses")))]
        # What a screen does every moment goes on doing nothing.
        await pilot.pause(1.5)
        assert app.is_running
        await opened(pilot)
        assert app.screen.place == "interview"
        assert app.focused is notes
        assert notes.cursor_location == (0, 3)
        assert f"{WORDS} and more" in frame(app)
        assert "locked" not in frame(app)
        assert stored(sealed) == [f"{WORDS} and more"]
        await keys(pilot, "ctrl+z")
        assert notes.text != f"{WORDS} and more"
        assert WORDS.startswith(notes.text) or notes.text.startswith(WORDS)


async def test_the_recovery_code_opens_it_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    sealed_study(folder).close()
    code = renew_recovery_code(folder, unlock(folder, SECRET))
    with Study.open(folder, keys=unlock(folder, SECRET)) as study:
        await _wrong_and_right(FieldkitApp(study), code)


async def _wrong_and_right(app: FieldkitApp, code: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f12")
        await opened(pilot, "wrong but long enough")
        assert "a wrong passphrase or recovery code" in frame(app)
        assert isinstance(app.screen, LockedScreen)
        await press(pilot, "escape", "f2", "f12", "enter", "ctrl+p", "q")
        assert isinstance(app.screen, LockedScreen)
        await opened(pilot, code)
        assert app.screen.place == "desk"
        assert "CIC-01" in frame(app)


async def test_the_lock_stays_alive_while_it_is_opened(
    sealed: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(folder: Path, secret: str) -> object:
        go_on.wait(20)
        return unlock(folder, secret)

    monkeypatch.setattr("fieldkit.tui.widgets.unlock_form.unlock", slow)
    app = FieldkitApp(sealed)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f12")
        app.screen.query_one(Input).value = SECRET
        await pilot.press("enter", "a", "b")
        assert app.screen.query_one(Input).value == "ab"
        go_on.set()
        await settled(pilot)
        assert app.screen.place == "desk"


@pytest.mark.parametrize("place", [("f4",), ("f5",), ("f1",), ("ctrl+p", "f"), ("a", "x")])
async def test_every_place_can_be_locked_and_is_there_again(world: Study, place: tuple[str, ...]) -> None:
    from fieldkit.study.protection import protect

    protect(world, SECRET)
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, *place)
        before = frame(app)
        # At once, while what the place counts in threads is still being counted.
        await pilot.press(*place[:1] if place[0] in ("f4", "f5") else (), "f12")
        await settled(pilot)
        assert isinstance(app.screen, LockedScreen)
        assert "CIC" not in frame(app)
        await opened(pilot)
        assert frame(app) == before


async def test_threads_that_read_when_it_is_locked_end_quietly_and_begin_anew(world: Study) -> None:
    from fieldkit.study.protection import protect

    protect(world, SECRET)
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        before = frame(app)
        world.store.drop_keys()
        app.screen.refresh_place()
        await settled(pilot)
        assert app.is_running
        await press(pilot, "f12")
        await opened(pilot)
        assert frame(app) == before


async def test_what_a_full_disk_refused_is_still_there_and_saved_after_the_lock(
    sealed: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = True

    def filling(real: Callable[..., Any]) -> Callable[..., Any]:
        def write(*arguments: Any) -> Any:
            if full:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*arguments)

        return write

    app = FieldkitApp(sealed)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await to_interview(pilot)
        for name in ("write", "write_at"):
            monkeypatch.setattr(files, name, filling(getattr(files, name)))
        await keys(pilot, " and this")
        await pilot.pause(1)
        assert "NOT SAVED" in frame(app)
        await press(pilot, "f12")
        await pilot.pause(1)
        await press(pilot, "ctrl+q")
        assert app.is_running
        assert "Not everything could be saved" in frame(app)
        full = False
        await opened(pilot)
        assert f"{WORDS} and this" in frame(app)
        assert "NOT SAVED" not in frame(app)
        assert stored(sealed) == [f"{WORDS} and this"]


async def test_nobody_at_the_keyboard_locks_and_the_key_that_wakes_it_goes_nowhere(
    sealed: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = idle.running_s()
    monkeypatch.setattr(idle, "running_s", lambda: now)
    app = FieldkitApp(sealed)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_interview(pilot)
        await keys(pilot, "!")
        # Noted after the pause, it would let the interview go on.
        await settled(pilot)
        # While an interview is held nothing locks it: see below.
        app.screen.action_pause()
        now += 9 * 60
        assert app.idle.touch()
        now += 9 * 60
        app.idle.look()
        assert not app.idle.locked
        now += 60
        await pilot.press("x")
        await settled(pilot)
        assert isinstance(app.screen, LockedScreen)
        assert app.screen.query_one(Input).value == ""
        await opened(pilot)
        assert stored(sealed) == [f"{WORDS}!"]
        app.lock_after(0)
        now += 100_000
        app.idle.look()
        assert not app.idle.locked


async def test_while_an_interview_is_held_silence_locks_nothing_until_it_must_have_been_forgotten(
    sealed: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = idle.running_s()
    monkeypatch.setattr(idle, "running_s", lambda: now)
    app = FieldkitApp(sealed)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_interview(pilot)
        conduct = app.screen.conduct
        began = datetime.fromisoformat(conduct.interview.sittings[0].started_at)
        most = conduct.minutes_planned + 60
        passed = 0.0
        monkeypatch.setattr(conduct, "now", lambda: (began + timedelta(seconds=passed)).isoformat())
        while passed < most * 60 - 30:
            passed, now = passed + 5, now + 5
            app.idle.look()
            assert not app.idle.locked
        passed, now = passed + 30, now + 30
        app.idle.look()
        assert app.idle.locked


async def test_a_laptop_that_slept_during_an_interview_is_locked(
    sealed: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = idle.running_s()
    monkeypatch.setattr(idle, "running_s", lambda: now)
    app = FieldkitApp(sealed)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_interview(pilot)
        app.idle.look()
        now += 120
        await pilot.press("x")
        await settled(pilot)
        assert isinstance(app.screen, LockedScreen)
        await opened(pilot)
        assert stored(sealed) == [WORDS]


async def test_a_study_that_is_not_encrypted_is_only_blanked_and_says_so(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f12")
        assert "not encrypted" in frame(app)
        assert "CIC-01" not in frame(app)
        await press(pilot, "x", "q", "f2")
        assert isinstance(app.screen, LockedScreen)
        await press(pilot, "enter")
        assert "CIC-01" in frame(app)


async def test_leaving_while_locked_keeps_what_was_typed(sealed: Study) -> None:
    app = FieldkitApp(sealed)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_interview(pilot)
        await press(pilot, "f12")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.return_code == 0
    sealed.close()
    with Study.open(sealed.folder, keys=unlock(sealed.folder, SECRET)) as again:
        assert stored(again) == [WORDS]


async def test_the_minutes_are_asked_for_and_kept(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"lockafter", "enter")
        await press(pilot, *["backspace"] * 2, "x", "enter")
        assert "say minutes" in frame(app)
        await press(pilot, "backspace", "5", "enter")
        assert app.idle.minutes == 5
        assert lock_after(world.folder) == 5


def test_the_option_is_checked_and_strange_settings_are_the_default(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lock-after", "soon", str(folder)]) == 2
    assert "say minutes" in capsys.readouterr().err
    assert lock_after(folder) == 10
    assert "lock_after_minutes" not in read_local(folder)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["locked", "locked-plain"])
async def test_it_looks_as_it_did(world: Study, sealed: Study, name: str, size: str) -> None:
    app = FieldkitApp(sealed if name == "locked" else world)
    async with app.run_test(size=SIZES[size]) as pilot:
        await settled(pilot)
        await press(pilot, "f12")
        check_golden(app, f"{name}-{size}")


def test_in_a_terminal_keys_before_and_after_the_lock_in_one_read_go_where_they_belong(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "study"
    sealed_study(folder).close()
    command = [
        sys.executable,
        "-m",
        "fieldkit",
        "interview",
        "--respondent",
        "CIC-01",
        "--study",
        str(folder),
    ]
    with Terminal(command, columns=120, rows=40) as terminal:
        terminal.wait_for("This study is encrypted")
        terminal.send(f"{SECRET}\r")
        terminal.wait_for("Do you agree to take part")
        terminal.send(f"{WORDS} at last\x1b[24~not for the notes")
        terminal.wait_for("fieldkit is locked")
        terminal.idle(1)
        assert "minister" not in terminal.text
        assert "CIC-01" not in terminal.text
        terminal.send(f"\x15{SECRET}\r")
        terminal.wait_for(f"{WORDS} at last")
        assert "not for the notes" not in terminal.text
        terminal.send("\x1b[24~")
        terminal.wait_for("fieldkit is locked")
        terminal.send("\x11")
        assert terminal.wait_for_end() == 0
    with Study.open(folder, keys=unlock(folder, SECRET)) as study:
        assert stored(study) == [f"{WORDS} at last"]
    assert all(WORDS.encode() not in path.read_bytes() for path in folder.rglob("*") if path.is_file())
