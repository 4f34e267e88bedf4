"""A file of frames under a readable heading: appended to durably, read from any offset.

Where no other program can be writing, room is made ahead: NULs after the last frame, which the next ones
overwrite. A sync then need not note a new length as well, which costs a file system as much as the data.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Self

from fieldkit.say import t
from fieldkit.storage import files
from fieldkit.storage.errors import NotDurable, StoreDamaged, StoreError
from fieldkit.storage.frames import HEADER_SIZE, TAG_SIZE, Frame, Part, Sealer, decode, decode_header, encode
from fieldkit.storage.heading import NO_SUCH, heading_bytes, heading_of, heading_tag

_HEADING_LIMIT = 64 << 10
_FIRST_READ = 4096
_READ_AHEAD = 256 << 10
_ROOM = bytes(128 << 10)
"""How much room is made at a time: some eighty responses."""


class FrameFile:
    """An open file of frames; made by `create` and `open`.

    Attributes:
        path: where it lies.
        kind: what it holds: "journal" or "draft".
        sealer: opens and seals its frames.
        heading: its first two lines, as they were written.
        meta: the heading's JSON object.
        unread: an offset where the medium gave nothing to `read_at`, or None.
        mended: whether the heading in the file is damaged, and was taken from elsewhere.
        start: the offset of the first frame.
        length: the offset after the last frame that counts.
        tag: that frame's tag, or the heading's.
        sequence: that frame's number, 0 before the first.
    """

    def __init__(self, path: Path, fd: int, kind: str, sealer: Sealer, spares: Sequence[bytes] = ()) -> None:
        self.path = path
        self.kind = kind
        self.sealer = sealer
        self._fd = fd
        self._ahead = False
        self._room = 0
        self._unsure = False
        self._window = 0, b""
        self._after = 0
        self._lock = threading.Lock()
        self.unread: int | None = None
        data, _ = files.read_despite(fd, _HEADING_LIMIT, 0)
        self.meta, self.heading, self.mended = heading_of(data, path, kind, spares)
        self.start = len(self.heading)
        self.length = self.start
        self.tag = heading_tag(self.heading)
        self.sequence = 0

    @classmethod
    def create(cls, path: Path, kind: str, meta: dict[str, Any]) -> None:
        """Write a new file with a heading and no frames, durably and at once or not at all."""
        files.replace_file(path, heading_bytes(kind, meta))

    @classmethod
    def open(
        cls,
        path: Path,
        kind: str,
        sealer: Sealer,
        *,
        write: bool,
        ahead: bool = False,
        spares: Sequence[bytes] = (),
    ) -> Self:
        """Open a file; its frames are not looked at, `resume` says where they end.

        Args:
            path: the file.
            kind: what it must hold.
            sealer: opens and seals its frames.
            write: whether it will be appended to.
            ahead: whether room may be made ahead, since nobody else writes to the file; where two may,
                both append, so that neither overwrites the other.
            spares: headings that it may have had, for when the one in the file is damaged.

        Raises:
            StoreTooNew: when a newer version wrote it.
            StoreDamaged: when its heading is not what was written.
        """
        if not path.is_file():
            raise StoreError(t(NO_SUCH[kind]).format(path=path))
        ahead = ahead and write
        opened = files.open_update if ahead else files.open_append if write else files.open_read
        fd = opened(path)
        try:
            file = cls(path, fd, kind, sealer, spares)
            file._ahead = ahead
            return file
        except BaseException:
            files.close(fd)
            raise

    def resume(self, length: int, tag: bytes, sequence: int) -> None:
        """Go on after a frame that ends at `length`; beyond it the file holds nothing but room."""
        self.length, self.tag, self.sequence = length, tag, sequence
        self._room = self.size()

    def size(self) -> int:
        """Return the file's length now, which may differ from what counts."""
        return files.size(self._fd)

    def only_room(self, start: int, end: int) -> bool:
        """Whether nothing but NULs stands between two offsets, which no frame is made of."""
        for at in range(start, end, _READ_AHEAD):
            if self.read_at(min(_READ_AHEAD, end - at), at).strip(b"\0"):
                return False
        return True

    def append(self, parts: Sequence[Part]) -> list[int]:
        """Append frames as one durable unit.

        Args:
            parts: what each is to hold.

        Returns:
            Their offsets.

        Raises:
            NotDurable: when the disk did not take it; the file is as before, or, where even that is
                uncertain, takes nothing more until it was opened again.
            StoreSealed: when the keys are not in memory.
        """
        with self._lock:
            if self._unsure:
                raise NotDurable(
                    t("{path}: not saved: an earlier write failed; open the study again").format(
                        path=self.path
                    )
                )
            encoded, offsets, end = self._encode(parts)
            # Whatever stops it on the way, an interrupt too, leaves a file that must be looked at again.
            self._unsure = True
            self._write(encoded)
            self.length, self.tag, self.sequence = end
            self._unsure = False
            return offsets

    def append_unsynced(self, parts: Sequence[Part]) -> None:
        """Append frames to a file that nobody relies on before `sync`; each counts by itself.

        So damage in one of them costs that one, not those beside it.

        Raises:
            OSError: when the disk did not take them; the file is of no use then.
        """
        encoded, _, end = self._encode(parts, apart=True)
        files.write(self._fd, encoded)
        self.length, self.tag, self.sequence = end

    def sync(self) -> None:
        """Make durable what was appended."""
        files.sync_data(self._fd)

    def frame(self, offset: int) -> Frame:
        """Return the frame at an offset.

        Raises:
            StoreDamaged: when no whole frame stands there.
        """
        base, data = self._window
        frame = decode(data, offset - base, offset) if offset >= base else None
        if frame is None:
            try:
                data = self._read_ahead(offset)
            except OSError as error:
                told = t("{path}: cannot be read at byte {offset}: {reason}")
                raise StoreError(told.format(path=self.path, offset=offset, reason=_reason(error))) from error
            self._window = offset, data
            frame = decode(data, 0, offset)
        if frame is None:
            raise StoreDamaged(
                t("{path}: damaged at byte {offset}; run `fieldkit verify`").format(
                    path=self.path, offset=offset
                )
            )
        self._after = frame.end
        return frame

    def _read_ahead(self, offset: int) -> bytes:
        # Whoever reads the next frame after the last one is going to read many.
        wanted = _READ_AHEAD if offset == self._after else _FIRST_READ
        data, _ = files.read_despite(self._fd, wanted, offset)
        header = decode_header(data)
        if header is not None and header.size > len(data):
            data, _ = files.read_despite(self._fd, header.size, offset)
        return data

    def open_frame(self, frame: Frame) -> bytes:
        """Return what a frame holds.

        Raises:
            StoreDamaged: when it is not what was sealed there.
        """
        try:
            return self.sealer.open(frame.header, frame.stored)
        except StoreDamaged as error:
            raise StoreDamaged(
                t("{path}: byte {offset}: {error}; run `fieldkit verify`").format(
                    path=self.path, offset=frame.offset, error=error
                )
            ) from None

    def read_at(self, count: int, offset: int) -> bytes:
        """Return raw bytes of the file; where the medium gives none, NULs, which no frame is made of."""
        data, unread = files.read_despite(self._fd, count, offset)
        if self.unread is None:
            self.unread = unread
        return data

    def stream(self) -> BinaryIO:
        """Return the bytes that count at this moment, to be read while more is appended."""
        return files.Beginning(self._fd, self.length)

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

    def distrust(self) -> None:
        """Take nothing more until it was opened again: what it holds is unsure."""
        self._unsure = True

    def go_on(self) -> None:
        """Drop what a failed write may have left, and take writes again.

        Raises:
            NotDurable: when the disk still does not take anything.
        """
        try:
            self.cut(self.length)
        except OSError as error:
            raise NotDurable(
                t("{path}: still cannot be written: {reason}").format(path=self.path, reason=_reason(error))
            ) from error
        self._unsure = False

    def cut(self, length: int) -> None:
        """Drop everything after `length`, durably."""
        self._window = 0, b""
        self._room = 0
        files.truncate(self._fd, length)
        files.sync_data(self._fd)

    def close(self) -> None:
        """Close the file, and give back the room that was made ahead."""
        if self._fd >= 0:
            if self._ahead and not self._unsure and self._room > self.length:
                with contextlib.suppress(OSError):
                    files.truncate(self._fd, self.length)
            files.close(self._fd)
            self._fd = -1

    def _encode(
        self, parts: Sequence[Part], *, apart: bool = False
    ) -> tuple[bytes, list[int], tuple[int, bytes, int]]:
        """Return one commit's bytes, its frames' offsets, and the length, tag and number it ends in.

        Args:
            parts: what its frames are to hold.
            apart: make each frame a commit of its own.
        """
        encoded: list[bytes] = []
        offsets: list[int] = []
        length, tag, sequence = self.length, self.tag, self.sequence
        for number, part in enumerate(parts, 1):
            sequence += 1
            frame, tag = encode(self.sealer, sequence, tag, part, last=apart or number == len(parts))
            encoded.append(frame)
            offsets.append(length)
            length += len(frame)
        data = encoded[0] if len(encoded) == 1 else b"".join(encoded)
        return data, offsets, (length, tag, sequence)

    def _write(self, data: bytes) -> None:
        """Write and sync, or leave the file as it was."""
        try:
            if self._ahead:
                self._write_ahead(data)
            else:
                files.write(self._fd, data)
        except OSError as error:
            with contextlib.suppress(OSError):
                self._room = 0
                files.truncate(self._fd, self.length)
                self._unsure = False
            raise NotDurable(
                t("{path}: not saved: {reason}").format(path=self.path, reason=_reason(error))
            ) from error
        try:
            files.sync_data(self._fd)
        except OSError as error:
            # After a failed sync the system may have dropped the pages it could not write: what the file
            # holds can only be learnt by reading it again.
            raise NotDurable(
                t("{path}: not saved: {reason}").format(path=self.path, reason=_reason(error))
            ) from error

    def _write_ahead(self, data: bytes) -> None:
        """Write into the room that is there, or make more of it in the same write."""
        end = self.length + len(data)
        if end <= self._room:
            files.write_at(self._fd, data, self.length)
            return
        try:
            files.write_at(self._fd, data + _ROOM, self.length)
            self._room = end + len(_ROOM)
        except OSError:
            # The disk may have room for the words alone.
            files.truncate(self._fd, self.length)
            files.write_at(self._fd, data, self.length)
            self._room = end


def _reason(error: OSError) -> str:
    return t(os.strerror(error.errno)) if error.errno else str(error)
