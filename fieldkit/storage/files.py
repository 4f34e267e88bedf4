"""The store's only door to the file system.

Every call that can fail on a bad disk stands here, so that a test can make each of them fail, and so that
what differs between systems (a drive's write cache on macOS, positioned reads on Windows) is met once.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from fieldkit.say import t

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

READ_ONLY_ERRORS = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
"""What the system answers when a medium or folder may be read but not written."""

_BLOCK = 4096
_BASE = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


def open_read(path: Path) -> int:
    """Open a file for reading; a symbolic link, a pipe or a device in its place is refused."""
    # A pipe that nobody writes to would be waited for.
    fd = os.open(path, os.O_RDONLY | _BASE | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.EINVAL, t("no file stands there"))
    return fd


def open_append(path: Path) -> int:
    """Open a file so that every write lands at its end; it is made, private, if it is not there."""
    return _open_private(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)


def open_update(path: Path) -> int:
    """Open a file for writing in place; it is made, private, if it is not there."""
    return _open_private(path, os.O_RDWR | os.O_CREAT)


def close(fd: int) -> None:
    """Close a descriptor."""
    os.close(fd)


def size(fd: int) -> int:
    """Return the length of an open file, in bytes."""
    return os.fstat(fd).st_size


def read_at(fd: int, count: int, offset: int) -> bytes:
    """Read up to `count` bytes at `offset`; fewer only where the file ends."""
    data = _pread(fd, count, offset)
    if len(data) == count or not data:
        return data
    parts = [data]
    have = len(data)
    while have < count:
        more = _pread(fd, count - have, offset + have)
        if not more:
            break
        parts.append(more)
        have += len(more)
    return b"".join(parts)


def read_despite(fd: int, count: int, offset: int) -> tuple[bytes, int | None]:
    """Read as `read_at` does, with NULs in place of blocks that the medium does not give any more.

    Returns:
        The bytes, and the offset of the first block that could not be read, or None.
    """
    try:
        return read_at(fd, count, offset), None
    except OSError as error:
        if error.errno != errno.EIO:
            raise
    parts: list[bytes] = []
    first: int | None = None
    at, end = offset, min(offset + count, size(fd))
    while at < end:
        length = min(_BLOCK - at % _BLOCK, end - at)
        try:
            parts.append(read_at(fd, length, at))
        except OSError:
            first = at if first is None else first
            parts.append(bytes(length))
        at += length
    return b"".join(parts), first


def write(fd: int, data: bytes) -> None:
    """Write all of `data` at the descriptor's place.

    Raises:
        OSError: when the system takes less than everything; how much arrived is then unknown.
    """
    done = os.write(fd, data)
    while done < len(data):
        more = os.write(fd, data[done:])
        if more == 0:
            raise OSError(errno.ENOSPC, t("the disk took no more"))
        done += more


def write_at(fd: int, data: bytes, offset: int) -> None:
    """Write all of `data` at `offset`, in one call where the system has one.

    Raises:
        OSError: when the system takes less than everything; how much arrived is then unknown.
    """
    if not hasattr(os, "pwrite"):
        os.lseek(fd, offset, os.SEEK_SET)
        write(fd, data)
        return
    done = os.pwrite(fd, data, offset)
    while done < len(data):
        more = os.pwrite(fd, data[done:], offset + done)
        if more == 0:
            raise OSError(errno.ENOSPC, t("the disk took no more"))
        done += more


def sync_data(fd: int) -> None:
    """Return only when the file's content is on the medium, not merely in the drive's cache."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
    elif hasattr(os, "fdatasync"):
        os.fdatasync(fd)
    else:
        os.fsync(fd)


def truncate(fd: int, length: int) -> None:
    """Cut an open file to `length` bytes."""
    os.ftruncate(fd, length)


def unlink(path: Path) -> None:
    """Remove a file; one that is not there is no error."""
    path.unlink(missing_ok=True)


