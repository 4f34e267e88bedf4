"""Which revisions of a record count: those that nothing replaces, whatever order they arrived in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Head(NamedTuple):
    """A revision that nothing replaces; heads compare by (lamport, id), the greatest is shown."""

    lamport: int
    id: str
    offset: int
    deleted: bool


class Entry:
    """One record as the store holds it in memory.

    Attributes:
        heads: what counts, the shown one first.
        place: how many records of its table came before it.
        doc_id: its number in TinyDB's tables.
    """

    __slots__ = ("doc_id", "heads", "place")

    def __init__(self, heads: tuple[Head, ...], place: int, doc_id: int) -> None:
        self.heads = heads
        self.place = place
        self.doc_id = doc_id

    @property
    def shown(self) -> Head | None:
        """The head that is shown, if the record is not deleted."""
        if self.heads and not self.heads[0].deleted:
            return self.heads[0]
        return None


def arrive(
    heads: tuple[Head, ...], replaced: set[str] | None, new: Head, parents: Sequence[str]
) -> tuple[tuple[Head, ...], set[str] | None]:
    """Take one more revision of a record into account.

    Args:
        heads: the record's heads so far, the shown one first.
        replaced: ids that known revisions replace and that were not heads when those arrived.
        new: the revision, not known before.
        parents: ids of what it replaces.

    Returns:
        The heads and the replaced ids with it.
    """
    if len(heads) <= 1 and replaced is None:
        known = heads[0].id if heads else None
        if all(parent == known for parent in parents):
            if not heads or known in parents:
                return (new,), None
            return tuple(sorted((*heads, new), reverse=True)), None
    gone = set(parents)
    missing = gone.difference(head.id for head in heads)
    kept = [head for head in heads if head.id not in gone]
    if replaced is None or new.id not in replaced:
        kept.append(new)
    if missing:
        replaced = missing | (replaced or set())
    return tuple(sorted(kept, reverse=True)), replaced
