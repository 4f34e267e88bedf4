"""A live view of a table's shown bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fieldkit.storage.store import Store


class Rows(Mapping[str, dict[str, Any]]):
    """Record id -> shown body, deleted records left out; follows every write, and is not to be changed."""

    __slots__ = ("_store", "_table")

    def __init__(self, store: Store, table: str) -> None:
        self._store = store
        self._table = table

    def __getitem__(self, record: str) -> dict[str, Any]:
        body = self._store.state.shown(self._table, record)
        if body is None:
            raise KeyError(record)
        return body

    def __contains__(self, record: object) -> bool:
        entry = self._store.state.entry(self._table, record) if isinstance(record, str) else None
        return entry is not None and entry.shown is not None

    def __iter__(self) -> Iterator[str]:
        table = self._store.state.tables.get(self._table)
        entries = [] if table is None else list(table.entries.items())
        return (record for record, entry in entries if entry.shown is not None)

    def __len__(self) -> int:
        table = self._store.state.tables.get(self._table)
        return 0 if table is None else table.live
