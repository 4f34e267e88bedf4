"""A draft in a file of its own outside the store: a heading and one frame, sealed as the store's own are."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from fieldkit.say import grouped, reason_of, t
from fieldkit.storage import files
from fieldkit.storage.canonical import canonical
from fieldkit.storage.drafts import KIND
from fieldkit.storage.errors import NotDurable, StoreDamaged, StoreError
from fieldkit.storage.frames import HEADER_SIZE, SEALED, Part, PlainSealer, decode, encode, expected_tag
from fieldkit.storage.heading import heading_bytes, heading_tag, parse_heading
from fieldkit.storage.keys import Keys
from fieldkit.storage.storefiles import StoreFiles

LIMIT = 64 << 20
"""Bytes beyond which such a file is not read: an interview makes a few hundred thousand."""


def write_copy(path: Path, store: StoreFiles, name: str, values: Mapping[str, Any]) -> None:
    """Write a draft to a new file, private to its owner, and read it back.

    Args:
        path: the file to make.
        store: the store that the draft is of; where it is encrypted, so is the file.
        name: the draft's name.
        values: key to value.

    Raises:
        FileExistsError: something has that name already; it is not touched.
        NotDurable: it could not be written, or does not read as what was written; nothing is left.
        StoreSealed: the keys are not in memory.
    """
    heading = heading_bytes(KIND, {"name": name, "study": store.study_id})
    part = Part(canonical(dict(values)))
    frame, _ = encode(store.keys.sealer(f"{KIND} {name}"), 1, heading_tag(heading), part, last=True)
    made = False
    try:
        with files.writing(path) as file:
            made = True
            file.write(heading + frame)
        files.sync_folder(path.parent)
        if read_copy(path, store) != (name, orjson.loads(part.payload)):
            raise NotDurable(t("{path}: does not read as it was written").format(path=path))
    except FileExistsError:
        raise
    except (OSError, StoreError) as error:
        if made:
            with contextlib.suppress(OSError):
                files.unlink(path)
        reason = reason_of(error) if isinstance(error, OSError) else error
        raise NotDurable(t("{path}: not saved: {reason}").format(path=path, reason=reason)) from error


def read_copy(path: Path, store: StoreFiles) -> tuple[str, dict[str, Any]]:
    """Read such a file.

    Args:
        path: the file.
        store: the store that it must be of.

    Returns:
        The draft's name, and key to value.

    Raises:
        StoreError: it cannot be read, is damaged, or belongs to another study.
    """
    try:
        with files.reading(path) as fd:
            data = files.read_at(fd, LIMIT + 1, 0)
    except OSError as error:
        raise StoreError(
            t("{path}: cannot be read ({reason})").format(path=path, reason=reason_of(error))
        ) from error
    if len(data) > LIMIT:
        raise StoreError(
            t("{path}: larger than any draft; at most {limit} bytes are read").format(
                path=path, limit=grouped(LIMIT)
            )
        )
    meta, heading = parse_heading(data, path, KIND)
    name, of = meta.get("name"), meta.get("study")
    if not isinstance(name, str) or not isinstance(of, str):
        raise StoreError(
            t("{path}: a draft, but not one that was saved elsewhere; nothing was taken in").format(path=path)
        )
    if of != store.study_id:
        raise StoreError(t("{path}: belongs to another study; nothing was taken in").format(path=path))
    return name, _payload(path, data, heading, store.keys, f"{KIND} {name}")


def _payload(path: Path, data: bytes, heading: bytes, keys: Keys, purpose: str) -> dict[str, Any]:
    """What the one frame after the heading holds."""
    start = len(heading)
    frame = decode(data, start, start)
    if frame is None or frame.end != len(data) or frame.header.previous != heading_tag(heading):
        raise StoreDamaged(t("{path}: damaged; nothing was taken in").format(path=path))
    if expected_tag(data[start : start + HEADER_SIZE] + frame.stored) != frame.tag:
        raise StoreDamaged(t("{path}: damaged; nothing was taken in").format(path=path))
    # What was saved before the study was given a passphrase is still its own.
    sealer = keys.sealer(purpose) if frame.header.flags & SEALED else PlainSealer()
    try:
        values = orjson.loads(sealer.open(frame.header, frame.stored))
    except (StoreDamaged, orjson.JSONDecodeError) as error:
        raise StoreDamaged(
            t("{path}: cannot be opened ({error}); nothing was taken in").format(path=path, error=error)
        ) from None
    if not isinstance(values, dict):
        raise StoreDamaged(t("{path}: damaged; nothing was taken in").format(path=path))
    return values
