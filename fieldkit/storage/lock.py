"""The lock: one process writes a store; a crash leaves no lock behind, since the system holds it."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
from pathlib import Path

import orjson

from fieldkit import __version__
from fieldkit.say import t
from fieldkit.storage import files
from fieldkit.storage.errors import StoreLocked
from fieldkit.storage.revision import now

_LOCK_BYTE = 1 << 30
"""Windows locks are mandatory: the locked byte lies where nobody reads."""


_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
"""What a system answers where files cannot be locked at all."""


class Lock:
    """The lock on a store folder, held until `release`.

    Attributes:
        works: whether it keeps everybody else from writing: not where files cannot be locked, nor where
            locks do not reach other machines.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            StoreLocked: when another process has it; the message says which.
        """
        self._fd = files.open_update(path)
        self.works = True
        try:
            _take(self._fd)
        except OSError as error:
            self.works = error.errno not in _NO_LOCKS
            if self.works:
                files.close(self._fd)
                raise StoreLocked(
                    t("{folder}: open for writing in {holder}").format(
                        folder=path.parent, holder=describe(path)
                    )
                ) from None
        told = {"pid": os.getpid(), "host": socket.gethostname(), "since": now(), "fieldkit": __version__}
        # Who has it is told as a courtesy: a full disk keeps nobody from opening.
        with contextlib.suppress(OSError):
            files.truncate(self._fd, 0)
            files.write_at(self._fd, orjson.dumps(told) + b"\n", 0)

    def release(self) -> None:
        """Let the lock go."""
        with contextlib.suppress(OSError):
            files.truncate(self._fd, 0)
        files.close(self._fd)


def holder(path: Path) -> str | None:
    """Tell who holds a lock, or None when nobody does; never takes it for longer than this call."""
    try:
        fd = files.open_read(path)
    except OSError:
        return None
    try:
        _take(fd)
    except OSError as error:
        return None if error.errno in _NO_LOCKS else describe(path)
    finally:
        files.close(fd)
    return None


def describe(path: Path) -> str:
    """Say in words what a lock's file tells of its holder."""
    try:
        told = orjson.loads(path.read_bytes())
        return t("process {pid} on {host} since {since}").format(
            pid=told["pid"], host=told["host"], since=told["since"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return t("another process")


def _take(fd: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(fd, _LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
