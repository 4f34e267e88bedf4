"""How much disk a compacted store takes, against the compact JSON of its current values."""

from __future__ import annotations

import random
from pathlib import Path

import orjson

from benchmarks._workload import PASSPHRASE, WORDS, Body, Table, bodies
from fieldkit.storage import Put, Store

REVISIONS = 5
LIMIT = 1.6


def measure_packing(table: Table, folder: Path, count: int) -> None:
    """Revise the notes of every response five times, compact, and weigh what is left."""
    print(f"size on disk, {count:,} responses whose notes were each revised {REVISIONS} times")
    source = random.Random(11)
    current: dict[str, Body] = dict(bodies(count, seed=12))
    with Store.create(folder / "packing", passphrase=PASSPHRASE) as store:
        for turn in range(REVISIONS + 1):
            if turn:
                current = {record: _revised(body, source) for record, body in current.items()}
            batch = [Put("responses", record, body) for record, body in current.items()]
            for start in range(0, count, 2_000):
                store.commit(batch[start : start + 2_000], author="AB")
        values = sum(len(orjson.dumps(body)) for body in store.rows("responses").values())
        before = (store.folder / "journal").stat().st_size
        store.compact()
        after = (store.folder / "journal").stat().st_size
        table.told("journal before, against the current values", before / values)
        table.promise("journal after compaction, against the current values", after / values, LIMIT)
        revisions = sum(1 for _ in store.revisions())
        print(f"  {'revisions kept':<58}{revisions:>12,}")


def _revised(body: Body, source: random.Random) -> Body:
    """Return a response with a few words of its notes changed, as one cleans them up."""
    paragraphs = []
    for paragraph in body["paragraphs"]:
        words = paragraph["text"].split(" ")
        for _ in range(4):
            words[source.randrange(len(words))] = source.choice(WORDS)
        paragraphs.append({**paragraph, "text": " ".join(words)})
    return {**body, "paragraphs": paragraphs}
