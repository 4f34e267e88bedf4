"""What is erased for good: a record of a purge lists the revisions whose content nobody may keep.

The record stays, and says that and by whose authority something was erased, not what; the ids it lists are
hashes with a random nonce. Wherever it arrives, the revisions it lists are refused, and taken out of the
journal's bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

TABLE = "purges"
"""The table of records of purges; the list stands in the field `erased`."""

FIELD = "erased"

HOLDS = "holds"
"""The table of records that forbid erasing: none of them is ever erased, or undone."""


def erased_by(table: str, body: Mapping[str, Any] | None) -> frozenset[str]:
    """Return the ids of the revisions that a record says are erased; of other tables' records none."""
    listed = body.get(FIELD) if table == TABLE and body is not None else None
    return frozenset(filter(_is_text, listed)) if isinstance(listed, Iterable) else frozenset()


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
