"""The journal: a file of frames whose places are those of single revisions, packed together or not."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from fieldkit.say import t
from fieldkit.storage import files
from fieldkit.storage.errors import StoreDamaged
from fieldkit.storage.framefile import FrameFile
from fieldkit.storage.frames import PACKED, Part, Sealer
from fieldkit.storage.keys import Keys
from fieldkit.storage.packing import ENTRIES, unpack

KIND = "journal"
SPARE = "heading"
"""File beside the journal with another copy of its first two lines."""

_BLOCKS_KEPT = 16


def place_of(offset: int, entry: int = 0) -> int:
    """Return the place of a revision: its frame's offset, and its number in a packed one."""
    return offset * ENTRIES + entry


class Journal(FrameFile):
    """The open journal of a store.

    Attributes:
        packed: the offset up to which it was written packed, as far as it was replayed.
    """

    def __init__(self, path: Path, fd: int, kind: str, sealer: Sealer, spares: Sequence[bytes] = ()) -> None:
        super().__init__(path, fd, kind, sealer, spares)
        self._blocks: OrderedDict[int, list[bytes]] = OrderedDict()
        self.packed = 0

    @classmethod
    def open_in(cls, folder: Path, keys: Keys, *, write: bool, ahead: bool = False) -> Journal:
        """Open a store's journal; its frames are not looked at. Arguments are those of `FrameFile.open`.

        Raises:
            StoreTooNew: when a newer version wrote it.
            StoreDamaged: when its heading, and the copy of it, are not what was written.
        """
        spare = read_small(folder / SPARE)
        path = folder / KIND
        spares = [spare] if spare else []
        return cls.open(path, KIND, keys.sealer(KIND), write=write, ahead=ahead, spares=spares)

    @property
    def vault(self) -> str | None:
        """The vault whose keys open its frames; None where they are not encrypted."""
        found = self.meta.get("sealed")
        return found if isinstance(found, str) else None

    @property
    def sealed(self) -> bool:
        """Whether its frames are encrypted."""
        return self.vault is not None

    def append_places(self, parts: Sequence[Part]) -> list[int]:
        """Append frames as `append` does; returns the places of what they hold."""
        return list(map(place_of, self.append(parts)))

    def payload(self, place: int) -> bytes:
        """Return a revision's canonical bytes.

        Raises:
            StoreDamaged: when they are not what was written there.
        """
        offset, entry = divmod(place, ENTRIES)
        block = self._blocks.get(offset)
        if block is None:
            frame = self.frame(offset)
            opened = self.open_frame(frame)
            if not frame.header.flags & PACKED:
                return opened
            block = self._blocks[offset] = [payload for _, payload in unpack(opened)]
            if len(self._blocks) > _BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        if entry >= len(block):
            raise StoreDamaged(
                t("{path}: byte {offset}: has no entry {entry}").format(
                    path=self.path, offset=offset, entry=entry
                )
            )
        return block[entry]

    def forget(self) -> None:
        """Let go of what was unpacked."""
        self._blocks.clear()


def read_small(path: Path, limit: int = 64 << 10) -> bytes | None:
    """Return the content of a small file beside the journal, or None where it cannot be read."""
    try:
        with files.reading(path) as fd:
            return files.read_at(fd, limit, 0)
    except OSError:
        return None
