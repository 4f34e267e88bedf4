"""The app in a real pseudo-terminal, against a bare Textual app: starting, a key's way, an hour of typing.

The rival has a list, a text area and a footer, and nothing behind them. Both run at the same time, and every
key goes to one and then to the other, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks._held import CODE, build, typed_notes
from benchmarks._terminal import FRAME_END, Terminal
from benchmarks._workload import WORDS, Table

RESPONSES: Final = 12_000
LONG: Final = 200_000
LETTERS: Final = "БГДЖЗИЙЛПФЦЧШЩЭЮЯ"
"""Letters that stand nowhere else on the screen: what is typed is told from all else there."""

KEYS_PER_S: Final = 8
GAP_S: Final = 0.05
BURST: Final = 16
BARE: Final = [sys.executable, "-m", "benchmarks._bare_app"]


def run(arguments: list[str]) -> bool:
    """Measure, print, and return whether every promise holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks app")
    parser.add_argument("--quick", action="store_true", help="fewer keys, and six minutes for the hour")
    parser.add_argument("--folder", type=Path, help="where to work: the disk to be measured")
    options = parser.parse_args(arguments)
    keys, minutes, starts = (120, 6, 5) if options.quick else (400, 60, 15)
    table = Table()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        # No key file and no settings of whoever runs this have a part in it.
        os.environ |= {"XDG_CONFIG_HOME": name, "XDG_STATE_HOME": name}
        short = build(folder / "short", RESPONSES)
        long = build(folder / "long", RESPONSES, made_up(LONG))
        hour = build(folder / "hour", RESPONSES)
        measure_start(table, short, starts)
        measure_keys(table, short, folder, "", keys)
        measure_keys(table, long, folder, made_up(LONG), keys)
        measure_jump(table, short, 10 if options.quick else 40)
        measure_hour(table, hour, minutes)
    print("all promises hold" if table.passed else "a promise is missed")
    return table.passed


