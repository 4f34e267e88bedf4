"""Many revisions in one compressed frame: how a rewritten journal holds what it holds.

A block is zlib's over entries, each a place in the journal's order (4 bytes), a length (4 bytes), and a
revision's canonical bytes. The states of one record stand next to each other, since they differ by little.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

from fieldkit.say import t
from fieldkit.storage.errors import StoreDamaged

BLOCK_SIZE = 24 << 10
"""Bytes of entries from which on a block is full: what one damaged byte may cost is a few records."""

BLOCK_LIMIT = 256 << 20
"""Most bytes that a block may unpack to."""

ENTRIES = 1 << 12
"""Most entries of a block; a place tells them apart by as many bits."""

_ENTRY = struct.Struct("<II")


def pack(entries: Iterable[tuple[int, bytes]]) -> bytes:
    """Make a block of (order, payload) entries."""
    return zlib.compress(
        b"".join(_ENTRY.pack(order, len(payload)) + payload for order, payload in entries), 6
    )


def unpack(block: bytes) -> list[tuple[int, bytes]]:
    """Return a block's (order, payload) entries.

    Raises:
        StoreDamaged: when it is none, or unpacks to more than it may.
    """
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(block, BLOCK_LIMIT)
    except zlib.error:
        raise StoreDamaged(t("compressed data that cannot be unpacked")) from None
    if not unpacker.eof:
        raise StoreDamaged(t("compressed data that is cut off, or too large"))
    return list(_entries(data))


def unpack_beginning(block: bytes) -> bytes:
    """Return what can be unpacked of a damaged block; nothing in it can be relied on."""
    unpacker = zlib.decompressobj()
    found = bytearray()
    try:
        for start in range(0, len(block), 64):
            found += unpacker.decompress(block[start : start + 64], 1 << 20)
    except zlib.error:
        pass
    return bytes(found)


def blocks(entries: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    """Share entries out among blocks, in order."""
    block: list[tuple[int, bytes]] = []
    size = 0
    for entry in entries:
        block.append(entry)
        size += _ENTRY.size + len(entry[1])
        if size >= BLOCK_SIZE or len(block) == ENTRIES:
            yield block
            block, size = [], 0
    if block:
        yield block


def _entries(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        if len(data) - at < _ENTRY.size:
            raise StoreDamaged(t("compressed data with an entry that is cut off"))
        order, length = _ENTRY.unpack_from(data, at)
        at += _ENTRY.size
        if len(data) - at < length:
            raise StoreDamaged(t("compressed data with an entry that is cut off"))
        yield order, data[at : at + length]
        at += length
