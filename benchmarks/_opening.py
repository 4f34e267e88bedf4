"""Opening a store against opening stock TinyDB's file of the same values, each in a process of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks._workload import PASSPHRASE, Table, fill, stock
from fieldkit.storage import Store
from fieldkit.storage.keyfile import unlock


def measure_opening(table: Table, folder: Path, sizes: tuple[int, ...]) -> None:
    """Measure opening in fresh processes, and the memory it takes."""
    for count in sizes:
        print(f"opening, {count:,} responses")
        ours = folder / f"open{count}"
        with Store.create(ours, passphrase=PASSPHRASE) as store:
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


def measure_large(table: Table, folder: Path, count: int) -> None:
    """Measure opening a store beyond what one study ever holds, in seconds and in memory."""
    print(f"opening, {count:,} responses")
    ours = folder / f"open{count}"
    with Store.create(ours, passphrase=PASSPHRASE) as store:
        fill(store, count)
    found = child("ours", ours, "open")
    table.promise("seconds to open", found["seconds"], 5.0)
    table.promise("memory, GB", found["kb"] / (1 << 20), 1.0)
    (ours / "snapshot").unlink()
    found = child("ours", ours, "open")
    table.told("seconds to open without a snapshot", found["seconds"])
    table.promise("memory without a snapshot, GB", found["kb"] / (1 << 20), 1.0)


def child(what: str, path: Path, use: str) -> dict[str, float]:
    """Measure one opening in a process of its own."""
    command = [sys.executable, "-m", "benchmarks", "store", "--child", what, str(path), use]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def measure_open(what: str, path: str, use: str) -> dict[str, float]:
    """Open a store, and read all of it if asked; return seconds and the peak of memory in KB."""
    from tinydb import TinyDB

    # Unlocking takes a tenth of a second by intention, whatever the store holds.
    keys = unlock(Path(path), PASSPHRASE) if what == "ours" else None
    start = time.perf_counter()
    if what == "ours":
        rows = Store.open(Path(path), keys=keys).rows("responses")
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
