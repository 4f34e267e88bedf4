"""Autosave while the app is being typed in, encrypted, against two bare syncs of the same disk.

The app runs without a terminal on a store of 12,000 responses; keys come as fast as it takes them, and a
thread drafts what was typed many times a second, where the app itself does so once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

from benchmarks._workload import PASSPHRASE, Table, fill
from fieldkit.study.create import create_study
from fieldkit.study.protection import unlock
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.interview import InterviewScreen

RESPONSES = 12_000
SAVES = 300
PAUSE_S = 0.02
WORDS = "the members said that papers came late and overhead was hard to tell from project money "


def run(arguments: list[str]) -> bool:
    """Measure, print, and return whether the promise holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks autosave")
    parser.add_argument("--quick", action="store_true", help="a smaller store and fewer saves")
    parser.add_argument("--folder", type=Path, help="where to work: the disk to be measured")
    options = parser.parse_args(arguments)
    responses, saves = (1_000, 100) if options.quick else (RESPONSES, SAVES)
    table = Table()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        study = create_study(Path(folder) / "study", author="AB", passphrase=PASSPHRASE)
        with Study.open(study, keys=unlock(study, PASSPHRASE)) as opened:
            fill(opened.begin_store(), responses)
            person = add_respondent(opened, RosterEntry("CIC-01", {"group": "CIC"})).id
            drafted, synced, keys = asyncio.run(_measure(opened, person, Path(folder) / "bare", saves))
    print(f"autosave while typing, {responses:,} responses, {len(drafted)} saves, {keys} keys")
    table.value("autosave, median", statistics.median(drafted))
    table.value("one bare append + fdatasync, median", statistics.median(synced))
    table.promise("autosave p99 against the cost of two syncs, p99", _p99(drafted) / (2 * _p99(synced)), 1.0)
    table.told("autosave median against the cost of two syncs", _ratio(drafted, synced))
    print("all promises hold" if table.passed else "a promise is missed")
    return table.passed


async def _measure(study: Study, person: str, bare: Path, saves: int) -> tuple[list[float], list[float], int]:
    """Type into the interview's notes while a thread saves; returns both rivals' seconds and the keys."""
    app = FieldkitApp(study, respondent=person)
    async with app.run_test(size=(120, 40)) as pilot:
        while not isinstance(app.screen, InterviewScreen):
            await pilot.pause(0.05)
        await pilot.press("x")
        drafted: list[float] = []
        synced: list[float] = []
        saving = threading.Thread(target=_save, args=(app.screen, bare, saves, drafted, synced))
        saving.start()
        keys = 0
        while saving.is_alive():
            letter = WORDS[keys % len(WORDS)]
            await pilot.press("space" if letter == " " else letter)
            keys += 1
        return drafted, synced, keys


def _save(screen: InterviewScreen, bare: Path, saves: int, drafted: list[float], synced: list[float]) -> None:
    descriptor = os.open(bare, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    line = b"x" * 700
    while len(drafted) < saves:
        time.sleep(PAUSE_S)
        start = time.perf_counter()
        if screen.conduct.autosave():
            drafted.append(time.perf_counter() - start)
            start = time.perf_counter()
            os.write(descriptor, line)
            os.fdatasync(descriptor)
            synced.append(time.perf_counter() - start)
    os.close(descriptor)


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]


def _ratio(drafted: list[float], synced: list[float]) -> float:
    return statistics.median(drafted) / (2 * statistics.median(synced))
