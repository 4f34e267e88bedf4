"""What importing costs: milliseconds by `-X importtime` for each way in, and no heavy package on the way."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pydantic", "yaml", "elementpath", "questionary", "openpyxl", "xlsxwriter", "docx", "PIL", "numpy")
"""Packages that are imported where they are used, never at start-up."""

WAYS_IN = {
    "fieldkit": ("textual", "rich", "tinydb"),
    "fieldkit.study.study": ("textual", "rich"),
    "fieldkit.study.desk": ("textual", "rich"),
    "fieldkit.cli.main": ("textual", "rich"),
    "fieldkit.tui.app": (),
}
"""Module to what else must not come with it."""


def run(arguments: list[str]) -> bool:
    """Print the totals; True when no heavy package was imported."""
    quiet = "--quick" in arguments
    clean = True
    print(f"{'import':24}{'ms':>8}  heavy packages")
    for module, more in WAYS_IN.items():
        milliseconds, loaded = measure(module)
        heavy = sorted(loaded & {*HEAVY, *more})
        clean = clean and not heavy
        print(f"{module:24}{milliseconds:8.0f}  {', '.join(heavy) or 'none'}")
        if not quiet and heavy:
            print(f"  FAIL: {module} must not import {', '.join(heavy)}")
    return clean


def measure(module: str) -> tuple[float, set[str]]:
    """Import a module in a process of its own.

    Args:
        module: its name.

    Returns:
        Milliseconds for it and all it imports, and the top-level packages then loaded.
    """
    script = f"import {module}, sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", script], capture_output=True, text=True, check=True
    )
    cumulative = [
        int(line.split("|")[1])
        for line in done.stderr.splitlines()
        if line.startswith("import time:") and line.rpartition("|")[2].strip() == module
    ]
    return cumulative[-1] / 1000, set(done.stdout.split())
