"""A file of frames under a readable heading: appended to durably, read from any offset.

The heading is two lines of text, `fieldkit <kind> <format>` and one JSON object, so that `head` tells what a
file is; frames follow. The first frame's "previous tag" is that of the heading.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

import orjson

from fieldkit.storage import files
from fieldkit.storage.errors import NotDurable, StoreDamaged, StoreError, StoreTooNew
from fieldkit.storage.frames import HEADER_SIZE, LAST, TAG_SIZE, Sealer, decode, decode_header, encode

FORMAT = 1
"""The format this version writes, and the newest that it reads."""

_HEADING_LIMIT = 64 << 10
_FIRST_READ = 4096
_READ_AHEAD = 256 << 10


class FrameFile:
    """An open file of frames; made by `create` and `open`.

    Attributes:
        path: where it lies.
        kind: what it holds: "journal" or "draft".
        meta: the heading's JSON object.
        start: the offset of the first frame.
        length: the offset after the last frame that counts.
        tag: that frame's tag, or the heading's.
        sequence: that frame's number, 0 before the first.
    """

    def __init__(self, path: Path, fd: int, kind: str, sealer: Sealer) -> None:
        self.path = path
        self.kind = kind
        self.sealer = sealer
        self._fd = fd
        self._unsure = False
        self._window = 0, b""
        self._after = 0
        self._lock = threading.Lock()
        self.meta, heading = _read_heading(fd, path, kind)
        self.start = len(heading)
        self.length = self.start
        self.tag = heading_tag(heading)
        self.sequence = 0

    @classmethod
    def create(cls, path: Path, kind: str, meta: dict[str, Any]) -> None:
        """Write a new file with a heading and no frames, durably and at once or not at all."""
        files.replace_file(path, heading_bytes(kind, meta))

    @classmethod
    def open(cls, path: Path, kind: str, sealer: Sealer, *, write: bool) -> FrameFile:
        """Open a file; its frames are not looked at, `resume` says where they end.

        Raises:
            StoreTooNew: when a newer version wrote it.
            StoreDamaged: when its heading is not what was written.
        """
        if not path.is_file():
            raise StoreError(f"{path}: no such {kind}")
        fd = files.open_append(path) if write else files.open_read(path)
        try:
            return cls(path, fd, kind, sealer)
        except BaseException:
            files.close(fd)
            raise

    def resume(self, length: int, tag: bytes, sequence: int) -> None:
        """Go on after a frame that ends at `length`."""
        self.length, self.tag, self.sequence = length, tag, sequence

    def size(self) -> int:
        """Return the file's length now, which may differ from what counts."""
        return files.size(self._fd)

    def append(self, payloads: Sequence[tuple[bytes, int]]) -> list[int]:
        """Append payloads as one durable unit.

        Args:
            payloads: each with its flags; the last one is flagged as the unit's end.

        Returns:
            The offsets of their frames.

        Raises:
            NotDurable: when the disk did not take it; the file is as before, or, where even that is
                uncertain, takes nothing more until it was opened again.
        """
        with self._lock:
            if self._unsure:
                raise NotDurable(f"{self.path}: not saved: an earlier write failed; open the study again")
            parts: list[bytes] = []
            offsets: list[int] = []
            length, tag, sequence = self.length, self.tag, self.sequence
            for number, (payload, flags) in enumerate(payloads, 1):
                sequence += 1
                if number == len(payloads):
                    flags |= LAST
                frame, tag = encode(self.sealer, sequence, tag, flags, payload)
                parts.append(frame)
                offsets.append(length)
                length += len(frame)
            self._write(parts[0] if len(parts) == 1 else b"".join(parts))
            self.length, self.tag, self.sequence = length, tag, sequence
            return offsets

    def payload(self, offset: int) -> bytes:
        """Return the payload of the frame at an offset.

        Raises:
            StoreDamaged: when no whole frame stands there.
        """
        base, data = self._window
        frame = decode(data, offset - base, offset) if offset >= base else None
        if frame is None:
            # Whoever reads the next frame after the last one is going to read many.
            data = files.read_at(self._fd, _READ_AHEAD if offset == self._after else _FIRST_READ, offset)
            header = decode_header(data)
            if header is not None and header.size > len(data):
                data = files.read_at(self._fd, header.size, offset)
            self._window = offset, data
            frame = decode(data, 0, offset)
        if frame is None:
            raise StoreDamaged(f"{self.path}: damaged at byte {offset}; run `fieldkit verify`")
        self._after = frame.end
        return self.sealer.open(frame.header, frame.stored)

    def read_at(self, count: int, offset: int) -> bytes:
        """Return raw bytes of the file."""
        return files.read_at(self._fd, count, offset)

    def ends_with(self, length: int, tag: bytes) -> bool:
        """Tell whether a frame with this tag, or the heading, ends at `length`."""
        if length == self.start:
            return tag == self.tag and self.sequence == 0
        if length < self.start + HEADER_SIZE + TAG_SIZE or length > self.size():
            return False
        return files.read_at(self._fd, TAG_SIZE, length - TAG_SIZE) == tag

    @property
    def unsure(self) -> bool:
        """Whether a write failed in such a way that the file takes nothing more until `go_on`."""
        return self._unsure

    def go_on(self) -> None:
        """Drop what a failed write may have left, and take writes again.

        Raises:
            NotDurable: when the disk still does not take anything.
        """
        try:
            self.cut(self.length)
        except OSError as error:
            raise NotDurable(f"{self.path}: still cannot be written: {_reason(error)}") from error
        self._unsure = False

    def cut(self, length: int) -> None:
        """Drop everything after `length`, durably."""
        self._window = 0, b""
        files.truncate(self._fd, length)
        files.sync_data(self._fd)

    def close(self) -> None:
        """Close the file."""
        if self._fd >= 0:
            files.close(self._fd)
            self._fd = -1

    def _write(self, data: bytes) -> None:
        """Write and sync, or leave the file as it was."""
        try:
            files.write(self._fd, data)
        except OSError as error:
            try:
                files.truncate(self._fd, self.length)
            except OSError:
                self._unsure = True
            raise NotDurable(f"{self.path}: not saved: {_reason(error)}") from error
        try:
            files.sync_data(self._fd)
        except OSError as error:
            # After a failed sync the system may have dropped the pages it could not write: what the file
            # holds can only be learnt by reading it again.
            self._unsure = True
            raise NotDurable(f"{self.path}: not saved: {_reason(error)}") from error


