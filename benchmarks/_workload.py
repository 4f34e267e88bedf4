"""What every rival of the store gets: the same made-up responses; and how a figure is printed."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fieldkit.storage import Put, Store

Body = dict[str, Any]
PASSPHRASE = "a passphrase for benchmarks only"
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
