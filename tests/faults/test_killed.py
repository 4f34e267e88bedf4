"""Processes killed in the middle of whatever they do: every id that was told is there afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.storage import Put, Store
from fieldkit.storage.keys import Keys
from fieldkit.study.create import create_study
from fieldkit.study.interviews import interview_for
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study
from tests.faults.layer import Layer
from tests.faults.processes import FINISHED, in_a_process, lines_of
from tests.faults.scenarios import SCENARIOS, Session, begun, left_in_order

TOLD = ("saved", "pending", "ids", "erased", "drafted", "drafting", "cleared")


@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if not name.startswith("create")])
def test_killed_before_every_call(
    light: Path, unsynced: None, monkeypatch: pytest.MonkeyPatch, scenario: str
) -> None:
    layer = Layer(monkeypatch)
    for number in range(1, 1_000):
        folder = light / f"{number}"

        def work(writer: int, folder: Path = folder, number: int = number) -> None:
            session = begun(folder, scenario)

            def tell() -> None:
                told = {name: getattr(session, name) for name in TOLD}
                os.write(writer, json.dumps(told).encode() + b"\n")

            session.told = tell
            tell()
            with layer.failing(number, "exit before"):
                SCENARIOS[scenario][1](session)

        child, reader = in_a_process(work)
        told = lines_of(reader)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        session = Session(folder)
        for name, value in json.loads(told[-1]).items():
            setattr(session, name, value)
        try:
            left_in_order(session)
        except Exception as error:
            raise AssertionError(f"{scenario}: killed before call {number}") from error
        if code == FINISHED:
            assert number > 5
            return


@pytest.mark.parametrize("passphrase", [None, "a passphrase of some words"])
def test_killed_at_any_moment_of_recording(tmp_path: Path, passphrase: str | None) -> None:
    folder = tmp_path / "store"
    with Store.create(folder, passphrase=passphrase) as store:
        keys = store.keys
    drawn = random.Random(1815)
    told: list[str] = []
    for round_number in range(10):

        def record(writer: int, keys: Keys = keys, first: int = len(told)) -> None:
            store = Store.open(folder, keys=keys)
            for number in range(first, first + 10_000):
                body = {"number": number, "text": "x" * (number * 97 % 3_000)}
                done = store.commit([Put("t", f"r{number}-{first}", body)], author="AB")
                os.write(writer, done.ids[0].encode() + b"\n")
                if number % 9 == 8:
                    store.compact()
                    store.save_snapshot()

        child, reader = in_a_process(record)
        started = os.read(reader, 65)
        time.sleep(drawn.random() / 12)
        os.kill(child, signal.SIGKILL)
        told += [started.decode().strip(), *lines_of(reader)]
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        with Store.open(folder, keys=keys) as store:
            kept = [revision.id for revision in store.revisions()]
            assert set(told) <= set(kept)
            # At most the one that was under way each time is there without having been told.
            assert len(kept) <= len(told) + round_number + 1
            assert [notice for notice in store.notices if notice.kind != "torn"] == []
            assert store.verify().problems == ()
    assert len(told) >= 10


def test_a_killed_command_has_told_nothing_that_is_not_there(tmp_path: Path) -> None:
    folder = create_study(tmp_path / "study", author="MT")
    with Study.open(folder) as study:
        study.decide_protection(None)
        interview_for(study, add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"})).id)
    journal = folder / "store" / "journal"
    drawn = random.Random(1918)
    begun_at = time.monotonic()
    told = [recorded(folder, 0, lambda process: process.wait() == 0)]
    whole = time.monotonic() - begun_at
    for number in range(1, 7):

        def at_random(process: subprocess.Popen[bytes]) -> None:
            time.sleep(whole * (0.4 + 0.7 * drawn.random()))

        def when_it_writes(process: subprocess.Popen[bytes], size: int = journal.stat().st_size) -> None:
            while journal.stat().st_size == size and process.poll() is None:
                pass

        told.append(recorded(folder, number, at_random if number % 2 else when_it_writes))
        with Study.open(folder) as study:
            assert study.store is not None
            ids = {revision.id for revision in study.store.revisions()}
            assert {line for line in told if line} <= ids
            assert study.store.verify().ok
    assert recorded(folder, 7, lambda process: process.wait() == 0)


def recorded(folder: Path, number: int, until: Callable[[subprocess.Popen[bytes]], object]) -> str:
    """Record a response from the shell, kill it then, and return the id that it told, or nothing."""
    command = [sys.executable, "-m", "fieldkit", "record", "-s", str(folder), "--interview", "CIC-01"]
    with subprocess.Popen(
        [*command, "--item", "role", "--notes", f"words {number}"], stdout=subprocess.PIPE
    ) as process:
        until(process)
        process.kill()
        assert process.stdout is not None
        return process.stdout.read().decode().strip()
