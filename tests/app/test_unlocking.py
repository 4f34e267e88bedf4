"""The screen before an encrypted study: the passphrase or the recovery code opens it, nothing else does."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from textual.widgets import Input

from fieldkit.study.create import create_study
from fieldkit.study.protection import renew_recovery_code, unlock
from fieldkit.tui.unlocking import UnlockApp
from tests.app.frames import SIZES, check_golden, frame, settled
from tests.app.sealed import SECRET, sealed_study
from tests.app.terminal import Terminal


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    folder = create_study(tmp_path / "étude [/] 1", author="MT", passphrase=SECRET)
    return folder


async def typed(app: UnlockApp, secret: str) -> None:
    """Type a secret and Enter, and wait for what comes of it."""
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Input).value = secret
        await pilot.press("enter")
        await settled(pilot)


async def test_the_passphrase_opens_the_keys(sealed: Path) -> None:
    app = UnlockApp(sealed)
    await typed(app, SECRET)
    assert app.return_value is not None
    assert app.return_value.secret() == unlock(sealed, SECRET).secret()


async def test_the_recovery_code_opens_them_in_the_same_field(sealed: Path) -> None:
    code = renew_recovery_code(sealed, unlock(sealed, SECRET))
    app = UnlockApp(sealed)
    await typed(app, code.lower())
    assert app.return_value is not None


@pytest.mark.parametrize("wrong", ["quatre lunes au-dessous du lac", "x", "[/] [b]"])
async def test_what_is_wrong_is_said_in_a_line_and_never_shown(sealed: Path, wrong: str) -> None:
    app = UnlockApp(sealed)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*("space" if sign == " " else sign for sign in "ab"))
        assert "ab" not in frame(app)
        app.query_one(Input).value = wrong
        await pilot.press("enter")
        await settled(pilot)
        assert "a wrong passphrase or recovery code" in frame(app)
        assert app.query_one(Input).value == ""
        app.query_one(Input).value = SECRET
        await pilot.press("enter")
        await settled(pilot)
    assert app.return_value is not None


async def test_the_screen_lives_while_the_keys_are_opened(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(folder: Path, secret: str) -> object:
        go_on.wait(20)
        return unlock(folder, secret)

    monkeypatch.setattr("fieldkit.tui.widgets.unlock_form.unlock", slow)
    app = UnlockApp(sealed)
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Input).value = SECRET
        await pilot.press("enter", "a", "b")
        assert app.query_one(Input).value == "ab"
        assert "Opening" in frame(app)
        assert not any(SECRET in repr(worker) for worker in app.workers)
        go_on.set()
        await settled(pilot)
    assert app.return_value is not None


@pytest.mark.parametrize("key", ["escape", "ctrl+q", "ctrl+c"])
async def test_one_key_leaves(sealed: Path, key: str) -> None:
    app = UnlockApp(sealed)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
    assert app.return_value is None


@pytest.mark.parametrize("size", SIZES)
async def test_it_looks_as_it_did(size: str) -> None:
    app = UnlockApp(Path("/home/mt/my study"))
    async with app.run_test(size=SIZES[size]) as pilot:
        await settled(pilot)
        check_golden(app, f"unlock-{size}")


def test_from_the_shell_the_screen_leads_to_the_desk_or_back(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    sealed_study(folder).close()
    command = [sys.executable, "-m", "fieldkit", str(folder)]
    with Terminal(command) as terminal:
        terminal.wait_for("This study is encrypted")
        terminal.send("wrong but long enough\r")
        terminal.wait_for("a wrong passphrase")
        terminal.send(f"{SECRET}\r")
        terminal.wait_for("CIC-01")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    with Terminal(command) as terminal:
        terminal.wait_for("This study is encrypted")
        terminal.send("\x11")
        assert terminal.wait_for_end() == 1
        terminal.read(0.5)
        assert "left locked" in terminal.text
        assert "Traceback" not in terminal.text