def made_up(length: int) -> str:
    """Notes of so many characters, a paragraph every few hundred."""
    source = random.Random(7)
    words = " ".join(source.choices(WORDS, k=length // 5))
    cuts = range(0, len(words), 400)
    return "\n".join(words[cut : cut + 400].strip() for cut in cuts)[:length]


def measure_start(table: Table, study: Path, starts: int) -> None:
    """From the start of the process to the first frame that shows the respondents, or the list."""
    print(f"start to the first painted Desk, {RESPONSES:,} responses")
    ours: list[float] = []
    bare: list[float] = []
    # The first start of each fills the disk's cache, and does not count.
    for _ in range(starts + 1):
        for command, shown, seconds in (
            ([sys.executable, "-m", "fieldkit", "open", str(study)], "Respondents", ours),
            (BARE, "READY", bare),
        ):
            with Terminal(command) as terminal:
                seconds.append(_start(terminal, shown))
    table.value("ours, median", statistics.median(ours[1:]))
    table.value("bare Textual app, median", statistics.median(bare[1:]))
    table.promise(
        "start, against the bare app", statistics.median(ours[1:]) / statistics.median(bare[1:]), 1.4
    )


def measure_keys(table: Table, study: Path, folder: Path, words: str, keys: int) -> None:
    """From a key to the frame that shows its letter, in notes and in a bare text area, turn by turn."""
    print(f"a key's way to the screen, over {len(words) // 1_000} KB of notes, drafted to disk meanwhile")
    kept = folder / "bare.txt"
    kept.write_text(words, encoding="utf-8")
    with Terminal(_interview(study)) as ours, Terminal([*BARE, str(kept)]) as bare:
        ours.wait_for(lambda text: "SAVED" in text and "Notes" in text)
        bare.wait_for(lambda text: "READY" in text)
        seconds: dict[Terminal, list[float]] = {ours: [], bare: []}
        for number in range(keys):
            for terminal in seconds:
                if number % 7 == 6:
                    terminal.send(" ")
                    terminal.idle(GAP_S)
                seconds[terminal].append(_key(terminal, LETTERS[number % len(LETTERS)]))
                ours.idle(GAP_S / 2)
                bare.idle(GAP_S / 2)
    table.value("ours, median", statistics.median(seconds[ours]))
    table.value("bare text area, median", statistics.median(seconds[bare]))
    table.value("ours, p95", _p95(seconds[ours]))
    table.value("bare text area, p95", _p95(seconds[bare]))
    table.promise("p95, against the bare text area", _p95(seconds[ours]) / _p95(seconds[bare]), 1.2)


def measure_jump(table: Table, study: Path, jumps: int) -> None:
    """From the last key of a jump to the frame that shows the item, and that the one before is saved."""
    print("jump to an item")
    seconds = []
    with Terminal(_interview(study)) as terminal:
        terminal.wait_for(lambda text: "SAVED" in text and "Notes" in text)
        for number in range(jumps):
            item = 3 + number % 9
            terminal.send(f"Ж\x07{item}")
            terminal.idle(0.3)
            sent = terminal.send("\r")
            shown = f"item {item} "
            seconds.append(terminal.wait_for(lambda text, shown=shown: shown in text) - sent)
            terminal.idle(0.1)
    table.promise("jump to an item, p95, in ms", _p95(seconds) * 1000, 100)


def measure_hour(table: Table, study: Path, minutes: int) -> None:
    """Type for an hour, as fast as it is taken; then a power cut, and all of it is there."""
    print(f"{minutes} minutes of typing, {KEYS_PER_S} keys a second, replayed as fast as it goes")
    text = made_up(minutes * 60 * KEYS_PER_S)
    with Terminal(_interview(study)) as terminal:
        terminal.wait_for(lambda shown: "SAVED" in shown and "Notes" in shown)
        warm = min(len(text) // 10, 2_000)
        _type(terminal, text[:warm])
        before = terminal.memory_kb()
        _type(terminal, text[warm:])
        after = terminal.memory_kb()
        terminal.kill()
    kept = typed_notes(study)
    both = enumerate(zip(kept, text, strict=False))
    lost = len(text) - next((at for at, (one, other) in both if one != other), len(kept))
    table.promise("memory grew by, MB", (after - before) / 1024, 20)
    table.promise("characters lost in the power cut after it", lost, 0)


def _interview(study: Path) -> list[str]:
    return [sys.executable, "-m", "fieldkit", "interview", "--respondent", CODE, "--study", str(study)]


def _start(terminal: Terminal, shown: str) -> float:
    """Seconds to the end of the first frame with a text; nothing is drawn while the program starts."""
    drawn = b""
    end = time.perf_counter() + 60
    while time.perf_counter() < end:
        came, data = terminal.take_in(0.05, look=False)
        drawn += data
        if FRAME_END in drawn.partition(shown.encode())[2]:
            return came - terminal.began
    raise AssertionError(f"never shown: {shown}")


def _key(terminal: Terminal, letter: str) -> float:
    """Seconds from a key to the frame in which the letters on the screen are others than before."""
    before = _letters(terminal.text)
    sent = terminal.send(letter)
    return terminal.wait_for(lambda text: _letters(text) != before) - sent


def _letters(text: str) -> str:
    return "".join(character for character in text if character in LETTERS)


def _type(terminal: Terminal, text: str) -> None:
    """Type a text in bursts, and wait until it is saved."""
    for start in range(0, len(text), BURST):
        terminal.send(text[start : start + BURST].replace("\n", "\r"))
        _drain(terminal)
    terminal.idle(1.5)
    _until_saved(terminal)


def _drain(terminal: Terminal) -> None:
    """Wait for the frame that a burst gives rise to: no more keys are under way than a person has."""
    end = time.perf_counter() + 5
    while time.perf_counter() < end:
        _, data = terminal.take_in(0.05)
        if FRAME_END in data:
            return


def _until_saved(terminal: Terminal) -> None:
    saved: Callable[[str], bool] = lambda text: "SAVED" in text and "saving" not in text  # noqa: E731
    end = time.perf_counter() + 60
    while not saved(terminal.text) and time.perf_counter() < end:
        terminal.idle(0.2)


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[18]
