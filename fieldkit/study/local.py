"""What a study remembers on this laptop alone: conveniences, none of which travels with the data."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from fieldkit.storage import files
from fieldkit.study.locate import STORE

_FILE = "local.json"
_SIZE_LIMIT = 64 << 10
_WRITING = threading.Lock()
"""Held from reading to writing: a backup in a thread must not undo what is said on the screen."""


def read_local(folder: Path) -> dict[str, Any]:
    """What is remembered of a study; empty where nothing is, or it cannot be read.

    Args:
        folder: the study.
    """
    try:
        with files.reading(folder / STORE / _FILE) as fd:
            found = json.loads(files.read_at(fd, _SIZE_LIMIT, 0))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_local(folder: Path, **changes: Any) -> None:
    """Remember something of a study; None forgets it.

    Args:
        folder: the study; its store folder must exist.
        changes: name to value.

    Raises:
        OSError: it cannot be written.
    """
    with _WRITING:
        told = {name: value for name, value in {**read_local(folder), **changes}.items() if value is not None}
        files.replace_file(folder / STORE / _FILE, json.dumps(told, ensure_ascii=False).encode() + b"\n")


def last_backup(folder: Path) -> str | None:
    """The day on which this laptop made the last backup of a study, ISO 8601, UTC; None where it made none.

    Args:
        folder: the study.
    """
    told = read_local(folder).get("backed_up_at")
    return told if isinstance(told, str) else None
