"""Reading frames from a file that may be damaged: what is whole is kept, what is not is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from fieldkit.storage.frames import HEADER_SIZE, MAGIC, Frame, decode, decode_header

CHUNK = 4 << 20
"""How much of the file is held in memory at a time, in bytes."""

ReadAt = Callable[[int, int], bytes]
"""Reads `count` bytes at an offset: (count, offset) -> bytes."""


class Damage(NamedTuple):
    """A stretch of a file that holds no whole frame."""

    start: int
    end: int


def scan(read: ReadAt, start: int, end: int) -> Iterator[Frame | Damage]:
    """Yield the frames between two offsets, and the stretches between them that are damaged.

    After damage it goes on at the next frame whose header and payload fit their checksums, so that one
    bad length or one flipped bit costs one frame. Adjoining damage comes as one stretch.

    Args:
        read: reads bytes of the file.
        start: where a frame is expected.
        end: where the file ends.
    """
    position = start
    bad: int | None = None
    base, data = start, b""
    while position < end:
        at = position - base
        frame = decode(data, at, position)
        if frame is None and base + len(data) < end:
            # It may be whole and only reach beyond what is in memory.
            header = decode_header(data, at)
            if header is not None or at + HEADER_SIZE > len(data):
                wanted = CHUNK if header is None else max(CHUNK, min(header.size, end - position))
                base, data = position, read(wanted, position)
                frame = decode(data, 0, position)
        if frame is None:
            bad = position if bad is None else bad
            position = _next_magic(read, position + 1, end)
            continue
        if bad is not None:
            yield Damage(bad, position)
            bad = None
        yield frame
        position = frame.end
    if bad is not None:
        yield Damage(bad, end)


def _next_magic(read: ReadAt, start: int, end: int) -> int:
    """Return where the next frame might begin, or `end`."""
    position = start
    while position < end:
        data = read(min(CHUNK, end - position), position)
        found = data.find(MAGIC)
        if found >= 0:
            return position + found
        if len(data) < len(MAGIC):
            break
        position += len(data) - len(MAGIC) + 1
    return end
