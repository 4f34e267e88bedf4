"""The anchor: how long the journal was when something was last acknowledged, and the tag it ended in.

It is written after each commit without a sync of its own. An anchor behind the journal is therefore normal;
a journal shorter than its anchor, or another frame where the anchor points, means that bytes were lost.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from fieldkit.storage import files
from fieldkit.storage.frames import TAG_SIZE

_FIELDS = struct.Struct("<4sQ16s")
_CHECK = struct.Struct("<I")
_MAGIC = b"fkan"
_SIZE = _FIELDS.size + _CHECK.size


class Anchor(NamedTuple):
    """What was acknowledged: the journal's length in bytes and its last tag."""

    length: int
    tag: bytes


class AnchorFile:
    """The anchor's file, held open for writing."""

    def __init__(self, path: Path) -> None:
        self._fd = files.open_update(path)

    def write(self, length: int, tag: bytes) -> None:
        """Note what was just acknowledged; where that fails, the anchor stays behind, as it may."""
        fields = _FIELDS.pack(_MAGIC, length, tag)
        try:
            files.write_at(self._fd, fields + _CHECK.pack(crc32(fields)), 0)
        except OSError:
            return

    def close(self) -> None:
        """Close the file."""
        files.close(self._fd)


def read_anchor(path: Path) -> Anchor | None:
    """Read an anchor; None when there is none, or it is torn."""
    try:
        with files.reading(path) as fd:
            data = files.read_at(fd, _SIZE, 0)
    except OSError:
        return None
    if len(data) != _SIZE or _CHECK.unpack_from(data, _FIELDS.size)[0] != crc32(data[: _FIELDS.size]):
        return None
    magic, length, tag = _FIELDS.unpack_from(data)
    if magic != _MAGIC or len(tag) != TAG_SIZE:
        return None
    return Anchor(length, tag)
