"""A live view of a table's shown bodies."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
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

    def shown(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield record ids with their bodies, what was deleted since the first one left out."""
        state = self._store.state
        table = state.tables.get(self._table)
        for record, entry in [] if table is None else list(table.entries.items()):
            head = entry.shown
            if head is not None:
                yield record, state.body(head)

    def items(self) -> ItemsView[str, dict[str, Any]]:
        """Record ids with their bodies; what another thread deletes meanwhile is left out."""
        return _LiveItems(self)

    def values(self) -> ValuesView[dict[str, Any]]:
        """The bodies; what another thread deletes meanwhile is left out."""
        return _LiveValues(self)

    def __len__(self) -> int:
        table = self._store.state.tables.get(self._table)
        return 0 if table is None else table.live


class _LiveItems(ItemsView[str, dict[str, Any]]):
    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        yield from self._rows.shown()


class _LiveValues(ValuesView[dict[str, Any]]):
    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (body for _, body in self._rows.items())
