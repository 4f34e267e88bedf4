"""Searching all notes as one types: milliseconds for each keystroke at 12,000 notes.

Queries are typed letter by letter; each keystroke is measured in the index and in the screen that shows what
is found. Nothing here waits for a disk, so it is the processor's time that counts, whatever else the machine
does.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks._workload import Table, fill
from fieldkit.records.interviews import Interview
from fieldkit.records.respondents import Respondent
from fieldkit.study.create import create_study
from fieldkit.study.search import NotesIndex
from fieldkit.study.study import Study, put
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.search import SearchScreen

RESPONSES = 12_000
LIMIT_MS = 30.0
QUERIES = ("budget administratif", "difficile à lire", "consultations helped", "Genève", "xylophone", "e")


def run(arguments: list[str]) -> bool:
    """Measure, print, and return whether the promise holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks search")
    parser.add_argument("--quick", action="store_true", help="fewer notes")
    options = parser.parse_args(arguments)
    responses = 1_500 if options.quick else RESPONSES
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        path = create_study(Path(folder) / "study", author="AB")
        with Study.open(path) as study:
            _people(study, responses // 15)
            fill(study.begin_store(), responses)
            index = NotesIndex(study)
            begun = time.thread_time()
            index.refresh()
            built = time.thread_time() - begun
            found = _typed(index)
            shown = asyncio.run(_in_screen(study))
    print(f"search over {len(index):,} notes, {len(found)} keystrokes, in ms")
    table.told("building the index, once, in a worker", built * 1000)
    table.told("a keystroke in the index, median", statistics.median(found))
    table.promise("a keystroke in the index, slowest", max(found), LIMIT_MS)
    table.told("a keystroke in the screen, median", statistics.median(shown))
    table.promise("a keystroke in the screen, p95", statistics.quantiles(shown, n=20)[18], LIMIT_MS)
    print("all promises hold" if table.passed else "a promise is missed")
    return table.passed


def _people(study: Study, interviews: int) -> None:
    writes = []
    for number in range(interviews):
        person = f"person{number:06}"
        writes.append(put("respondents", Respondent(id=person, code=f"CIC-{number:04}", group="CIC")))
        held = Interview(
            id=f"interview{number:06}", guide="cic", guide_version="1", respondents=[person], state="complete"
        )
        writes.append(put("interviews", held))
    study.save(writes)


def _keystrokes() -> list[str]:
    return [query[:length] for query in QUERIES for length in range(1, len(query) + 1)]


def _typed(index: NotesIndex) -> list[float]:
    spent = []
    for typed in _keystrokes():
        begun = time.thread_time()
        index.find(typed)
        spent.append((time.thread_time() - begun) * 1000)
    return spent


async def _in_screen(study: Study) -> list[float]:
    app = FieldkitApp(study)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = SearchScreen(study, NotesIndex(study))
        await app.push_screen(screen)
        while not screen.ready:
            await pilot.pause(0.05)
        spent = []
        for typed in _keystrokes():
            begun = time.thread_time()
            screen.search(typed)
            spent.append((time.thread_time() - begun) * 1000)
            await pilot.pause()
        return spent
