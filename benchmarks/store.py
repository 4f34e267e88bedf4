"""The store, encrypted, against bare files, SQLite and stock TinyDB: a durable record, opening, size on disk.

Every rival gets the same responses of about 1.2 KB, unencrypted. Rounds are interleaved, so that a slow disk
slows all of them; what is printed are medians, and ratios of what was measured side by side.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import tempfile
from pathlib import Path
from typing import Any

from benchmarks._opening import measure_large, measure_open, measure_opening
from benchmarks._packing import measure_packing
from benchmarks._workload import PASSPHRASE, Body, Table, bodies, fill, stock, timed
from fieldkit.storage import Put, Store

SIZES = (100, 10_000, 100_000)
OPEN_SIZES = (12_000, 100_000)
LARGE = 500_000
SITTING = 200
"""Records of one sitting. SQLite's log grows in it; once it is 4 MB long, SQLite overwrites it, which spares
the file system the new length that every append must note, bare or ours."""
TURN = 20
"""How many records a rival makes before the next one has its turn."""


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
        measure_packing(table, Path(folder), 2_000 if options.quick else 12_000)
        if not options.quick:
            measure_large(table, Path(folder), LARGE)
    print("all promises hold" if table.passed else "a promise is missed")
    return table.passed


class OurStore:
    """This project's store, encrypted."""

    name = "fieldkit"

    def __init__(self, folder: Path, count: int) -> None:
        self.store = Store.create(folder / f"ours{count}", passphrase=PASSPHRASE)
        fill(self.store, count)

    def record(self, record: str, body: Body) -> None:
        self.store.commit([Put("responses", record, body)], author="AB")


class Bare:
    """The same bytes appended to a file and synced, nothing else."""

    name = "bare append + fdatasync"

    def __init__(self, folder: Path, store: Store) -> None:
        before = store.journal_stream().read()
        store.commit([Put("responses", "", next(bodies(1, seed=9))[1])], author="AB")
        self.data = store.journal_stream().read()[len(before) :]
        path = folder / f"bare{len(before)}"
        path.write_bytes(before)
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
        table.value("beyond the bare append, that is our own work", one - medians[Bare.name, count])
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
    if len(sizes) > 2:
        ours[LARGE] = OurStore(folder, LARGE)
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
