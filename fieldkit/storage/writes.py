"""What a store is asked to do, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldkit.storage.revision import Revision


@dataclass(frozen=True, slots=True)
class Put:
    """Give a record a new body.

    Attributes:
        table: the record's table.
        record: the record's id; "" takes a random one.
        body: what is kept, made of plain JSON types.
    """

    table: str
    record: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delete:
    """Take a record out of its table; its history stays."""

    table: str
    record: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One durable unit: either all of it is on the disk, or nothing.

    Attributes:
        change: the id that its revisions share, by which it can be undone; "" when nothing changed.
        ids: the ids of what was added, in the order of the writes.
        payloads: the canonical bytes of each.
    """

    change: str = ""
    ids: tuple[str, ...] = ()
    payloads: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """What was added; read from the bytes at each call, since most callers need an id at most."""
        return tuple(map(Revision.from_payload, self.payloads))


@dataclass(frozen=True, slots=True)
class Change:
    """A commit as the journal tells it.

    Attributes:
        id: the change's id.
        at: when, as ISO 8601 in UTC.
        author: who, as initials, or None.
        revisions: what it added.
        undone: whether a later change took it back.
        undoes: the change that it took back, if any.
    """

    id: str
    at: str
    author: str | None
    revisions: tuple[Revision, ...]
    undone: bool
    undoes: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a journal.

    Attributes:
        revisions: how many it held.
        last: id of the last of them.
    """

    revisions: int
    last: str | None


@dataclass(frozen=True, slots=True)
class Absorbed:
    """How many revisions from elsewhere were new here, and how many were known."""

    added: int
    known: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should be told once about the store just opened.

    Attributes:
        kind: "torn", "damage", "device", "place", "protection" or "read-only".
        message: one line.
    """

    kind: str
    message: str
