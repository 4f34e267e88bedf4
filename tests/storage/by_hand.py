"""The journal's framing read and written from its description alone, without the code that it tests.

magic 4 | version 1 | flags 1 | key name 8 | epoch 4 | sequence 8 | length 4 | CRC-32 of the payload 4
| previous frame's tag 16 | CRC-32 of the header so far 4 | payload | tag 16
"""

from __future__ import annotations

import struct
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HEADER = struct.Struct("<4sBB8sIQII16sI")
MAGIC = b"\x89fkf"
LAST, SEALED, PACKED, LOCAL = 1, 2, 4, 8
MAIN, CONTACTS = b"main\0\0\0\0", b"contacts"


class Raw(NamedTuple):
    """A frame as its bytes tell it."""

    start: int
    flags: int
    key: bytes
    epoch: int
    sequence: int
    previous: bytes
    stored: bytes
    tag: bytes

    @property
    def end(self) -> int:
        return self.start + HEADER.size + len(self.stored) + 16

    def encoded(self) -> bytes:
        """Return the frame's bytes with every checksum, and the tag, made right."""
        fields = HEADER.pack(
            MAGIC,
            1,
            self.flags,
            self.key,
            self.epoch,
            self.sequence,
            len(self.stored),
            crc32(self.stored),
            self.previous,
            0,
        )[:-4]
        front = fields + struct.pack("<I", crc32(fields)) + self.stored
        return front + sha256(front).digest()[:16]

    def bound(self, vault: str, file: str = "journal") -> bytes:
        """Return the associated data that a sealed frame is documented to have."""
        told = struct.pack("<BB8sIQ16s", 1, self.flags, self.key, self.epoch, self.sequence, self.previous)
        return b"\0".join((b"fieldkit", vault.encode(), file.encode(), b"")) + told

    def opened(self, key: bytes, vault: str, file: str = "journal") -> bytes:
        """Return what a sealed frame holds, by one of the study's keys."""
        return AESGCM(key).decrypt(self.stored[:12], self.stored[12:], self.bound(vault, file))


def split(data: bytes) -> tuple[bytes, list[Raw]]:
    """Return a whole file's two lines, and its frames; room made ahead may follow them."""
    at = data.index(b"\n", data.index(b"\n") + 1) + 1
    heading, frames = data[:at], []
    while data[at:].strip(b"\0"):
        magic, _, flags, key, epoch, sequence, length, _, previous, _ = HEADER.unpack_from(data, at)
        assert magic == MAGIC
        body = at + HEADER.size
        stored, tag = data[body : body + length], data[body + length : body + length + 16]
        frames.append(Raw(at, flags, key, epoch, sequence, previous, stored, tag))
        at = frames[-1].end
    return heading, frames


def frames_of(folder: Path) -> list[Raw]:
    """Return the frames of a store's journal."""
    return split((folder / "journal").read_bytes())[1]


def saved(folder: Path) -> int:
    """Return where in a store's journal the last frame ends."""
    heading, frames = split((folder / "journal").read_bytes())
    return frames[-1].end if frames else len(heading)


def join(heading: bytes, frames: list[Raw]) -> bytes:
    """Return a file of these frames, their checksums made right."""
    return heading + b"".join(frame.encoded() for frame in frames)
