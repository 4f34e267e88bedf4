"""Take a file that comes in into memory: only if it is one, and not larger than its kind ever is."""

from __future__ import annotations

import stat
from pathlib import Path

from fieldkit.exchange.errors import ExchangeError


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
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "no file on a disk"
            raise ExchangeError(f"{path}: cannot be read, for it is {what}; name a file")
        if found.st_size > limit:
            raise ExchangeError(
                f"{path}: {found.st_size:,} bytes are more than {kind} has; at most {limit:,} are read"
            )
        return path.read_bytes()
    except OSError as error:
        raise ExchangeError(
            f"{path}: cannot be read ({error.strerror}); look at its name and permissions"
        ) from error
