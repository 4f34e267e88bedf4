"""Take a file that comes in into memory: only if it is one, and not larger than its kind ever is."""

from __future__ import annotations

import stat
from pathlib import Path

from fieldkit.exchange.errors import ExchangeError
from fieldkit.say import grouped, reason_of, t


def read_file(path: Path, limit: int, kind: str) -> bytes:
    """Read a whole file.

    Args:
        path: the file; a pipe or a device in its place is refused, for it might never end.
        limit: bytes beyond which it is not even opened.
        kind: what it should be, for the message, such as `an archive`.

    Returns:
        Its bytes.

    Raises:
        ExchangeError: it cannot be read, is no file, or is too large.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            told = (
                t("{path}: cannot be read, for it is a folder; name a file")
                if stat.S_ISDIR(found.st_mode)
                else t("{path}: cannot be read, for it is no file on a disk; name a file")
            )
            raise ExchangeError(told.format(path=path))
        if found.st_size > limit:
            raise ExchangeError(
                t("{path}: {st_size} bytes are more than {kind} has; at most {limit} are read").format(
                    path=path, st_size=grouped(found.st_size), kind=kind, limit=grouped(limit)
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise ExchangeError(
            t("{path}: cannot be read ({reason}); look at its name and permissions").format(
                path=path, reason=reason_of(error)
            )
        ) from error