def heading_bytes(kind: str, meta: dict[str, Any]) -> bytes:
    """Return the two lines that a file of frames begins with; the second carries its own checksum."""
    body = orjson.dumps(meta, option=orjson.OPT_SORT_KEYS)
    line = orjson.dumps({**meta, "check": crc32(body)}, option=orjson.OPT_SORT_KEYS)
    return f"fieldkit {kind} {FORMAT}\n".encode() + line + b"\n"


def heading_tag(heading: bytes) -> bytes:
    """Return what the first frame names as the previous tag."""
    return sha256(heading).digest()[:TAG_SIZE]


def _read_heading(fd: int, path: Path, kind: str) -> tuple[dict[str, Any], bytes]:
    data = files.read_at(fd, _HEADING_LIMIT, 0)
    first, newline, rest = data.partition(b"\n")
    words = first.split(b" ")
    if not newline or len(words) != 3 or words[:2] != [b"fieldkit", kind.encode()] or not words[2].isdigit():
        raise StoreDamaged(f"{path}: this is no {kind} of fieldkit, or its first line is damaged")
    if int(words[2]) > FORMAT:
        raise StoreTooNew(
            f"{path}: written by a newer fieldkit (format {int(words[2])}; this one reads {FORMAT}): "
            "update fieldkit; nothing was changed"
        )
    line, newline, _ = rest.partition(b"\n")
    try:
        meta = orjson.loads(line) if newline else None
    except orjson.JSONDecodeError:
        meta = None
    if not isinstance(meta, dict):
        raise StoreDamaged(f"{path}: the second line is damaged")
    check = meta.pop("check", None)
    if check != crc32(orjson.dumps(meta, option=orjson.OPT_SORT_KEYS)):
        raise StoreDamaged(f"{path}: the second line is damaged")
    return meta, data[: len(first) + len(line) + 2]


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)
