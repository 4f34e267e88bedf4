"""The current state: per table its records, and per record the heads; bodies stay on disk until read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson

from fieldkit.say import t
from fieldkit.storage.erasure import TABLE as PURGES
from fieldkit.storage.erasure import erased_by
from fieldkit.storage.errors import StoreDamaged
from fieldkit.storage.heads import Entry, Head, arrive
from fieldkit.storage.index import Index
from fieldkit.storage.loading import no_collection

BODIES_KEPT = 1 << 16
"""How many parsed bodies are held; past that all are let go, and parsed again when asked for."""


class Table:
    """The records of one table, in the order of their first appearance.

    Attributes:
        live: how many records are not deleted.
        next_doc_id: the TinyDB number of the next new record.
        listed: whether the table counts among the store's tables.
        replaced: record id -> ids that revisions known here replace, themselves unknown so far.
        indexes: field -> index over the shown bodies.
        docs: TinyDB number -> record id, once it was asked for.
        given: record id -> the TinyDB number that the record, not there yet, will have.
    """

    __slots__ = (
        "_entries",
        "_making",
        "_unmade",
        "docs",
        "given",
        "indexes",
        "listed",
        "live",
        "next_doc_id",
        "replaced",
    )

    def __init__(self, unmade: Callable[[], dict[str, Entry]] | None = None) -> None:
        """Make a table.

        Args:
            unmade: makes its entries, once anybody asks for them; without it there are none.
        """
        self._entries: dict[str, Entry] = {}
        self._unmade = unmade
        self._making = threading.Lock()
        self.live = 0
        self.next_doc_id = 1
        self.listed = False
        self.replaced: dict[str, set[str]] = {}
        self.indexes: dict[str, Index] = {}
        self.docs: dict[int, str] | None = None
        self.given: dict[str, int] = {}

    @property
    def entries(self) -> dict[str, Entry]:
        """Record id -> what is held of it, deleted records included."""
        if self._unmade is not None:
            with self._making:
                if self._unmade is not None:
                    self._entries = self._unmade()
                    self._unmade = None
        return self._entries

    def add(self, record: str) -> Entry:
        """Make the entry of a new record."""
        given = self.given.pop(record, None)
        if given is not None:
            entry = self.entries[record] = Entry((), len(self.entries), 0)
            self.give_doc_id(record, entry, given)
            return entry
        number = self.next_doc_id
        entry = self.entries[record] = Entry((), len(self.entries), number)
        self.next_doc_id = number + 1
        if self.docs is not None:
            self.docs[number] = record
        return entry

    def by_doc_id(self) -> dict[int, str]:
        """Return TinyDB number -> record id, kept up to date from now on."""
        if self.docs is None:
            self.docs = {entry.doc_id: record for record, entry in self.entries.items() if entry.doc_id}
        return self.docs

    def give_doc_id(self, record: str, entry: Entry, doc_id: int) -> None:
        """Number a record, taking the number from a deleted one that has it."""
        docs = self.by_doc_id()
        holder = docs.get(doc_id)
        if holder is not None and holder != record:
            self.entries[holder].doc_id = 0
        docs.pop(entry.doc_id, None)
        entry.doc_id = doc_id
        docs[doc_id] = record
        self.next_doc_id = max(self.next_doc_id, doc_id + 1)


class State:
    """Everything the journal amounts to.

    Attributes:
        tables: name -> table, also those that are not listed.
        ids: every revision's id, in journal order.
        offsets: the place of each one in the journal.
        lamport: the greatest known.
    """

    def __init__(self, read_payload: Callable[[int], bytes]) -> None:
        self.tables: dict[str, Table] = {}
        self.ids: list[str] = []
        self.offsets: list[int] = []
        self.lamport = 0
        self._read_payload = read_payload
        self._bodies: dict[int, dict[str, Any]] = {}
        self._known: dict[str, int] | None = None
        self._erased: frozenset[str] | None = None

    def apply(self, revision_id: str, content: Mapping[str, Any], offset: int) -> None:
        """Take one more revision into account.

        Args:
            revision_id: its id.
            content: what the id is the hash of.
            offset: its place in the journal.
        """
        table = self.table(content["table"])
        record: str = content["record"]
        deleted = "deleted" in content
        head = Head(content["lamport"], revision_id, offset, deleted)
        entry = table.entries.get(record)
        if entry is None:
            entry = table.add(record)
        before = entry.shown
        entry.heads, replaced = arrive(entry.heads, table.replaced.get(record), head, content["parents"])
        if replaced is not None:
            table.replaced[record] = replaced
        if content["table"] == PURGES:
            self._erased = None
        self.ids.append(revision_id)
        self.offsets.append(offset)
        if self._known is not None:
            self._known[revision_id] = offset
        if head.lamport > self.lamport:
            self.lamport = head.lamport
        self._update(table, record, entry, before, content["body"] if entry.shown is head else None)

    def apply_note(self, note: Mapping[str, Any]) -> None:
        """Take a note of this laptop's own into account: TinyDB numbers given, tables dropped or added.

        A note stands before the revisions of its commit.
        """
        for name, numbers in note.get("doc_ids", {}).items():
            table = self.table(name)
            for record, doc_id in numbers.items():
                entry = table.entries.get(record)
                if entry is None:
                    table.given[record] = doc_id
                else:
                    table.give_doc_id(record, entry, doc_id)
        for name, listed in note.get("tables", {}).items():
            self.table(name).listed = listed
        for name, number in note.get("next_doc_ids", {}).items():
            table = self.table(name)
            table.next_doc_id = max(table.next_doc_id, number)

    def put_in_order(self, orders: Sequence[int]) -> None:
        """Put the first revisions into the order they were made in, after they came packed by record.

        Args:
            orders: the place of each one in that order.
        """
        count = len(orders)
        arranged = sorted(range(count), key=orders.__getitem__)
        self.ids[:count] = [self.ids[number] for number in arranged]
        self.offsets[:count] = [self.offsets[number] for number in arranged]

    def forget_bodies(self) -> None:
        """Let go of every parsed body, and of the indexes made of them, until they are asked for."""
        self._bodies.clear()
        for table in self.tables.values():
            table.indexes.clear()

    def table(self, name: str) -> Table:
        """Return a table, made empty and unlisted if there is none."""
        table = self.tables.get(name)
        if table is None:
            table = self.tables[name] = Table()
        return table

    def entry(self, table: str, record: str) -> Entry | None:
        """Return what is held of a record, deleted or not."""
        found = self.tables.get(table)
        return None if found is None else found.entries.get(record)

    def body(self, head: Head) -> dict[str, Any]:
        """Return the body of a revision that is no deletion, not to be changed."""
        body = self._bodies.get(head.offset)
        if body is None:
            body = self._parse(head)
            if len(self._bodies) >= BODIES_KEPT:
                self._bodies.clear()
            self._bodies[head.offset] = body
        return body

    def shown(self, table: str, record: str) -> dict[str, Any] | None:
        """Return a record's shown body, or None."""
        entry = self.entry(table, record)
        head = None if entry is None else entry.shown
        return None if head is None else self.body(head)

    def index(self, name: str, field: str) -> Index:
        """Return the index of a table's field, built when first asked for."""
        table = self.table(name)
        index = table.indexes.get(field)
        if index is None:
            index = Index(field)
            with no_collection():
                for record, entry in list(table.entries.items()):
                    head = entry.shown
                    if head is not None:
                        index.change(record, self._bodies.get(head.offset) or self._parse(head))
            # Known only once it is whole: where a body cannot be read, the next call begins anew.
            table.indexes[field] = index
        return index

    def erased(self) -> frozenset[str]:
        """Return the ids of the revisions that records of purges list."""
        if self._erased is None:
            purges = self.tables.get(PURGES)
            heads = [entry.shown for entry in purges.entries.values()] if purges else []
            listed = (erased_by(PURGES, self.body(head)) for head in heads if head is not None)
            self._erased = frozenset[str]().union(*listed)
        return self._erased

    def pending(self) -> bool:
        """Whether the journal still holds revisions that are erased."""
        erased = self.erased()
        return bool(erased) and not erased.isdisjoint(self.known())

    def known(self) -> dict[str, int]:
        """Return every revision's id -> offset, kept up to date once it was asked for."""
        if self._known is None:
            self._known = dict(zip(self.ids, self.offsets, strict=True))
        return self._known

    def _parse(self, head: Head) -> dict[str, Any]:
        payload = self._read_payload(head.offset)
        if sha256(payload).hexdigest() != head.id:
            raise StoreDamaged(
                t(
                    "revision {revision} is not where the snapshot says: delete the file `snapshot` in the "
                    "store"
                ).format(revision=head.id)
            )
        body: dict[str, Any] = orjson.loads(payload)["body"]
        return body

    def _update(
        self, table: Table, record: str, entry: Entry, before: Head | None, body: dict[str, Any] | None
    ) -> None:
        """Bring counts and indexes up to a record's new shown head, whose body is given if it is at hand."""
        after = entry.shown
        if after is before:
            return
        if before is not None:
            self._bodies.pop(before.offset, None)
        table.live += (after is not None) - (before is not None)
        if after is not None:
            table.listed = True
            if not entry.doc_id:
                table.give_doc_id(record, entry, table.next_doc_id)
        for index in table.indexes.values():
            index.change(record, None if after is None else body or self.body(after))
