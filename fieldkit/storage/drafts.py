"""Drafts: what is being typed, kept from second to second until it becomes a revision."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.aside import put_aside
from fieldkit.storage.canonical import canonical
from fieldkit.storage.errors import NotDurable, StoreError, StoreReadOnly
from fieldkit.storage.framefile import FrameFile
from fieldkit.storage.frames import Part
from fieldkit.storage.heading import heading_bytes
from fieldkit.storage.keys import Keys
from fieldkit.storage.recovery import Replay
from fieldkit.storage.writes import Notice

KIND = "draft"
SUFFIX = ".draft"
_SIMPLE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Drafts:
    """The drafts of a store: under each name (an interview's id) the last value of each key.

    Attributes:
        notices: what was found damaged, once it was read.
    """

    def __init__(self, folder: Path, keys: Keys, *, write: bool) -> None:
        self.notices: list[Notice] = []
        self._folder = folder
        self._keys = keys
        self._write = write
        self._open: dict[str, FrameFile] = {}
        self._values: dict[str, dict[str, Any]] = {}
        self._lock = threading.RLock()

    def names(self) -> list[str]:
        """Return the names that have a draft, sorted."""
        found = []
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.suffix == SUFFIX:
                    found.append(self._name_of(path))
        return sorted(name for name in found if name is not None)

    def latest(self, name: str) -> dict[str, Any]:
        """Return key -> last value of one draft; empty when there is none. A torn last write is left out.

        Raises:
            StoreError: when it cannot be read.
        """
        with self._lock, self._telling(name, t("{path}: cannot be read: {reason}")):
            values = self._values.get(name)
            if values is None:
                values = self._load(name)
            return dict(values)

    def append(self, name: str, key: str, value: Any) -> None:
        """Keep a value, durably; None takes the key out."""
        self.append_many(name, {key: value})

    def append_many(self, name: str, values: Mapping[str, Any]) -> None:
        """Keep several values in one durable write.

        Raises:
            StoreReadOnly: when the store is open for reading only.
            NotStorable: when a value is no JSON.
            NotDurable: when the disk did not take it.
        """
        if not self._write:
            raise StoreReadOnly(
                t("{folder}: open for reading only, so nothing is kept").format(folder=self._folder)
            )
        payload = canonical(dict(values))
        with self._lock, self._telling(name, t("{path}: not saved: {reason}")):
            file = self._file(name)
            if file.unsure:
                file.go_on()
            file.append([Part(payload)])
            _merge(self._values[name], orjson.loads(payload))

    def clear(self, name: str) -> None:
        """Forget a draft; to be called once what it held is durable elsewhere.

        Raises:
            NotDurable: when it could not be removed; it is offered once more at the next opening.
        """
        with self._lock, self._telling(name, t("{path}: not removed: {reason}")):
            file = self._open.pop(name, None)
            if file is not None:
                file.close()
            self._values.pop(name, None)
            if self._write and self._folder.is_dir():
                files.unlink(self._path(name))

    def close(self) -> None:
        """Close every open draft."""
        with self._lock:
            for file in self._open.values():
                file.close()
            self._open.clear()
            self._values.clear()

    @contextlib.contextmanager
    def _telling(self, name: str, told: str) -> Iterator[None]:
        """Say of a draft, in place of what the system says of a file, what could not be done."""
        try:
            yield
        except OSError as error:
            raise NotDurable(told.format(path=self._path(name), reason=reason_of(error))) from error

    def _file(self, name: str) -> FrameFile:
        """Return a draft's file, open for writing, made if need be."""
        file = self._open.get(name)
        if file is None:
            path = self._path(name)
            if not path.exists():
                files.make_folder(self._folder)
                FrameFile.create(path, KIND, {"name": name})
            self._load(name)
            file = self._open[name]
        return file

    def _load(self, name: str) -> dict[str, Any]:
        """Read a draft's values; where writing is allowed, cut off a torn end and hold the file open."""
        path = self._path(name)
        values: dict[str, Any] = {}
        if not path.exists():
            return values
        sealer = self._keys.sealer(f"{KIND} {name}")
        file = FrameFile.open(
            path, KIND, sealer, write=self._write, spares=[heading_bytes(KIND, {"name": name})]
        )
        replay = Replay(file, single=True)
        for _, payload in replay.frames():
            _merge(values, orjson.loads(payload))
        if not self._write:
            file.close()
            return values
        try:
            self._settle(file, replay)
        except BaseException:
            file.close()
            raise
        self._open[name] = file
        self._values[name] = values
        return values

    def _settle(self, file: FrameFile, replay: Replay) -> None:
        """Put damage and a torn end aside, cut the end off, and go on after it."""
        if file.unread is not None:
            raise StoreError(
                t("{path}: the disk cannot read it at byte {unread}; nothing was changed").format(
                    path=file.path, unread=file.unread
                )
            )
        damaged = t("{path}: {n} bytes at byte {start} are damaged; a copy lies in {copy}")
        torn = t("{path}: {n} bytes at byte {start} are an unfinished write; a copy lies in {copy}")
        lost = [(start, end, "damage", damaged) for start, end in replay.damage]
        if replay.torn:
            lost.append((replay.length, file.size(), "torn", torn))
        for start, end, kind, told in lost:
            data = file.read_at(end - start, start)
            copy = put_aside(self._folder.parent, f"{file.path.stem}-{start}", data, self._keys)
            text = told.format(path=file.path, n=len(data), start=start, copy=copy)
            self.notices.append(Notice(kind, text))
        file.resume(replay.length, replay.tag, replay.sequence)
        if replay.torn:
            file.cut(replay.length)

    def _path(self, name: str) -> Path:
        return self._folder / f"{file_stem(name)}{SUFFIX}"

    def _name_of(self, path: Path) -> str | None:
        try:
            file = FrameFile.open(path, KIND, self._keys.sealer(KIND), write=False)
        except (StoreError, OSError):
            # A damaged heading is known from the name, where the file is named after it.
            return path.stem if _SIMPLE.fullmatch(path.stem) else None
        name = file.meta.get("name")
        file.close()
        return name if isinstance(name, str) else None


def file_stem(name: str) -> str:
    """Return what a draft's file is named after.

    A name can come from a file: it must neither leave its folder nor clash on a disk without case.
    """
    return name if _SIMPLE.fullmatch(name) else "x" + sha256(name.encode()).hexdigest()[:40]


def _merge(values: dict[str, Any], new: Mapping[str, Any]) -> None:
    for key, value in new.items():
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