def erase(path: Path) -> None:
    """Overwrite a file with random bytes, as far as the medium lets one, and remove it.

    On flash memory, and on file systems that copy on writing, the old bytes may outlive this.

    Raises:
        OSError: it could not be done, or the file has another name, which would lose its content too.
    """
    try:
        fd = os.open(path, os.O_RDWR | _BASE)
    except FileNotFoundError:
        return
    try:
        _require_own(fd)
        write_at(fd, os.urandom(size(fd)), 0)
        sync_data(fd)
    finally:
        os.close(fd)
    unlink(path)


def erase_folder(folder: Path) -> None:
    """Erase every file of a folder that stands for itself; one that is not there is no error."""
    if folder.is_dir() and not folder.is_symlink():
        for path in folder.iterdir():
            if path.is_file() and not path.is_symlink():
                erase(path)


def erase_tree(folder: Path) -> None:
    """Erase a folder with all that is in it; what a link in it leads to stays."""
    for path in folder.iterdir():
        if path.is_symlink():
            unlink(path)
        elif path.is_dir():
            erase_tree(path)
        else:
            erase(path)
    folder.rmdir()


def sync_folder(folder: Path) -> None:
    """Make names made, renamed or removed in `folder` durable."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, with the folders above it.

    Raises:
        OSError: when it cannot be made, or a symbolic link stands in its place.
    """
    make_parents(folder)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    if folder.is_symlink():
        raise OSError(errno.ELOOP, t("a link stands in the folder's place"))
    if folder.stat().st_mode & 0o777 != PRIVATE_FOLDER:
        folder.chmod(PRIVATE_FOLDER)


def make_parents(path: Path) -> None:
    """Make the folders above a path that are missing, private; those that are there stay as they are."""
    missing = []
    folder = path.parent
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for folder in reversed(missing):
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in place of a file's content: after a crash it is either the old content or the new."""
    temporary = path.with_name(path.name + ".new")
    unlink(temporary)
    fd = _open_private(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        write(fd, data)
        sync_data(fd)
    finally:
        os.close(fd)
    rename(temporary, path)
    sync_folder(path.parent)


def rename(source: Path, target: Path) -> None:
    """Give a file another name, in place of one that has it."""
    source.replace(target)


class Beginning(io.RawIOBase, BinaryIO):
    """The first bytes of an open file as a stream of its own; what becomes of the file does not matter."""

    def __init__(self, fd: int, length: int) -> None:
        self._fd = os.dup(fd)
        self._length = length
        self._at = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what comes next; returns how much it was."""
        wanted = min(len(buffer), self._length - self._at)
        data = read_at(self._fd, wanted, self._at) if wanted else b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Close the stream, not the file."""
        if not self.closed:
            os.close(self._fd)
        super().close()


@contextlib.contextmanager
def reading(path: Path) -> Iterator[int]:
    """Open a file for reading for the length of a block."""
    fd = open_read(path)
    try:
        yield fd
    finally:
        os.close(fd)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Make a new private file for the length of a block, durable at its end.

    Raises:
        FileExistsError: when there is one already, or a link in its place.
    """
    fd = _open_private(path, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    with os.fdopen(fd, "w+b") as file:
        yield file
        file.flush()
        sync_data(fd)


def _open_private(path: Path, flags: int) -> int:
    fd = os.open(path, flags | _BASE, PRIVATE_FILE)
    try:
        _require_own(fd)
    except OSError:
        os.close(fd)
        raise
    if hasattr(os, "fchmod") and os.fstat(fd).st_mode & 0o777 != PRIVATE_FILE:
        # A file of another owner stays as it is; whether it can be written is all that counts then.
        with contextlib.suppress(PermissionError):
            os.fchmod(fd, PRIVATE_FILE)
    return fd


def _require_own(fd: int) -> None:
    """Refuse a file that has another name: whoever has that did not ask for it to be written."""
    if os.fstat(fd).st_nlink > 1:
        raise OSError(errno.EMLINK, t("it has another name elsewhere (a hard link): put a copy in its place"))


def _pread(fd: int, count: int, offset: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(fd, count, offset)
    os.lseek(fd, offset, os.SEEK_SET)
    return os.read(fd, count)
