"""Giving a code: durable, against the statements that QualCoder makes for one; on the screen; in long texts.

QualCoder keeps a coding as a row of SQLite with its default journal: it looks whether the passage has the
code, adds the row and commits, notes the codes used last and commits, and reads the file's codings again.
Those statements are made here, on a table with as many rows, on the same disk, turn by turn with ours.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
import time
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, Self

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import TextArea

from benchmarks._coded import build
from benchmarks._workload import WORDS, Table, timed
from fieldkit.protocol.codebook import Code
from fieldkit.records.interviews import Interview
from fieldkit.records.respondents import Respondent
from fieldkit.records.responses import Paragraph, Response
from fieldkit.study.codebook import search_codes
from fieldkit.study.coding import code_passage
from fieldkit.study.create import create_study
from fieldkit.study.study import Study, put
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.garbage import wait_for_first_paint

FEW: Final = 500
MANY: Final = 50_000
TURN: Final = 10
"""Passages coded in one response before the next, as a coder does."""

TURNS: Final = 4
"""Times that a long text and a bare text area take turns."""

LONG: Final = 300_000
SIZE: Final = (120, 40)


def run(arguments: list[str]) -> bool:
    """Measure, print, and return whether every promise holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks coding")
    parser.add_argument("--quick", action="store_true", help="fewer codings, and fewer of each measured")
    parser.add_argument("--folder", type=Path, help="where to work: the disk to be measured")
    options = parser.parse_args(arguments)
    many, rounds = (5_000, 60) if options.quick else (MANY, 300)
    table = Table()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        few_study, many_study = build(folder / "few", FEW), build(folder / "many", many)
        measure_painted(table, few_study, many_study, many, rounds // 3)
        measure_durable(table, many_study, folder / "rival.sqlite", many, rounds)
        measure_keys(table, few_study)
        measure_long(table, folder / "long")
    print("all promises hold" if table.passed else "a promise is missed")
    return table.passed


class QualCoder:
    """The rows and statements of one coding in QualCoder's database."""

    def __init__(self, path: Path, rows: int) -> None:
        self._open = sqlite3.connect(path)
        self._open.execute(
            "CREATE TABLE coded (id INTEGER PRIMARY KEY, code INTEGER, file INTEGER, words TEXT, "
            "start INTEGER, stop INTEGER, owner TEXT, day TEXT, memo TEXT, "
            "UNIQUE (code, file, start, stop, owner))"
        )
        self._open.execute("CREATE TABLE project (recent TEXT)")
        self._open.execute("INSERT INTO project VALUES ('')")
        made = ((n % 40, n // 5, "words " * 15, n * 7, n * 7 + 90, "AB") for n in range(rows))
        self._open.executemany(
            "INSERT INTO coded (code, file, words, start, stop, owner) VALUES (?, ?, ?, ?, ?, ?)", made
        )
        self._open.commit()

    def code(self, _: str, number: int) -> None:
        key = (1, 1_000_000, number * 3, number * 3 + 40, "AB")
        where = "WHERE code = ? AND file = ? AND start = ? AND stop = ? AND owner = ?"
        self._open.execute(f"SELECT id FROM coded {where}", key).fetchall()
        self._open.execute(
            "INSERT INTO coded (code, file, start, stop, owner, words, day, memo) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, '')",
            (*key, "words " * 8, "2005-03-01 14:00:00"),
        )
        self._open.commit()
        self._open.execute("UPDATE project SET recent = ?", (f"1 2 {number % 40}",))
        self._open.commit()
        self._open.execute("SELECT * FROM coded WHERE file = ? ORDER BY start", (1_000_000,)).fetchall()


def measure_durable(table: Table, folder: Path, rival: Path, codings: int, rounds: int) -> None:
    """One coding until it is on the disk, ours and QualCoder's statements, turn by turn."""
    print(f"a coding, durable, {codings:,} codings")
    theirs = QualCoder(rival, codings)
    ours: list[float] = []
    other: list[float] = []
    with Study.open(folder) as study:
        responses = list(study.rows("responses"))
        for number in range(rounds):
            response, start = responses[number // TURN], 3 * (number % TURN)
            ours.append(timed(partial(_give, study), response, start))
            other.append(timed(theirs.code, response, number))
    table.value("ours, median", statistics.median(ours))
    table.value("QualCoder's statements and commit, median", statistics.median(other))
    turns = range(0, rounds, TURN)
    ratios = [
        statistics.median(ours[at : at + TURN]) / statistics.median(other[at : at + TURN]) for at in turns
    ]
    table.promise("against QualCoder's statements", statistics.median(ratios), 0.3)


def _give(study: Study, response: str, start: int) -> None:
    code_passage(study, response, ["council"], start=start, end=start + 40)


def measure_painted(table: Table, few: Path, many: Path, codings: int, rounds: int) -> None:
    """From the key that gives a code to the passage drawn with it, in a small study and a large one."""
    print(f"a key that gives a code, until it is durable and drawn: {codings:,} codings against {FEW}")
    with Coder(few) as one, Coder(many) as other:
        pairs = [(one.give(number), other.give(number)) for number in range(rounds)]
    small, large = ([pair[at] for pair in pairs] for at in (0, 1))
    for name, found in ((f"{FEW} codings", small), (f"{codings:,} codings", large)):
        table.value(f"{name}, median", statistics.median(found))
        table.value(f"{name}, p95", _p95(found))
    table.promise("p95, the large study against the small one", _p95(large) / _p95(small), 1.2)


class Coder:
    """The app with a study open for coding, in a process of its own, which gives a code when told to.

    Two of them take turns key by key, for a machine is now faster, now slower, for seconds on end.
    """

    def __init__(self, folder: Path) -> None:
        context = get_context("spawn")
        self._told, told = context.Pipe()
        self._process = context.Process(target=_code_when_told, args=(folder, told))

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._told.send(None)
        self._process.join()

    def give(self, number: int) -> float:
        """Give a code to the next passage; return the seconds of processor until it is drawn."""
        self._told.send(number)
        spent: float = self._told.recv()
        return spent


def _code_when_told(folder: Path, told: Connection) -> None:
    asyncio.run(_coding(folder, told))


async def _coding(folder: Path, told: Connection) -> None:
    with Study.open(folder) as study:
        app = FieldkitApp(study)
        wait_for_first_paint()
        async with app.run_test(size=SIZE) as pilot:
            await _quiet(pilot)
            await pilot.press("f4")
            await _quiet(pilot)
            await pilot.press("enter", "right", *"council", "enter")
            await _quiet(pilot)
            while (number := await asyncio.to_thread(told.recv)) is not None:
                await pilot.press("right")
                if number % 20 == 19:
                    await pilot.press("ctrl+n", "right")
                await pilot.pause()
                before, begun = len(study.rows("codings")), time.process_time()
                await pilot.press("1")
                await pilot.pause()
                told.send(time.process_time() - begun)
                if len(study.rows("codings")) != before + 1:
                    raise RuntimeError("the key gave no code")


def measure_keys(table: Table, folder: Path) -> None:
    """Keys that give a known code to a passage chosen, for every code: letters that find it, and Enter."""
    print("keys to give a known code to a passage chosen")
    letters, keys = asyncio.run(_keys(folder))
    table.promise("letters that find a code first, median", statistics.median(letters), 3)
    beyond = [pressed - typed for pressed, typed in zip(keys, letters, strict=True)]
    table.promise("keys beyond these letters, most", max(beyond), 1)
    table.promise("keys in all, median", statistics.median(keys), 4)


async def _keys(folder: Path) -> tuple[list[int], list[int]]:
    """Letters, and keys in all until the coding is kept, for every code of the shipped study."""
    letters, keys = [], []
    with Study.open(folder) as study:
        app = FieldkitApp(study)
        async with app.run_test(size=SIZE) as pilot:
            await _quiet(pilot)
            await pilot.press("f4")
            await _quiet(pilot)
            await pilot.press("enter")
            for code in study.codebook.codes:
                typed = _shortest(study, code)
                await pilot.press("right")
                before, pressed = len(study.rows("codings")), 0
                for key in [*typed, "enter"]:
                    await pilot.press(key)
                    pressed += 1
                    if len(study.rows("codings")) > before:
                        break
                letters.append(len(typed))
                keys.append(pressed)
    return letters, keys


def _shortest(study: Study, code: Code) -> str:
    """The fewest letters of a name, id or alias of a code by which it comes first."""
    names = [code.id, *(code.name.get(language) for language in code.name.languages), *code.aliases]
    tries = (name[:n].casefold() for n in range(1, 40) for name in names if len(name) >= n)
    return next(each for each in tries if search_codes(study, each, limit=1)[:1] == [code])


def measure_long(table: Table, folder: Path) -> None:
    """Opening a long text for coding, and going through it, against a bare text area."""
    print(f"a text of {LONG:,} characters")
    words = " ".join(WORDS) + ". "
    text = "\n".join([words * 3] * (LONG // (len(words) * 3) + 1))[:LONG]
    _long(folder, text)
    opened: list[float] = []
    ours: list[list[float]] = [[], []]
    bare: list[list[float]] = [[], []]
    for _ in range(TURNS):
        ready, here = asyncio.run(_coded_pages(folder))
        opened.append(ready)
        for mine, theirs, found, rival in zip(ours, bare, here, asyncio.run(_bare_pages(text)), strict=True):
            mine += found
            theirs += rival
    table.promise("opening it for coding, in ms, at most", max(opened) * 1000, 300)
    for what, found, rival in zip(("a page on", "one more word selected"), ours, bare, strict=True):
        table.value(f"{what}, ours, median", statistics.median(found))
        table.value(f"{what}, bare text area, median", statistics.median(rival))
        ratio = statistics.median(found) / statistics.median(rival)
        table.promise(f"{what}, against the text area", ratio, 1.2)


def _long(folder: Path, text: str) -> None:
    create_study(folder, author="AB")
    with Study.open(folder) as study:
        study.decide_protection(None)
        person = Respondent(id="p", code="CIC-01", group="CIC")
        held = Interview(id="i", guide="cic", guide_version="1", respondents=["p"], state="complete")
        said = [Paragraph(text=line) for line in text.split("\n")]
        answer = Response(id="i:role", interview="i", item="role", disposition="answered", paragraphs=said)
        study.save([put("respondents", person), put("interviews", held), put("responses", answer)])


async def _coded_pages(folder: Path) -> tuple[float, tuple[list[float], list[float]]]:
    with Study.open(folder) as study:
        app = FieldkitApp(study)
        async with app.run_test(size=SIZE) as pilot:
            await _quiet(pilot)
            await pilot.press("f4")
            await _quiet(pilot)
            begun = time.process_time()
            await pilot.press("enter")
            await pilot.pause()
            opened = time.process_time() - begun
            await _quiet(pilot)
            pages = await _spent(pilot, "pagedown")
            await pilot.press("right")
            return opened, (pages, await _spent(pilot, "shift+right"))


class _Bare(App[None]):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield TextArea(self._text)


async def _bare_pages(text: str) -> tuple[list[float], list[float]]:
    async with _Bare(text).run_test(size=SIZE) as pilot:
        pages = await _spent(pilot, "pagedown")
        return pages, await _spent(pilot, "ctrl+shift+right")


async def _spent(pilot: Pilot[None], key: str) -> list[float]:
    """Seconds of processor that one key takes until its effect is drawn, several times over."""
    spent = []
    for _ in range(20):
        begun = time.process_time()
        await pilot.press(key)
        await pilot.pause()
        spent.append(time.process_time() - begun)
    return spent


async def _quiet(pilot: Pilot[None]) -> None:
    """Wait until everything is read and drawn."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def _p95(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[18]
