"""What a screen shows, as text, compared with what it showed when someone last looked."""

from __future__ import annotations

import contextlib
import os
import re
from itertools import groupby
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

GOLDENS = Path(__file__).parent / "goldens"
REGENERATE = "FIELDKIT_GOLDENS"
"""Set to `write`, frames are written down as they are; look at the difference before committing them."""

SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
SMALL, LARGE = SIZES.values()

_TIMES = re.compile(r"\b\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?")


def frame(app: App[Any]) -> str:
    """The screen as text, one line a row, blanks at the ends left out."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"


def masked(text: str) -> str:
    """A frame with every date and time as `0000-00-00 00:00`, cut to the width it had."""
    return _TIMES.sub(lambda found: "0000-00-00 00:00"[: len(found.group())].ljust(len(found.group())), text)


def check_golden(app: App[Any], name: str) -> None:
    """Compare the screen with its golden frame."""
    path = GOLDENS / f"{name}.txt"
    shown = masked(frame(app))
    if os.environ.get(REGENERATE) == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.exists(), f"no golden {path.name}: make it with {REGENERATE}=write"
    assert shown == path.read_text(encoding="utf-8"), f"{path.name}; if meant so, {REGENERATE}=write"


async def check_both_sizes(app: App[Any], pilot: Pilot[Any], name: str) -> None:
    """Compare the screen with its golden frame as it is, and once its terminal was made larger."""
    await settled(pilot)
    check_golden(app, f"{name}-80x24")
    await pilot.resize_terminal(*LARGE)
    await settled(pilot)
    check_golden(app, f"{name}-120x40")


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until guides are read, counts are made and all is drawn."""
    await pilot.pause()
    # One that asks for something waits for keys, and is not waited for.
    while working := [w for w in pilot.app.workers if w.group != "prompt" and not w.is_finished]:
        # One that a newer one replaces, or that ends with the app, was cancelled rightly.
        with contextlib.suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete(working)
        await pilot.pause()
    await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each with time to take effect; runs of the same key, and of small letters, at once."""
    runs = [
        (kind, list(run))
        for kind, run in groupby(keys, key=lambda key: "letters" if key in ascii_lowercase else key)
    ]
    for left, (kind, run) in enumerate(runs, start=1 - len(runs)):
        await pilot.press(*run)
        if kind != "letters" or not left:
            await settled(pilot)
