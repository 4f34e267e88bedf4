"""Reading a file's commits: whole ones are given, a torn end is found, damage is set apart and told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from fieldkit.say import t
from fieldkit.storage.errors import StoreDamaged
from fieldkit.storage.framefile import FrameFile
from fieldkit.storage.frames import (
    HEADER_SIZE,
    LAST,
    PACKED,
    TAG_SIZE,
    Frame,
    Sealer,
    decode_header,
    expected_tag,
)
from fieldkit.storage.packing import unpack_beginning
from fieldkit.storage.scan import Damage, scan

_NAMED = re.compile(rb'"record":"((?:[^"\\]|\\.){1,200})".*?"table":"([A-Za-z0-9_-]{1,60})"', re.DOTALL)


class Opened(NamedTuple):
    """A frame of a whole commit, and what it holds."""

    frame: Frame
    payload: bytes


@dataclass(slots=True)
class Replay:
    """One reading of a file's frames from a place on.

    Attributes:
        file: the file.
        trusted: the length up to which the file is known to have been acknowledged.
        single: whether every commit of the file is one frame.
        length: after reading, the offset after the last frame that counts.
        tag: that frame's tag.
        sequence: that frame's number.
        damage: stretches in the middle that hold no whole frame, or one that was not written there.
        broken: offsets of whole frames that do not continue the one before, with no damage between.
        torn: whether something other than room made ahead stands after `length`.
    """

    file: FrameFile
    trusted: int = 0
    single: bool = False
    length: int = field(init=False)
    tag: bytes = field(init=False)
    sequence: int = field(init=False)
    damage: list[Damage] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    torn: bool = False
    _size: int = 0

    def __post_init__(self) -> None:
        self.length, self.tag, self.sequence = self.file.length, self.file.tag, self.file.sequence

    def frames(self) -> Iterator[Opened]:
        """Yield the frames of whole commits, in order.

        Raises:
            StoreSealed: when the keys are not at hand.
        """
        size = self._size = self._end()
        group: list[Opened | Damage] = []
        highest = self.sequence
        for item in scan(self.file.read_at, self.length, size):
            opened = item if isinstance(item, Damage) else self._opened(item, highest)
            group.append(opened)
            if isinstance(opened, Damage):
                continue
            highest = opened.frame.header.sequence
            if not opened.frame.header.flags & LAST:
                continue
            if self._unfinished(group) and self.file.only_room(opened.frame.end, size):
                break
            yield from self._take(group)
            group = []
        if group and isinstance(last := group[-1], Damage) and self.file.only_room(*last):
            size = last.start
            group.pop()
        if group and size == self.trusted and isinstance(group[-1], Damage):
            # All of it was acknowledged: this is a commit whose end was damaged, not one left unfinished.
            yield from self._take(group)
            self._go_past(group[-1])
            group = []
        self.torn = bool(group)

    def _end(self) -> int:
        """Return where the file ends; what was made ahead of what was last acknowledged is not counted."""
        size = self.file.size()
        acknowledged = self.length <= self.trusted < size and self.file.only_room(self.trusted, size)
        return self.trusted if acknowledged else size

    def _opened(self, frame: Frame, highest: int) -> Opened | Damage:
        """Open a frame; one that was not written here, or stands here a second time, is damage."""
        if frame.header.sequence <= highest or self._half_tagged(frame):
            return Damage(frame.offset, frame.end)
        try:
            return Opened(frame, self.file.sealer.open(frame.header, frame.stored))
        except StoreDamaged:
            return Damage(frame.offset, frame.end)

    def _half_tagged(self, frame: Frame) -> bool:
        """Tell whether a frame is the last one, and its tag was still being written when all ended."""
        if frame.end <= self.trusted or frame.end == self._size or 0 not in frame.tag:
            return False
        front = self.file.read_at(HEADER_SIZE + frame.header.length, frame.offset)
        return expected_tag(front) != frame.tag and self.file.only_room(frame.end, self._size)

    def _go_past(self, damage: Damage) -> None:
        """Let what is appended follow damage at the file's end: numbered after it, tied to its last bytes."""
        self.length, self.sequence = damage.end, self.sequence + 1
        self.tag = self.file.read_at(TAG_SIZE, damage.end - TAG_SIZE)

    def _unfinished(self, group: list[Opened | Damage]) -> bool:
        """Tell whether the file's last commit has a hole and was never acknowledged."""
        if self.single:
            return False
        first = group[0]
        start = first.start if isinstance(first, Damage) else first.frame.offset
        return any(isinstance(item, Damage) for item in group) and start >= self.trusted

    def _take(self, group: list[Opened | Damage]) -> Iterator[Opened]:
        after_damage = False
        for item in group:
            if isinstance(item, Damage):
                self.damage.append(item)
                after_damage = True
                continue
            frame = item.frame
            if frame.header.previous != self.tag and not after_damage:
                self.broken.append(frame.offset)
            after_damage = False
            self.length, self.tag, self.sequence = frame.end, frame.tag, frame.header.sequence
            yield item


def name_record(sealer: Sealer, data: bytes) -> str | None:
    """Find in damaged bytes which record they told of.

    What is encrypted is decrypted without being checked, so that a single wrong byte still leaves the name.

    Args:
        sealer: of the file they stand in.
        data: a stretch that begins where a frame should.

    Returns:
        `table record`, or None.
    """
    header = decode_header(data)
    packed = header is None or header.flags & PACKED
    for said in sealer.guess(data[HEADER_SIZE:]):
        # A body stands before its record's name, and may hold something that looks like one.
        found = _NAMED.findall(said)[-1:]
        if found:
            return _name(*found[0])
        found = _NAMED.findall(unpack_beginning(said))[:1] if packed else []
        if found:
            return t("{record}, and perhaps of others beside it").format(record=_name(*found[0]))
    return None


def _name(record: bytes, table: bytes) -> str:
    return f"{table.decode()} {record.decode('utf-8', 'replace')}"
