"""How one payload stands in a file: a checked header, the payload, a tag that chains it to the one before.

    magic 4 | version 1 | flags 1 | key name 8 | epoch 4 | sequence 8 | length 4 | CRC-32 of the payload 4
    | previous frame's tag 16 | CRC-32 of the header so far 4 | payload | tag 16

Numbers are little endian. The tag is the first 16 bytes of SHA-256 over header and payload.
"""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import NamedTuple, Protocol
from zlib import crc32

from fieldkit.say import t
from fieldkit.storage.errors import StoreSealed

MAGIC = b"\x89fkf"
VERSION = 1

LAST = 1
"""Flag: the last frame of a commit."""
SEALED = 2
"""Flag: the payload is encrypted."""
PACKED = 4
"""Flag: the payload is compressed."""
LOCAL = 8
"""Flag: a note of this laptop's own, no revision, never handed on."""

TAG_SIZE = 16
PLAIN = b"plain\0\0\0"
"""Name of the key where there is none."""

_FIELDS = struct.Struct("<4sBB8sIQII16s")
_BOUND = struct.Struct("<BB8sIQ16s")
_CHECK = struct.Struct("<I")
HEADER_SIZE = _FIELDS.size + _CHECK.size
OVERHEAD = HEADER_SIZE + TAG_SIZE
MAX_PAYLOAD = 1 << 30


class Header(NamedTuple):
    """What a frame says of itself; `length` is the payload's, in bytes."""

    flags: int
    key: bytes
    epoch: int
    sequence: int
    length: int
    crc: int
    previous: bytes

    @property
    def size(self) -> int:
        """The whole frame's length in bytes."""
        return OVERHEAD + self.length

    def bound(self) -> bytes:
        """Return what sealed bytes are bound to: all that the header says but length and checksums."""
        return _BOUND.pack(VERSION, self.flags, self.key, self.epoch, self.sequence, self.previous)


class Frame(NamedTuple):
    """A whole frame as found in a file, its payload as stored."""

    offset: int
    header: Header
    stored: bytes
    tag: bytes

    @property
    def end(self) -> int:
        """The offset after the frame."""
        return self.offset + self.header.size


class Part(NamedTuple):
    """What one frame is to hold.

    Attributes:
        payload: at most `MAX_PAYLOAD` bytes.
        flags: PACKED and LOCAL as they apply.
        private: whether it holds names or addresses, which have a key of their own.
    """

    payload: bytes
    flags: int = 0
    private: bool = False


class Sealer(Protocol):
    """Turns payloads into stored bytes and back; the one place where encryption enters."""

    def mark(self, private: bool) -> tuple[int, bytes, int]:
        """Return what a frame's header says of how it is sealed: flag, key name, epoch."""
        ...

    def seal(self, key: bytes, bound: bytes, payload: bytes) -> bytes:
        """Return what is stored for `payload`: sealed with a key, bound to what the header says."""
        ...

    def open(self, header: Header, stored: bytes) -> bytes:
        """Return the payload of stored bytes.

        Raises:
            StoreDamaged: when they are not what was sealed under that header.
        """
        ...

    def guess(self, stored: bytes) -> list[bytes]:
        """Return what damaged stored bytes may have said, as far as that can be read at all."""
        ...


class PlainSealer:
    """Stores payloads as they are."""

    def mark(self, private: bool) -> tuple[int, bytes, int]:
        """Return that nothing is sealed."""
        return 0, PLAIN, 0

    def seal(self, key: bytes, bound: bytes, payload: bytes) -> bytes:
        """Return the payload itself."""
        return payload

    def open(self, header: Header, stored: bytes) -> bytes:
        """Return the stored bytes themselves."""
        if header.flags & SEALED:
            # Taken for damage they would be cut off, and plain ones written after them.
            raise StoreSealed(t("encrypted frames in a store whose heading says that it is not encrypted"))
        return stored

    def guess(self, stored: bytes) -> list[bytes]:
        """Return the bytes themselves."""
        return [stored]


def encode(sealer: Sealer, sequence: int, previous: bytes, part: Part, *, last: bool) -> tuple[bytes, bytes]:
    """Make one frame.

    Args:
        sealer: what turns the payload into stored bytes.
        sequence: the frame's number in its file, from 1.
        previous: the tag of the frame before.
        part: what it is to hold.
        last: whether it ends its commit.

    Returns:
        The frame's bytes, and its tag.
    """
    sealed, key, epoch = sealer.mark(part.private)
    flags = part.flags | sealed | (LAST if last else 0)
    stored = sealer.seal(key, _BOUND.pack(VERSION, flags, key, epoch, sequence, previous), part.payload)
    fields = _FIELDS.pack(MAGIC, VERSION, flags, key, epoch, sequence, len(stored), crc32(stored), previous)
    front = fields + _CHECK.pack(crc32(fields)) + stored
    tag = sha256(front).digest()[:TAG_SIZE]
    return front + tag, tag


def decode_header(data: bytes, at: int = 0) -> Header | None:
    """Read a header at a place in `data`; None when what stands there is none, or a damaged one."""
    if len(data) - at < HEADER_SIZE or not data.startswith(MAGIC, at):
        return None
    check: int = _CHECK.unpack_from(data, at + _FIELDS.size)[0]
    if crc32(memoryview(data)[at : at + _FIELDS.size]) != check:
        return None
    _, version, flags, key, epoch, sequence, length, crc, previous = _FIELDS.unpack_from(data, at)
    if version != VERSION or length > MAX_PAYLOAD:
        return None
    return Header(flags, key, epoch, sequence, length, crc, previous)


def decode(data: bytes, at: int, offset: int) -> Frame | None:
    """Read a whole frame at a place in `data`, whose payload must fit its checksum.

    Args:
        data: bytes of the file.
        at: where in `data` the frame begins.
        offset: where in the file it begins.

    Returns:
        The frame, or None when it is damaged or `data` ends before it does.
    """
    header = decode_header(data, at)
    if header is None or len(data) - at < header.size:
        return None
    body = at + HEADER_SIZE
    stored = data[body : body + header.length]
    if crc32(stored) != header.crc:
        return None
    return Frame(offset, header, stored, data[body + header.length : at + header.size])


def expected_tag(data: bytes) -> bytes:
    """Return the tag that a frame with these bytes (header and payload) must end in."""
    return sha256(data).digest()[:TAG_SIZE]
