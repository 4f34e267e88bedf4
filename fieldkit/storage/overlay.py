"""A TinyDB table being changed: what an operation touches is copied, what it changed is told afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from fieldkit.storage.revision import new_id
from fieldkit.storage.state import Table
from fieldkit.storage.writes import Delete, Put


class Overlay(MutableMapping[int, dict[str, Any]]):
    """TinyDB number -> document; the table below stays as it is."""

    def __init__(self, name: str, table: Table, base: Mapping[str, dict[str, Any]]) -> None:
        """Lay it over a table.

        Args:
            name: the table's name.
            table: the table.
            base: its live view, record id -> shown body.
        """
        self._name = name
        self._table = table
        self._base = base
        self._docs = table.by_doc_id()
        self._touched: dict[int, dict[str, Any] | None] = {}

    def peek(self, doc_id: int) -> dict[str, Any]:
        """Return a document for reading only, not copied.

        Raises:
            KeyError: when there is none.
        """
        if doc_id in self._touched:
            body = self._touched[doc_id]
            if body is None:
                raise KeyError(doc_id)
            return body
        return self._base[self._docs[doc_id]]

    def next_doc_id(self) -> int:
        """Return the number of the next new document."""
        return max(self._table.next_doc_id, max(self._touched, default=0) + 1)

    def writes(self) -> tuple[list[Put | Delete], dict[str, int]]:
        """Return what the operation amounts to.

        Returns:
            The writes, and the new records' TinyDB numbers, where the store would give others.

        Raises:
            ValueError: when a document takes another's `id`, or changes its own.
        """
        writes: list[Put | Delete] = []
        numbers: dict[str, int] = {}
        gone = {self._docs[i] for i, body in self._touched.items() if body is None and self._held(i)}
        taken: set[str] = set()
        natural = True
        expected = self._table.next_doc_id
        for doc_id, body in self._touched.items():
            if self._held(doc_id):
                record = self._docs[doc_id]
                writes.append(self._change(record, body))
            elif body is not None:
                record = self._new_record(body, taken, gone)
                writes.append(Put(self._name, record, body))
                numbers[record] = doc_id
                natural = natural and doc_id == expected and record not in self._table.entries
                expected += 1
        return writes, {} if natural else numbers

    def clear(self) -> None:
        """Take every document out."""
        self._touched = dict.fromkeys(self, None)

    def __getitem__(self, doc_id: int) -> dict[str, Any]:
        body = self.peek(doc_id)
        if doc_id not in self._touched:
            body = self._touched[doc_id] = thaw(body)
        return body

    def __setitem__(self, doc_id: int, body: dict[str, Any]) -> None:
        self._touched[doc_id] = body

    def __delitem__(self, doc_id: int) -> None:
        self.peek(doc_id)
        self._touched[doc_id] = None

    def __contains__(self, doc_id: object) -> bool:
        if not isinstance(doc_id, int):
            return False
        return self._touched[doc_id] is not None if doc_id in self._touched else self._held(doc_id)

    def __iter__(self) -> Iterator[int]:
        entries = self._table.entries
        held = [entries[record].doc_id for record in self._base]
        new = [doc_id for doc_id in self._touched if not self._held(doc_id)]
        return iter([doc_id for doc_id in [*held, *new] if doc_id in self])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _held(self, doc_id: int) -> bool:
        """Tell whether the table below has such a document."""
        record = self._docs.get(doc_id)
        return record is not None and record in self._base

    def _change(self, record: str, body: dict[str, Any] | None) -> Put | Delete:
        if body is None:
            return Delete(self._name, record)
        before = self._base[record].get("id")
        if body.get("id") != before and (before == record or isinstance(body.get("id"), str)):
            raise ValueError(f"{self._name} {record}: a record keeps its id")
        return Put(self._name, record, body)

    def _new_record(self, body: dict[str, Any], taken: set[str], gone: set[str]) -> str:
        record = body.get("id")
        if not isinstance(record, str) or not record:
            return new_id()
        if record in taken or (record in self._base and record not in gone):
            raise ValueError(f"{self._name} {record}: there is a record with this id already")
        taken.add(record)
        return record


def thaw(value: Any) -> Any:
    """Return a copy of a JSON value that may be changed freely."""
    if isinstance(value, dict):
        return {key: thaw(item) if isinstance(item, dict | list) else item for key, item in value.items()}
    if isinstance(value, list):
        return [thaw(item) if isinstance(item, dict | list) else item for item in value]
    return value
