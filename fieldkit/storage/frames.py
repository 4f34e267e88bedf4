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
_FIELDS = struct.Struct("<4sBB8sIQII16s")
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


class Sealer(Protocol):
    """Turns payloads into stored bytes and back; the one place where encryption enters."""

    flags: int
    key: bytes
    epoch: int

    def seal(self, sequence: int, previous: bytes, payload: bytes) -> bytes:
        """Return what is stored for `payload` in the frame of that sequence number and previous tag."""
        ...

    def open(self, header: Header, stored: bytes) -> bytes:
        """Return the payload of stored bytes."""
        ...


class PlainSealer:
    """Stores payloads as they are."""

    flags = 0
    key = b"plain\0\0\0"
    epoch = 0

    def seal(self, sequence: int, previous: bytes, payload: bytes) -> bytes:
        """Return the payload itself."""
        return payload

    def open(self, header: Header, stored: bytes) -> bytes:
        """Return the stored bytes themselves."""
        return stored


def encode(sealer: Sealer, sequence: int, previous: bytes, flags: int, payload: bytes) -> tuple[bytes, bytes]:
    """Make one frame.

    Args:
        sealer: what turns the payload into stored bytes.
        sequence: the frame's number in its file, from 1.
        previous: the tag of the frame before.
        flags: LAST and LOCAL as they apply.
        payload: at most `MAX_PAYLOAD` bytes.

    Returns:
        The frame's bytes, and its tag.
    """
    stored = sealer.seal(sequence, previous, payload)
    fields = _FIELDS.pack(
        MAGIC,
        VERSION,
        flags | sealer.flags,
        sealer.key,
        sealer.epoch,
        sequence,
        len(stored),
        crc32(stored),
        previous,
    )
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
