"""The device id: which laptop a revision was made on, and how a copied store notices that it is one."""

from __future__ import annotations

import contextlib
import uuid
from hashlib import sha256
from pathlib import Path

import orjson

from fieldkit.storage import files
from fieldkit.storage.revision import new_id

_SIZE_LIMIT = 4 << 10
_MACHINE_ID = Path("/etc/machine-id")


def load_device(folder: Path, *, write: bool) -> tuple[str, bool]:
    """Find the device id of a store folder on this machine.

    Two laptops that write under one device id could not be told apart; so a folder that was copied or
    restored, which its mark shows, takes a new id.

    Args:
        folder: the store.
        write: whether a new id may be kept.

    Returns:
        The id, and whether it replaces one that belonged to another machine or folder.
    """
    path = folder / "device.json"
    mark = _mark(folder)
    known = _read(path)
    if known is not None and known[1] == mark:
        return known[0], False
    device = new_id()
    if write:
        # Where it cannot be kept, this session has an id of its own.
        with contextlib.suppress(OSError):
            files.replace_file(path, orjson.dumps({"device": device, "mark": mark}) + b"\n")
    return device, known is not None


def _read(path: Path) -> tuple[str, str] | None:
    try:
        with files.reading(path) as fd:
            told = orjson.loads(files.read_at(fd, _SIZE_LIMIT, 0))
        device, mark = told["device"], told["mark"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (device, mark) if isinstance(device, str) and isinstance(mark, str) else None


def _mark(folder: Path) -> str:
    """Return a hash of this machine and this very folder."""
    try:
        machine = _MACHINE_ID.read_text().strip()
    except OSError:
        machine = f"{uuid.getnode():x}"
    place = folder.resolve()
    status = place.stat()
    told = f"{machine}\n{place}\n{status.st_ino}"
    return sha256(told.encode("utf-8", "surrogateescape")).hexdigest()
