"""A secondary index: from a field's value to the records that have it."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import Any


class Index:
    """Which records of a table have which value in one field.

    A list counts as each of its elements; mappings and lists in lists are not indexed.

    Python's garbage collector goes through every set, and through every dict that holds a tuple, each
    time; dicts of strings it passes over. What a study's codings are found by is therefore held in such.
    """

    __slots__ = ("_field", "_keys", "_records")

    def __init__(self, field: str) -> None:
        self._field = field
        self._records: dict[Hashable, dict[str, None]] = {}
        self._keys: dict[str, Hashable | list[Hashable]] = {}

    def change(self, record: str, body: dict[str, Any] | None) -> None:
        """Note a record's new body; None when it was deleted."""
        keys = [] if body is None or self._field not in body else _keys(body[self._field])
        held = self._keys.get(record, [])
        before = held if isinstance(held, list) else [held]
        if keys == before:
            return
        for key in before:
            found = self._records[key]
            found.pop(record, None)
            if not found:
                del self._records[key]
        for key in keys:
            self._records.setdefault(key, {})[record] = None
        if keys:
            self._keys[record] = keys[0] if len(keys) == 1 else keys
        else:
            del self._keys[record]

    def find(self, value: Any) -> Collection[str]:
        """Return the ids of the records that have a value, each once."""
        keys = _keys(value)
        return self._records.get(keys[0], {}).keys() if len(keys) == 1 else ()


def _keys(value: Any) -> list[Hashable]:
    if isinstance(value, list):
        return [key for item in value if not isinstance(item, list) for key in _keys(item)]
    if isinstance(value, dict):
        return []
    # True and 1 are one key of a dict, but two values of JSON.
    return [(bool, value)] if isinstance(value, bool) else [value]
