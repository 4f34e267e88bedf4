"""The store against bare files, SQLite and stock TinyDB: a durable record, and opening.

Every rival gets the same responses of about 1.2 KB. Rounds are interleaved, so that a disk that slows down
slows all of them; what is printed are medians, and ratios of what was measured side by side.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fieldkit.storage import Put, Store

Body = dict[str, Any]
SIZES = (100, 10_000, 100_000)
OPEN_SIZES = (12_000, 100_000)
SITTING = 200
"""Records of one sitting. SQLite's log grows in it; once it is 4 MB long, SQLite overwrites it, which spares
the file system the new length that every append must note, bare or ours."""
TURN = 20
"""How many records a rival makes before the next one has its turn."""
WORDS = [
    "the",
    "members",
    "said",
    "that",
    "papers",
    "came",
    "late",
    "and",
    "overhead",
    "was",
    "hard",
    "to",
    "tell",
    "from",
    "project",
    "money",
    "although",
    "consultations",
    "in",
    "Geneva",
    "helped",
    "delegates",
    "who",
    "asked",
    "early;",
    "le",
    "budget",
    "administratif",
    "reste",
    "difficile",
    "à",
    "lire",
]


class Table:
    """Collects lines of what was measured and whether each promise holds."""

    def __init__(self) -> None:
        self.passed = True

    def value(self, what: str, seconds: float) -> None:
        """Print one measured time."""
        print(f"  {what:<58}{seconds * 1e6:>12,.0f} us")

    def told(self, what: str, ratio: float) -> None:
        """Print a ratio that nothing is promised of."""
        print(f"  {what:<58}{ratio:>12,.2f}")

    def promise(self, what: str, ratio: float, limit: float, *, at_least: bool = False) -> None:
        """Print one ratio against its limit."""
        held = ratio >= limit if at_least else ratio <= limit
        self.passed &= held
        sign = ">=" if at_least else "<="
        print(f"  {what:<58}{ratio:>12,.2f}   {sign} {limit:g}   {'PASS' if held else 'FAIL'}")


def run(arguments: list[str]) -> bool:
    """Measure, print, and return whether every promise holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks store")
    parser.add_argument("--quick", action="store_true", help="smaller stores and fewer rounds")
    parser.add_argument("--child", nargs=3, metavar=("WHAT", "FOLDER", "USE"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="where to work: the disk to be measured")
    options = parser.parse_args(arguments)
    if options.child:
        print(json.dumps(measure_open(*options.child)))
        return True
    table = Table()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        measure_records(
            table, Path(folder), SIZES[:2] if options.quick else SIZES, 200 if options.quick else 600
        )
        measure_opening(table, Path(folder), OPEN_SIZES[:1] if options.quick else OPEN_SIZES)
    print("all promises hold" if table.passed else "a promise is missed")
    return table.passed


def bodies(count: int, seed: int = 5) -> Iterator[tuple[str, Body]]:
    """Yield responses of about 1.2 KB of JSON."""
    source = random.Random(seed)
    for number in range(count):
        interview, item = divmod(number, 15)
        text = " ".join(source.choices(WORDS, k=140))
        record = f"interview{interview:06}:item_{item}"
        yield (
            record,
            {
                "id": record,
                "interview": f"interview{interview:06}",
                "item": f"item_{item}",
                "instance": None,
                "respondent": None,
                "disposition": "answered",
                "reason": None,
                "value": {"low": source.randrange(50), "high": 50 + source.randrange(50)},
                "paragraphs": [
                    {
                        "text": half,
                        "kind": kind,
                        "offset_s": source.randrange(2700),
                        "respondent": f"CIC-{item:02}",
                    }
                    for half, kind in (
                        (text[: len(text) // 2], "verbatim"),
                        (text[len(text) // 2 :], "paraphrase"),
                    )
                ],
                "language": "en",
                "also_answers": [f"item_{source.randrange(15)}"],
            },
        )


# A durable record ------------------------------------------------------------------------------------------


class OurStore:
    """This project's store."""

    name = "fieldkit"

    def __init__(self, folder: Path, count: int) -> None:
        self.store = Store.create(folder / f"ours{count}")
        fill(self.store, count)

    def record(self, record: str, body: Body) -> None:
        self.store.commit([Put("responses", record, body)], author="AB")


class Bare:
    """The same bytes appended to a file and synced, nothing else."""

    name = "bare append + fdatasync"

    def __init__(self, folder: Path, store: Store) -> None:
        journal = store.folder / "journal"
        before = journal.stat().st_size
        store.commit([Put("responses", "", next(bodies(1, seed=9))[1])], author="AB")
        self.data = journal.read_bytes()[before:]
        path = folder / f"bare{before}"
        path.write_bytes(journal.read_bytes())
        self.fd = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.fsync(self.fd)

    def record(self, record: str, body: Body) -> None:
        os.write(self.fd, self.data)
        os.fdatasync(self.fd)


class SQLite:
    """SQLite in WAL mode, synchronous=FULL, one row of JSON with an index on the interview."""

    name = "SQLite WAL FULL"

    def __init__(self, folder: Path, count: int) -> None:
        self.connection = sqlite3.connect(folder / f"sqlite{count}", isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute("CREATE TABLE responses (id TEXT PRIMARY KEY, interview TEXT, body TEXT)")
        self.connection.execute("CREATE INDEX by_interview ON responses (interview)")
        self.connection.execute("BEGIN")
        rows = ((record, body["interview"], json.dumps(body)) for record, body in bodies(count))
        self.connection.executemany("INSERT INTO responses VALUES (?, ?, ?)", rows)
        self.connection.execute("COMMIT")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def record(self, record: str, body: Body) -> None:
        row = (record, body["interview"], json.dumps(body))
        self.connection.execute("INSERT INTO responses VALUES (?, ?, ?)", row)


class StockTinyDB:
    """TinyDB as it comes."""

    name = "stock TinyDB"

    def __init__(self, folder: Path, count: int) -> None:
        self.table = stock(folder / f"tiny{count}.json", count)

    def record(self, record: str, body: Body) -> None:
        self.table.insert(body)


def measure_records(table: Table, folder: Path, sizes: tuple[int, ...], rounds: int) -> None:
    """Measure one durable record in stores of growing size."""
    ours: dict[int, OurStore] = {}
    medians: dict[tuple[str, int], float] = {}
    for count in sizes:
        print(f"a durable record, {count:,} responses")
        mine = ours[count] = OurStore(folder, count)
        rivals: list[Any] = [mine, Bare(folder, mine.store), SQLite(folder, count)]
        times = interleave(rivals, rounds)
        slow = StockTinyDB(folder, count)
        times[slow.name] = interleave([slow], TURN if count <= 100 else 3)[slow.name]
        for name, found in times.items():
            medians[name, count] = statistics.median(found)
            table.value(name, medians[name, count])
        one = medians["fieldkit", count]
        table.promise("against bare append + fdatasync", paired(times["fieldkit"], times[Bare.name]), 1.3)
        sitting = [times[name][:SITTING] for name in ("fieldkit", SQLite.name)]
        table.promise("against SQLite, a sitting", paired(*sitting), 1.0)
        later = [times[name][-SITTING:] for name in ("fieldkit", Bare.name, SQLite.name)]
        if rounds > 2 * SITTING:
            table.told("against SQLite, overwriting its log", paired(later[0], later[2]))
            table.told("bare append against SQLite, overwriting its log", paired(later[1], later[2]))
        if count == 10_000:
            table.promise(
                "stock TinyDB takes times as long", medians[slow.name, count] / one, 200, at_least=True
            )
    print("flat over sizes, measured in turn")
    flat = interleave_sizes(ours, rounds)
    for count, seconds in flat.items():
        table.value(f"{count:,} responses", statistics.median(seconds))
    against_smallest = [paired(seconds, flat[sizes[0]]) for seconds in flat.values()]
    table.promise("slowest size against fastest", max(against_smallest) / min(against_smallest), 1.2)
    for mine in ours.values():
        mine.store.close()


def interleave(rivals: list[Any], rounds: int) -> dict[str, list[float]]:
    """Give each rival a few records in turn, another one leading each time; return the seconds of each."""
    times: dict[str, list[float]] = {rival.name: [] for rival in rivals}
    new = [
        (f"new:{number}", {**body, "id": f"new:{number}"})
        for number, (_, body) in enumerate(bodies(rounds, 7))
    ]
    for turn, start in enumerate(range(0, rounds, TURN)):
        shift = turn % len(rivals)
        for rival in [*rivals[shift:], *rivals[:shift]]:
            for record, body in new[start : start + TURN]:
                times[rival.name].append(timed(rival.record, record, body))
    return times


def paired(ours: list[float], theirs: list[float]) -> float:
    """Return the median over turns of the ratio of a turn's medians: a disk that drifts leaves it alone."""
    turns = range(0, min(len(ours), len(theirs)), TURN)
    return statistics.median(
        statistics.median(ours[start : start + TURN]) / statistics.median(theirs[start : start + TURN])
        for start in turns
    )


def interleave_sizes(stores: dict[int, OurStore], rounds: int) -> dict[int, list[float]]:
    """Record a few times in each of our stores in turn; return the seconds of each."""
    times: dict[int, list[float]] = {count: [] for count in stores}
    new = [(f"flat:{number}", body) for number, (_, body) in enumerate(bodies(rounds, 8))]
    for start in range(0, rounds, TURN):
        for count, mine in stores.items():
            for record, body in new[start : start + TURN]:
                times[count].append(timed(mine.record, record, body))
    return times


# Opening ---------------------------------------------------------------------------------------------------


def measure_opening(table: Table, folder: Path, sizes: tuple[int, ...]) -> None:
    """Measure opening in fresh processes, and the memory it takes."""
    for count in sizes:
        print(f"opening, {count:,} responses")
        ours = folder / f"open{count}"
        with Store.create(ours) as store:
            fill(store, count)
        stock(folder / f"open{count}.json", count)
        runs: dict[tuple[str, str], list[dict[str, float]]] = {}
        for _ in range(5):
            for what, path in (("ours", ours), ("stock", folder / f"open{count}.json")):
                for use in ("open", "read"):
                    runs.setdefault((what, use), []).append(child(what, path, use))
        seconds = {key: statistics.median(run["seconds"] for run in found) for key, found in runs.items()}
        memory = {key: statistics.median(run["kb"] for run in found) for key, found in runs.items()}
        for (what, use), found in seconds.items():
            table.value(f"{what}: {use} ({memory[what, use] / 1024:,.0f} MB)", found)
        (ours / "snapshot").unlink()
        table.value("ours: open without a snapshot", child("ours", ours, "open")["seconds"])
        limit = 1.5 if count <= 12_000 else 1.0
        table.promise("open, against stock TinyDB", seconds["ours", "open"] / seconds["stock", "open"], limit)
        table.promise("open and read every body", seconds["ours", "read"] / seconds["stock", "read"], limit)
        table.promise("memory, having read all", memory["ours", "read"] / memory["stock", "read"], 1.0)


def child(what: str, path: Path, use: str) -> dict[str, float]:
    """Measure one opening in a process of its own."""
    command = [sys.executable, "-m", "benchmarks", "store", "--child", what, str(path), use]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def measure_open(what: str, path: str, use: str) -> dict[str, float]:
    """Open a store, and read all of it if asked; return seconds and the peak of memory in KB."""
    from tinydb import TinyDB

    start = time.perf_counter()
    if what == "ours":
        rows = Store.open(Path(path)).rows("responses")
        found = len(list(rows.values())) if use == "read" else len(rows)
    else:
        table = TinyDB(path).table("responses")
        found = len(list(table)) if use == "read" else len(table)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "kb": peak_memory(), "found": found}


def peak_memory() -> int:
    """Return this process's greatest memory so far, in KB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Unlike getrusage's figure, this one starts anew with the program, not with the process it came from.
        return int(status.read_text().partition("VmHWM:")[2].split()[0])
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def fill(store: Store, count: int) -> None:
    """Put responses into an empty store."""
    batch = [Put("responses", record, body) for record, body in bodies(count)]
    for start in range(0, count, 5_000):
        store.commit(batch[start : start + 5_000], author="AB")


def stock(path: Path, count: int) -> Any:
    """Make a stock TinyDB's file and open it."""
    from tinydb import TinyDB

    data = {"responses": {str(number): body for number, (_, body) in enumerate(bodies(count), 1)}}
    path.write_text(json.dumps(data))
    return TinyDB(path).table("responses")


def timed(action: Callable[[str, Body], None], record: str, body: Body) -> float:
    """Return the seconds that recording takes."""
    start = time.perf_counter()
    action(record, body)
    return time.perf_counter() - start
