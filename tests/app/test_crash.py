"""A fault in the app on an encrypted study: neither the terminal nor the report shows words or keys."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from fieldkit.study.protection import unlock
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from tests.app.frames import press, settled
from tests.app.sealed import SECRET, WORDS, sealed_study
from tests.app.terminal import Terminal


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Study]:
    with sealed_study(tmp_path / "study") as study:
        yield study


def reports() -> list[Path]:
    return list(Path(os.environ["XDG_STATE_HOME"]).rglob("failure-*.txt"))


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


class Fault:
    """Fails with everything that nobody may see at hand, in its message too."""

    def __init__(self, study: Study) -> None:
        self.keys = unlock(study.folder, SECRET)

    def fail(self) -> None:
        passphrase, raw = SECRET, self.keys.secret()
        raise ValueError(f"{WORDS} {passphrase} {raw.hex()} {raw!r}")

    async def fail_later(self) -> None:
        self.fail()


@pytest.mark.usefixtures("own_home")
@pytest.mark.parametrize("where", ["handler", "thread worker", "async worker", "timer", "key"])
async def test_a_fault_shows_nothing(sealed: Study, where: str, capfd: pytest.CaptureFixture[str]) -> None:
    app = FieldkitApp(sealed)
    fault = Fault(sealed)

    def begin(pilot: Pilot[None]) -> None:
        if where == "thread worker":
            app.run_worker(fault.fail, thread=True)
        elif where == "async worker":
            app.run_worker(fault.fail_later())
        elif where == "timer":
            app.screen.set_interval(0.01, fault.fail)
        elif where == "key":
            app.action_help = fault.fail
        else:
            app.screen.call_later(fault.fail)

    async def crash() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settled(pilot)
            await press(pilot, "enter", *WORDS.replace(" ", "_"))
            begin(pilot)
            if where == "key":
                await pilot.press("f1")
            await pilot.pause(0.3)

    with pytest.raises(Exception):  # noqa: B017  # a worker's fault comes wrapped
        await crash()
    assert app.return_code == 1
    told = capfd.readouterr()
    (report,) = reports()
    assert "ValueError at test_crash.py" in told.err
    assert report.name in told.err.replace("\n", "")
    # A report of a thread names more places than this one.
    kept = report.read_text(encoding="utf-8")
    assert "test_crash.py" in kept
    for secret in (WORDS, SECRET, fault.keys.secret().hex(), repr(fault.keys.secret())):
        assert secret not in told.out + told.err + kept
    assert "╭" not in told.err


@pytest.mark.usefixtures("own_home")
async def test_a_task_that_fails_by_itself_leaves_a_report_and_prints_nothing(
    sealed: Study, capfd: pytest.CaptureFixture[str]
) -> None:
    app = FieldkitApp(sealed)
    fault = Fault(sealed)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        task = asyncio.get_running_loop().create_task(fault.fail_later())
        await pilot.pause(0.1)
        del task
        gc.collect()
        await pilot.pause(0.1)
        assert app.is_running
    told = capfd.readouterr()
    assert WORDS not in told.out + told.err
    (report,) = reports()
    assert WORDS not in report.read_text(encoding="utf-8")


def test_nothing_typed_is_logged_whatever_the_environment_asks_for(sealed: Study, tmp_path: Path) -> None:
    log = tmp_path / "textual.log"
    command = [f"TEXTUAL_LOG={log}", "TEXTUAL=debug,devtools", sys.executable, "-m", "fieldkit"]
    with Terminal(["env", *command, str(sealed.folder)]) as terminal:
        terminal.wait_for("This study is encrypted")
        terminal.send("wrong but long enough\r")
        terminal.wait_for("a wrong passphrase")
        terminal.send("\x11")
        assert terminal.wait_for_end() == 1
    assert not log.exists()
