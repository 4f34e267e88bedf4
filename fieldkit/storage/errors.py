"""What can go wrong with a store, each as one line that a person can act on."""

from __future__ import annotations


class StoreError(Exception):
    """Base of every error of the store; its text is one line for a person."""


class StoreLocked(StoreError):
    """Another process holds the store for writing."""


class StoreTooNew(StoreError):
    """The store was written in a format that this version does not know; it is left untouched."""


class StoreReadOnly(StoreError):
    """A write was asked of a store that is open for reading only."""


class StoreDamaged(StoreError):
    """Bytes of the store are not what was written."""


class NotDurable(StoreError):
    """A write did not reach the disk, so nothing of it counts as saved."""


class NotStorable(StoreError, TypeError):
    """A value cannot be kept exactly as JSON; nothing was written."""


class RevisionError(StoreError):
    """A revision from elsewhere is malformed, or its id does not fit its content."""


class UndoConflict(StoreError):
    """A change cannot be undone because a record it touched was changed since."""


class StoreSealed(StoreError):
    """The store is encrypted and its keys are not at hand: the passphrase is needed."""


class WrongPassphrase(StoreSealed):
    """No slot of the key file opens with what was given; which part of it is wrong cannot be told."""
