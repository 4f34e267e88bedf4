"""The store as a TinyDB database: the documented operations, each a durable commit of what it changed.

A document is a record's body. A text field `id` is the record's id, which it then keeps; without one a
record's id is random. `doc_id` counts a table's records in order of first appearance on this laptop; it is
never used again and never leaves this laptop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from fieldkit.storage.overlay import Overlay, thaw
from fieldkit.storage.state import Table as Records
from fieldkit.storage.writes import Delete, Put

if TYPE_CHECKING:
    from fieldkit.storage.store import Store

Updater = Callable[[MutableMapping[str, Any]], None]


class Documents(Mapping[str, dict[str, Any]]):
    """A live view of a table as TinyDB's storages give it: the number as text -> the body."""

    def __init__(self, store: Store, name: str) -> None:
        self._rows = store.rows(name)
        self._table = store.state.tables.get(name) or Records()

    def __getitem__(self, key: str) -> dict[str, Any]:
        return self._rows[self._table.by_doc_id()[int(key)]]

    def __iter__(self) -> Iterator[str]:
        entries = self._table.entries
        return (str(entries[record].doc_id) for record in self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def numbered(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each document's number and body."""
        entries = self._table.entries
        for record in self._rows:
            yield entries[record].doc_id, self._rows[record]


class JournalStorage(Storage):
    """TinyDB's storage seam: reading hands out the live state, writing appends what differs from it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return table name -> documents, or None when there are no tables; not to be changed."""
        names = self.store.tables()
        return (
            cast("dict[str, dict[str, Any]]", {name: Documents(self.store, name) for name in names}) or None
        )

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Make `data` the whole state, in one commit."""
        writes: list[Put | Delete] = []
        told: dict[str, Any] = {"doc_ids": {}, "tables": {}}
        for name in {*self.store.tables(), *data}:
            overlay = self.overlay(name)
            wanted = {int(key): thaw(dict(body)) for key, body in data.get(name, {}).items()}
            for doc_id in [doc_id for doc_id in overlay if doc_id not in wanted]:
                del overlay[doc_id]
            for doc_id, body in wanted.items():
                overlay[doc_id] = body
            changed, numbers = overlay.writes()
            writes += changed
            if numbers:
                told["doc_ids"][name] = numbers
            told["tables"][name] = name in data
        self.store.commit_noted(writes, told)

    def close(self) -> None:
        """Leave the store open: it is closed by who opened it."""

    def overlay(self, name: str) -> Overlay:
        """Return a table to try changes on."""
        return Overlay(name, self.store.state.table(name), self.store.rows(name))


class RecordTable(Table):
    """A TinyDB table over the store's records; results are copies, and every operation is all or nothing."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        """Open a table.

        Args:
            storage: the storage.
            name: the table's name.
            cache_size: taken for TinyDB's sake; results are never cached, since cached ones could be stale.
            persist_empty: whether the table is kept while it has no documents.
        """
        super().__init__(storage, name, cache_size=0)
        self._journal = cast("JournalStorage", storage)
        if persist_empty and name not in self._journal.store.tables():
            self._journal.store.commit_noted([], {"tables": {name: True}})

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents in one commit; those that carry a `doc_id` keep it. Returns their numbers."""
        doc_ids = []
        overlay = self._journal.overlay(self.name)
        for document in documents:
            if not isinstance(document, Mapping):
                raise ValueError("Document is not a Mapping")
            given = isinstance(document, self.document_class)
            doc_id = cast("Document", document).doc_id if given else overlay.next_doc_id()
            if doc_id in overlay:
                raise ValueError(f"Document with ID {doc_id} already exists")
            overlay[doc_id] = thaw(dict(document))
            doc_ids.append(doc_id)
        self._commit(overlay)
        return doc_ids

    def update(
        self,
        fields: Mapping[str, Any] | Updater,
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Update documents by number, by condition, or all. Returns the numbers of those updated."""
        overlay = self._journal.overlay(self.name)
        found = self._find(cond, doc_ids)
        for doc_id in found:
            _apply(fields, overlay[doc_id])
        self._commit(overlay)
        return found

    def update_multiple(self, updates: Iterable[tuple[Mapping[str, Any] | Updater, QueryLike]]) -> list[int]:
        """Apply each (fields, condition) to what fits it, in one commit. Returns a number per update made."""
        overlay = self._journal.overlay(self.name)
        pairs = list(updates)
        updated = []
        for doc_id in list(overlay):
            for fields, cond in pairs:
                if cond(overlay.peek(doc_id)):
                    updated.append(doc_id)
                    _apply(fields, overlay[doc_id])
        self._commit(overlay)
        return updated

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove documents by number or by condition. Returns the numbers of those removed."""
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        overlay = self._journal.overlay(self.name)
        found = list(dict.fromkeys(self._find(cond, doc_ids)))
        for doc_id in found:
            del overlay[doc_id]
        self._commit(overlay)
        return found

    def search(self, cond: QueryLike) -> list[Document]:
        """Return copies of the documents that fit a condition."""
        found = Documents(self._journal.store, self.name).numbered()
        return [self._document(doc_id, body) for doc_id, body in found if cond(body)]

    def get(  # type: ignore[override]  # TinyDB types this as six overloads of the same call
        self,
        cond: QueryLike | None = None,
        doc_id: int | None = None,
        doc_ids: list[int] | None = None,
    ) -> Document | list[Document] | None:
        """Return a copy of one document, by number or condition, or None; a list for several numbers."""
        documents = Documents(self._journal.store, self.name)
        if doc_id is not None:
            body = documents.get(str(doc_id))
            return None if body is None else self._document(doc_id, body)
        if doc_ids is not None:
            wanted = {int(number) for number in doc_ids}
            return [self._document(number, body) for number, body in documents.numbered() if number in wanted]
        if cond is None:
            raise RuntimeError("You have to pass either cond or doc_id or doc_ids")
        return next(
            (self._document(number, body) for number, body in documents.numbered() if cond(body)), None
        )

    def __iter__(self) -> Iterator[Document]:
        for doc_id, body in Documents(self._journal.store, self.name).numbered():
            yield self._document(doc_id, body)

    def _find(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[int]:
        """Return the numbers that an operation means; those that are not there are left out."""
        documents = Documents(self._journal.store, self.name)
        if doc_ids is not None:
            return [doc_id for doc_id in doc_ids if str(doc_id) in documents]
        return [doc_id for doc_id, body in documents.numbered() if cond is None or cond(body)]

    def _document(self, doc_id: int, body: dict[str, Any]) -> Document:
        return self.document_class(thaw(body), self.document_id_class(doc_id))

    def _get_next_id(self) -> int:
        return self._journal.overlay(self.name).next_doc_id()

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return cast("dict[str, Mapping[str, Any]]", Documents(self._journal.store, self.name))

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        """Do what TinyDB's own methods ask, on an overlay instead of a copy of the table."""
        overlay = self._journal.overlay(self.name)
        updater(cast("dict[int, Mapping[str, Any]]", overlay))
        self._commit(overlay)

    def _commit(self, overlay: Overlay) -> None:
        writes, numbers = overlay.writes()
        self._journal.store.commit_noted(writes, {"doc_ids": {self.name: numbers}} if numbers else {})


class StudyDB(TinyDB):
    """The store's tables as a TinyDB database."""

    table_class = RecordTable

    def __init__(self, store: Store) -> None:
        super().__init__(store, storage=JournalStorage)
        self._store = store

    def drop_tables(self) -> None:
        """Take every document out of every table, in one commit; their history stays."""
        self._drop(self._store.tables())
        self._tables.clear()

    def drop_table(self, name: str) -> None:
        """Take every document out of a table; their history stays."""
        self._tables.pop(name, None)
        if name in self._store.tables():
            self._drop([name])

    def __getattr__(self, name: str) -> Any:
        return getattr(self.table(self.default_table_name), name)

    def _drop(self, names: list[str]) -> None:
        writes: list[Put | Delete] = [
            Delete(name, record) for name in names for record in self._store.rows(name)
        ]
        self._store.commit_noted(writes, {"tables": dict.fromkeys(names, False)})


def _apply(fields: Mapping[str, Any] | Updater, document: dict[str, Any]) -> None:
    if callable(fields):
        fields(document)
    else:
        document.update(thaw(dict(fields)))
