"""What is kept: an append-only journal of revisions, with TinyDB's tables as its current state."""

from __future__ import annotations

from fieldkit.storage.errors import (
    NotDurable,
    NotStorable,
    RevisionError,
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
    UndoConflict,
)
from fieldkit.storage.revision import Revision
from fieldkit.storage.store import Store
from fieldkit.storage.verification import Verification
from fieldkit.storage.writes import Absorbed, Change, Commit, Delete, Notice, Put

__all__ = [
    "Absorbed",
    "Change",
    "Commit",
    "Delete",
    "NotDurable",
    "NotStorable",
    "Notice",
    "Put",
    "Revision",
    "RevisionError",
    "Store",
    "StoreDamaged",
    "StoreError",
    "StoreLocked",
    "StoreReadOnly",
    "StoreTooNew",
    "UndoConflict",
    "Verification",
]
