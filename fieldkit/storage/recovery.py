"""Reading a file's commits: whole ones are given, a torn end is found, damage is set apart and told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fieldkit.storage.framefile import FrameFile
from fieldkit.storage.frames import LAST, Frame
from fieldkit.storage.scan import Damage, scan

_NAMED = re.compile(rb'"record":"((?:[^"\\]|\\.){1,200})".*?"table":"([A-Za-z0-9_-]{1,60})"', re.DOTALL)


@dataclass(slots=True)
class Replay:
    """One reading of a file's frames from a place on.

    Attributes:
        file: the file.
        trusted: the length up to which the file is known to have been acknowledged.
        length: after reading, the offset after the last frame that counts.
        tag: that frame's tag.
        sequence: that frame's number.
        damage: stretches in the middle that hold no whole frame.
        broken: offsets of whole frames that do not continue the one before, with no damage between.
        torn: whether something stands after `length`.
    """

    file: FrameFile
    trusted: int = 0
    length: int = field(init=False)
    tag: bytes = field(init=False)
    sequence: int = field(init=False)
    damage: list[Damage] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    torn: bool = False

    def __post_init__(self) -> None:
        self.length, self.tag, self.sequence = self.file.length, self.file.tag, self.file.sequence

    def frames(self) -> Iterator[Frame]:
        """Yield the frames of whole commits, in order."""
        size = self.file.size()
        group: list[Frame | Damage] = []
        for item in scan(self.file.read_at, self.length, size):
            group.append(item)
            if isinstance(item, Damage) or not item.header.flags & LAST:
                continue
            if item.end == size and self._unfinished(group):
                break
            yield from self._take(group)
            group = []
        self.torn = bool(group)

    def _unfinished(self, group: list[Frame | Damage]) -> bool:
        """Tell whether the file's last commit has a hole and was never acknowledged."""
        first = group[0]
        start = first.start if isinstance(first, Damage) else first.offset
        return any(isinstance(item, Damage) for item in group) and start >= self.trusted

    def _take(self, group: list[Frame | Damage]) -> Iterator[Frame]:
        after_damage = False
        for item in group:
            if isinstance(item, Damage):
                self.damage.append(item)
                after_damage = True
                continue
            if item.header.previous != self.tag and not after_damage:
                self.broken.append(item.offset)
            after_damage = False
            self.length, self.tag, self.sequence = item.end, item.tag, item.header.sequence
            yield item


def name_record(data: bytes) -> str | None:
    """Find in damaged bytes which record they told of: `table record`, or None."""
    found = _NAMED.search(data)
    if found is None:
        return None
    return f"{found[2].decode()} {found[1].decode('utf-8', 'replace')}"
