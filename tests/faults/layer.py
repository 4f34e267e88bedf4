"""A disk that fails at the N-th call, laid over the store's only door to the file system."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fieldkit.storage import files

READING = ("open_read", "read_at")
WRITING = ("write", "write_at")
CHANGING = (
    *WRITING,
    "sync_data",
    "truncate",
    "unlink",
    "rename",
    "sync_folder",
    "make_folder",
    "_open_private",
)

COUNTED = {
    "short": WRITING,
    "lost": ("sync_data",),
    "reading": READING,
    "from then on reading": READING,
}
"""The calls that can fail in a way; for all others, all that change something."""

WAYS = ("EIO", "ENOSPC", "short", "lost", "from then on", "reading")
"""How a call fails: once, with an error; a write with half of its bytes written; a sync with all the bytes
lost that it was to force to the disk; so that all later calls fail too; a call that only reads."""


class Layer:
    """Counts the calls that reach the disk, and lets one fail.

    Attributes:
        failed: the name of the call that failed first, or None while none has.
        log: the names of the calls counted.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.failed: str | None = None
        self.log: list[str] = []
        self._at = 0
        self._way = ""
        self._counted: tuple[str, ...] = ()
        self._synced: dict[int, bytes] = {}
        for name in (*CHANGING, *READING):
            patch.setattr(files, name, self._over(name, getattr(files, name)))

    @contextlib.contextmanager
    def failing(self, at: int, way: str) -> Iterator[None]:
        """Let call number `at` (from 1) of a block fail.

        Args:
            at: its number, among those that can fail in this way.
            way: one of `WAYS`, `interrupt`, `exit before` or `exit after`.
        """
        self.failed, self.log, self._at, self._way = None, [], at, way
        self._counted = COUNTED.get(way, CHANGING)
        try:
            yield
        finally:
            self._counted = ()

    def _over(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def layered(*arguments: Any) -> Any:
            if name not in self._counted:
                return self._done(name, call, arguments)
            self.log.append(name)
            number = len(self.log)
            if number == self._at or (number > self._at and self._way.startswith("from then on")):
                return self._fail(name, call, arguments)
            return self._done(name, call, arguments)

        return layered

    def _done(self, name: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        done = call(*arguments)
        if name == "sync_data":
            self._synced[os.fstat(arguments[0]).st_ino] = _content(arguments[0])
        return done

    def _fail(self, name: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self.failed = self.failed or name
        if self._way == "exit before":
            os._exit(0)
        if self._way in ("exit after", "interrupt"):
            call(*arguments)
            if self._way == "interrupt":
                raise KeyboardInterrupt
            os._exit(0)
        if self._way == "short":
            descriptor, data, *offset = arguments
            half = data[: len(data) // 2]
            os.pwrite(descriptor, half, *offset) if offset else os.write(descriptor, half)
        if self._way == "lost":
            status = os.fstat(arguments[0])
            kept = self._synced.get(status.st_ino, b"")
            os.ftruncate(arguments[0], 0)
            with open(f"/proc/self/fd/{arguments[0]}", "r+b") as file:
                file.write(kept)
            os.ftruncate(arguments[0], status.st_size)
        number = errno.ENOSPC if self._way in ("ENOSPC", "short") else errno.EIO
        raise OSError(number, os.strerror(number))


def _content(descriptor: int) -> bytes:
    with open(f"/proc/self/fd/{descriptor}", "rb") as file:
        return file.read()
