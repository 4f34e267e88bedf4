"""Making a store, and opening one: who may write, what the journal amounts to, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.anchor import read_anchor
from fieldkit.storage.errors import StoreDamaged, StoreError, StoreLocked, StoreSealed
from fieldkit.storage.folder import (
    refuse_linked,
    refuse_links,
    refuse_remains,
    refuse_shared,
    remains,
    require_store,
)
from fieldkit.storage.frames import LOCAL, PACKED
from fieldkit.storage.heading import heading_bytes
from fieldkit.storage.journal import KIND, SPARE, Journal, place_of
from fieldkit.storage.keycopies import refuse_denied
from fieldkit.storage.keyfile import make_keys
from fieldkit.storage.keys import Keyring, Keys, NoKeys
from fieldkit.storage.loading import no_collection
from fieldkit.storage.lock import Lock, describe
from fieldkit.storage.mending import settle
from fieldkit.storage.packing import unpack
from fieldkit.storage.recovery import Replay
from fieldkit.storage.revision import now
from fieldkit.storage.shared_place import shared_place
from fieldkit.storage.snapshot import load_snapshot
from fieldkit.storage.state import State
from fieldkit.storage.writes import Notice


@dataclass(frozen=True, slots=True)
class Opened:
    """A journal, the state it amounts to, and what a person should be told.

    Attributes:
        journal: open, at its end.
        state: as of that end.
        from_snapshot: how many revisions the snapshot held.
        notices: what was found.
    """

    journal: Journal
    state: State
    from_snapshot: int
    notices: list[Notice]


def make_store(folder: Path, study_id: str, passphrase: str | None = None) -> tuple[Keys, str | None]:
    """Write an empty store into a folder, at once or not at all.

    Args:
        folder: where.
        study_id: the study's id.
        passphrase: what shall open it; without one nothing is encrypted.

    Returns:
        Its keys; and the recovery code of an encrypted one, which is kept nowhere.

    Raises:
        StoreError: when a store, or a file in the folder's place, is there already.
    """
    refuse_linked(folder)
    if folder.exists() and not folder.is_dir():
        raise StoreError(t("{folder}: a file is in the store's place: move it away").format(folder=folder))
    if (folder / KIND).exists():
        raise StoreError(t("{folder}: there is a store already").format(folder=folder))
    refuse_remains(folder)
    refuse_links(folder)
    keys: Keys = NoKeys()
    code = None
    try:
        files.make_folder(folder)
        if passphrase is not None:
            keys, code = make_keys(folder, passphrase)
        heading = heading_bytes(KIND, journal_meta(study_id, keys))
        files.replace_file(folder / SPARE, heading)
        files.replace_file(folder / KIND, heading)
        files.sync_folder(folder.parent)
    except OSError as error:
        raise StoreError(
            t("{folder}: the store cannot be made here: {reason}").format(
                folder=folder, reason=reason_of(error)
            )
        ) from error
    return keys, code


def journal_meta(study_id: str, keys: Keys) -> dict[str, Any]:
    """Return what a new journal's heading says: whose it is, and which vault's keys open it."""
    meta: dict[str, Any] = {"study": study_id, "created": now()}
    return {**meta, "sealed": keys.vault} if isinstance(keys, Keyring) else meta


def is_sealed(folder: Path) -> bool:
    """Whether a store is encrypted, so that opening it takes its keys.

    Raises:
        StoreError: when there is no store, or its heading cannot be read.
    """
    return vault_of(folder) is not None


def vault_of(folder: Path) -> str | None:
    """Return the vault whose keys open a store; None where it is not encrypted.

    Raises:
        StoreError: when there is no store, its heading cannot be read, or keys beside it show that it was
            encrypted and the heading denies it.
    """
    require_store(folder)
    try:
        journal = Journal.open_in(folder, NoKeys(), write=False)
    except OSError as error:
        raise StoreError(
            t("{folder}: the journal cannot be read: {reason}").format(folder=folder, reason=reason_of(error))
        ) from error
    journal.close()
    refuse_denied(folder, journal.vault)
    return journal.vault


def study_of(folder: Path) -> str | None:
    """Return the id of the study that a store, or a part of one, is of; None where nothing tells it."""
    try:
        journal = Journal.open_in(folder, NoKeys(), write=False)
    except (OSError, StoreError):
        return None
    journal.close()
    return str(journal.meta.get("study"))


def write_access(folder: Path, notices: list[Notice]) -> Lock | None:
    """Take a store's lock; None, with a notice, where the medium cannot be written.

    Raises:
        StoreLocked: when another process has it.
        StoreError: when its files have other names elsewhere.
    """
    refuse_shared(folder)
    try:
        # Opening for appending asks what the lock alone would not: whether the journal itself is writable.
        files.close(files.open_append(folder / "journal"))
        lock = Lock(folder / "lock")
        _warn_of_place(folder, lock, notices)
        return lock
    except StoreLocked:
        raise StoreLocked(
            t("{folder}: {holder} has this study open; close it there, or open for reading").format(
                folder=folder, holder=describe(folder / "lock")
            )
        ) from None
    except OSError as error:
        if error.errno not in files.READ_ONLY_ERRORS:
            raise StoreError(
                t("{folder}: the store cannot be opened: {reason}").format(
                    folder=folder, reason=reason_of(error)
                )
            ) from error
    notices.append(
        Notice(
            "read-only",
            t("{folder}: cannot be written, so it is open for reading only").format(folder=folder),
        )
    )
    return None


def _warn_of_place(folder: Path, lock: Lock, notices: list[Notice]) -> None:
    """Say where locks do not keep two from writing."""
    place = shared_place(folder)
    if place is None and lock.works:
        return
    lock.works = False
    told = (
        t(
            "{folder}: lies in {place}: two laptops may write over each other; "
            "keep it on this laptop's own disk"
        )
        if place
        else t(
            "{folder}: lies where files cannot be locked: two laptops may write over each other; "
            "keep it on this laptop's own disk"
        )
    )
    notices.append(Notice("place", told.format(folder=folder, place=place)))


def read_journal(folder: Path, keys: Keys, *, write: bool, alone: bool, snapshot: bool) -> Opened:
    """Open a store's journal and bring a state up to its end.

    Args:
        folder: the store.
        keys: open the frames.
        write: whether a torn end may be cut off and damage put aside.
        alone: whether a lock keeps everybody else from writing.
        snapshot: whether the snapshot may be used.

    Raises:
        StoreSealed: when it is encrypted and these are not its keys.
    """
    require_store(folder)
    try:
        journal = Journal.open_in(folder, keys, write=write, ahead=alone)
    except OSError as error:
        raise StoreError(
            t("{folder}: the journal cannot be read: {reason}").format(folder=folder, reason=reason_of(error))
        ) from error
    try:
        _fit(folder, journal, keys)
        state = State(journal.payload)
        with no_collection():
            if snapshot:
                load_snapshot(folder / "snapshot", journal, state, keys)
            loaded = len(state.ids)
            anchor = read_anchor(folder / "anchor")
            replay = Replay(journal, trusted=anchor.length if anchor else 0)
            faults = _replay(replay, journal, state)
        notices = settle(folder, journal, replay, anchor, keys, write=write)
        notices += [
            Notice("damage", t("{path}: {fault}; the rest is whole").format(path=journal.path, fault=fault))
            for fault in faults
        ]
        return Opened(journal, state, loaded, notices)
    except BaseException:
        journal.close()
        raise


def _fit(folder: Path, journal: Journal, keys: Keys) -> None:
    """Refuse keys that are not the journal's."""
    if journal.sealed and not isinstance(keys, Keyring):
        raise StoreSealed(t("{folder}: encrypted: its passphrase is needed").format(folder=folder))
    refuse_denied(folder, journal.vault)
    if keys.vault != journal.vault:
        raise StoreSealed(t("{folder}: its keys are those of another study").format(folder=folder))


def has_store(folder: Path) -> bool:
    """Whether there is a store, or what is left of one, or something else in its place."""
    in_its_place = folder.is_symlink() or (folder.exists() and not folder.is_dir())
    return in_its_place or (folder / KIND).exists() or remains(folder) is not None


def _replay(replay: Replay, journal: Journal, state: State) -> list[str]:
    """Take every frame into account; returns what in whole frames could not be, one line each."""
    faults = []
    orders: list[int] = []
    for frame, payload in replay.frames():
        try:
            if frame.header.flags & LOCAL:
                state.apply_note(orjson.loads(payload))
            elif frame.header.flags & PACKED:
                for entry, (order, packed) in enumerate(unpack(payload)):
                    _apply(state, packed, place_of(frame.offset, entry))
                    orders.append(order)
                journal.packed = frame.end
            else:
                _apply(state, payload, place_of(frame.offset))
        except (ValueError, KeyError, TypeError, StoreDamaged) as error:
            faults.append(
                t("byte {offset} holds no revision ({error})").format(offset=frame.offset, error=error)
            )
    state.put_in_order(orders)
    return faults


def _apply(state: State, payload: bytes, place: int) -> None:
    state.apply(sha256(payload).hexdigest(), orjson.loads(payload), place)
