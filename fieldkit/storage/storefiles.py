"""An open store's files: who may write them, how they are sealed, kept in order and written anew."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Self

from fieldkit.storage import files
from fieldkit.storage.anchor import AnchorFile
from fieldkit.storage.aside import NAME as ASIDE
from fieldkit.storage.aside import seal_leftovers
from fieldkit.storage.compaction import rewrite_journal
from fieldkit.storage.device import load_device
from fieldkit.storage.drafts import Drafts
from fieldkit.storage.errors import NotDurable, StoreError, StoreReadOnly
from fieldkit.storage.framefile import heading_bytes
from fieldkit.storage.frames import Part
from fieldkit.storage.history import Past
from fieldkit.storage.journal import KIND, SPARE, Journal, read_small
from fieldkit.storage.keyfile import destroy_keys, make_keys, mend_keyfile
from fieldkit.storage.keys import Keyring, Keys, NoKeys
from fieldkit.storage.lock import Lock, holder
from fieldkit.storage.opening import journal_meta, make_store, read_journal, vault_of, write_access
from fieldkit.storage.revision import new_id
from fieldkit.storage.snapshot import save_snapshot
from fieldkit.storage.state import State
from fieldkit.storage.verification import Verification, verify_store
from fieldkit.storage.writes import Notice

PACK_AFTER = 16 << 20
"""On closing, a journal is packed once it holds this many bytes, and more than half of it, unpacked."""

SNAPSHOT_AFTER = 2_000
"""On closing, a new snapshot is written once this many revisions came after the last."""


class StoreFiles:
    """The files of an open store; made by `create` and `open`, and a context manager.

    Attributes:
        folder: where it lies.
        device_id: this laptop's id in revisions.
        read_only: whether writing is refused.
        holder: who else has it open for writing, or None.
        notices: what a person should be told about this opening.
        drafts: what is being typed.
        recovery_code: of a store just made or protected, to be shown once; it is kept nowhere.
    """

    def __init__(
        self, folder: Path, lock: Lock | None, notices: list[Notice], held_by: str | None, keys: Keys
    ) -> None:
        self.folder = folder
        self.read_only = lock is None
        self.holder = held_by
        self.notices = notices
        self.recovery_code: str | None = None
        self._lock = lock
        self._mutex = threading.RLock()
        self._keys = keys
        self._journal: Journal
        self._state: State
        self._past: Past
        self._anchor: AnchorFile | None = None
        self._new_keys = keys
        self._snapshot_at = 0
        self._closed = False
        self.device_id, replaced = load_device(folder, write=not self.read_only)
        if replaced:
            text = "this store was copied or restored: it goes on under a new device id"
            notices.append(Notice("device", f"{folder}: {text}"))
        self._load(snapshot=True)
        self.drafts = Drafts(folder / "drafts", keys, write=not self.read_only)
        if not self.read_only:
            self._tidy()

    @classmethod
    def create(cls, folder: Path, *, study_id: str | None = None, passphrase: str | None = None) -> Self:
        """Make a store and open it for writing.

        Args:
            folder: where; it is made if need be, and must hold no store yet.
            study_id: taken over from an archive; random if not given.
            passphrase: what shall open it; without one nothing is encrypted.

        Raises:
            StoreError: when a store, or a file, is there already.
        """
        keys, code = make_store(folder, study_id or new_id(), passphrase)
        store = cls.open(folder, keys=keys)
        store.recovery_code = code
        return store

    @classmethod
    def open(cls, folder: Path, *, write: bool = True, keys: Keys | None = None) -> Self:
        """Open a store.

        Args:
            folder: where it lies.
            write: False reads only, also while another process writes. A medium that cannot be written
                is opened for reading in any case, with a notice.
            keys: of an encrypted store, as `unlock` returns them.

        Raises:
            StoreSealed: when it is encrypted and these are not its keys.
            StoreLocked: when another process has it open for writing.
            StoreTooNew: when a newer version wrote it; nothing was changed.
            StoreDamaged: when its heading cannot be read.
            StoreError: when there is no store.
        """
        notices: list[Notice] = []
        lock = write_access(folder, notices) if write else None
        try:
            held_by = holder(folder / "lock") if lock is None else None
            return cls(folder, lock, notices, held_by, keys or NoKeys())
        except BaseException as error:
            if lock is not None:
                lock.release()
            if isinstance(error, OSError):
                raise StoreError(f"{folder}: the store cannot be opened: {error.strerror}") from error
            raise

    @property
    def study_id(self) -> str:
        """The study's id, the same on every laptop."""
        return str(self._journal.meta["study"])

    @property
    def sealed(self) -> bool:
        """Whether what it holds is encrypted."""
        return self._keys.sealed

    @property
    def keys(self) -> Keys:
        """What opens it, for the parts of this package."""
        return self._keys

    @property
    def state(self) -> State:
        """The state in memory, for the parts of this package."""
        return self._state

    def verify(self) -> Verification:
        """Read the whole store and check it against every promise of the format; nothing is changed."""
        return verify_store(self.folder, self._keys)

    @staticmethod
    def verify_folder(folder: Path, keys: Keys | None = None) -> Verification:
        """Check a store without opening it: nothing is repaired, cut off or put aside.

        Args:
            folder: where it lies.
            keys: of an encrypted store.
        """
        return verify_store(folder, keys or NoKeys())

    def compact(self) -> None:
        """Write the journal anew, packed by record; nothing that stands or stood is lost by it.

        Raises:
            NotDurable: when the disk did not take it; everything is as it was.
            StoreReadOnly: when the store is open for reading only.
        """
        with self._mutex:
            self._require_writable()
            self._rewrite(self._keys, self._journal.meta, self._state.erased())

    def sweep(self, at_most: int | None = None) -> bool:
        """Take what was erased out of the journal's bytes; returns whether anything of it is left there.

        Args:
            at_most: leave a journal longer than this, in bytes, to the closing of the store.

        Raises:
            NotDurable: when the disk did not take the new journal; it is swept at the next opening.
        """
        with self._mutex:
            if self.read_only or (at_most is not None and self._journal.length > at_most):
                return self._state.pending()
            if self._state.pending():
                self.compact()
            return False

    def start_over(self, passphrase: str | None) -> None:
        """Destroy everything in the store, its keys first, and begin an empty one of the same study.

        Args:
            passphrase: what shall open the new one, in a store that is encrypted.

        Raises:
            NotDurable: the disk did not take it; what was destroyed by then is gone.
            StoreReadOnly: when the store is open for reading only.
        """
        with self._mutex:
            self._require_writable()
            study, sealed = self.study_id, self.sealed
            try:
                destroy_keys(self.folder)
                self.drafts.close()
                for folder in ("drafts", ASIDE):
                    files.erase_folder(self.folder / folder)
                for name in ("snapshot", "anchor", KIND):
                    files.erase(self.folder / name)
                keys: Keys = NoKeys()
                if sealed and passphrase is not None:
                    keys, self.recovery_code = make_keys(self.folder, passphrase)
                heading = heading_bytes(KIND, journal_meta(study, keys))
                files.replace_file(self.folder / SPARE, heading)
                files.replace_file(self.folder / KIND, heading)
            except OSError as error:
                raise NotDurable(f"{self.folder}: not all could be destroyed: {error.strerror}") from error
            self._new_keys = keys
            self._reload()

    def erase_aside(self) -> None:
        """Destroy what lies aside: it may hold words that were erased elsewhere."""
        with self._mutex:
            self._require_writable()
            files.erase_folder(self.folder / ASIDE)

    def protect(self, passphrase: str) -> str:
        """Encrypt a store that is not: all of its files, with new keys.

        Killed at any step, the store opens as it was or encrypted, and nothing is lost.

        Args:
            passphrase: what shall open it.

        Returns:
            The recovery code, to be shown once.

        Raises:
            StoreError: when it is encrypted already, or words are still in drafts.
            NotDurable: when the disk did not take it; the store is as it was.
        """
        with self._mutex:
            self._require_writable()
            if self.sealed:
                raise StoreError(f"{self.folder}: is encrypted already; its passphrase can be changed")
            if self.drafts.names():
                raise StoreError(f"{self.folder}: words are still in drafts: record or complete them first")
            try:
                keys, code = make_keys(self.folder, passphrase)
            except OSError as error:
                raise NotDurable(f"{self.folder}: the keys could not be written: {error.strerror}") from error
            meta = journal_meta(self.study_id, keys)
            self._rewrite(keys, {**meta, "created": self._journal.meta["created"]}, self._state.erased())
            seal_leftovers(self.folder, keys)
            return code

    def drop_keys(self) -> None:
        """Lock an encrypted store that stays open: forget its keys and every body read so far."""
        with self._mutex:
            if isinstance(self._keys, Keyring):
                self.drafts.close()
                self._keys.drop()
                self._journal.forget()
                self._state.forget_bodies()

    def restore_keys(self, unlocked: Keyring) -> None:
        """Go on after `drop_keys`.

        Raises:
            StoreSealed: when these are the keys of another store.
        """
        with self._mutex:
            if isinstance(self._keys, Keyring):
                self._keys.restore(unlocked)

    def journal_stream(self) -> BinaryIO:
        """Return the journal's bytes up to what is durable now, to be read while more is written."""
        with self._mutex:
            return self._journal.stream()

    def save_snapshot(self) -> None:
        """Write the snapshot that makes the next opening quick.

        Raises:
            NotDurable: when the disk did not take it; the one before, or none, is used.
        """
        with self._mutex:
            self._require_writable()
            try:
                save_snapshot(self.folder / "snapshot", self._journal, self._state, self._keys)
            except OSError as error:
                raise NotDurable(f"{self.folder / 'snapshot'}: not written: {error.strerror}") from error
            self._snapshot_at = len(self._state.ids)

    @property
    def unsure(self) -> bool:
        """Whether a write failed so that nothing more is taken until `reopen`."""
        return self._journal.unsure

    def reopen(self) -> None:
        """Read the journal again from its first byte, after a write that failed; what failed is dropped.

        Raises:
            NotDurable: when the disk still does not take anything.
            StoreError: when the journal cannot be read.
        """
        with self._mutex:
            self._require_writable()
            try:
                self._journal.go_on()
                self._reload()
            except BaseException as error:
                self._journal.distrust()
                if isinstance(error, OSError):
                    raise NotDurable(f"{self.folder}: still cannot be read: {error.strerror}") from error
                raise

    def close(self) -> None:
        """Close the store; a snapshot is written first where that pays."""
        with self._mutex:
            if self._closed:
                return
            self._closed = True
            if not self.read_only and not self._locked:
                self._leave_in_order()
            self.drafts.close()
            self._journal.close()
            if self._anchor is not None:
                self._anchor.close()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def _locked(self) -> bool:
        return isinstance(self._keys, Keyring) and self._keys.dropped

    def _load(self, *, snapshot: bool) -> None:
        """Open the journal and bring the state up to its end."""
        found = read_journal(self.folder, self._keys, write=not self.read_only, snapshot=snapshot)
        self._journal, self._state = found.journal, found.state
        self._snapshot_at = found.from_snapshot
        # While another process writes, what looks torn to a reader is a write under way.
        self.notices.extend(n for n in found.notices if not (self.holder and n.kind == "torn"))
        self._past = Past(self._journal, self._state)
        if not self.read_only and self._anchor is None:
            if not (self.folder / "anchor").exists():
                # Whoever wrote the journal anew and was killed may have left its name on its way to the disk.
                files.sync_folder(self.folder)
            # Without it the store does; one that is there stays behind, as it may.
            with contextlib.suppress(OSError):
                self._anchor = AnchorFile(self.folder / "anchor")
                self._anchor.write(self._journal.length, self._journal.tag)

    def _tidy(self) -> None:
        """Finish what a crash may have left half-done; where the disk takes nothing, at the next opening."""
        try:
            mended = mend_keyfile(self.folder) if self.sealed else None
            if mended:
                self.notices.append(Notice("damage", mended))
            if not self._journal.mended and read_small(self.folder / SPARE) != self._journal.heading:
                files.replace_file(self.folder / SPARE, self._journal.heading)
            files.unlink(self._journal.path.with_name("journal.new"))
            seal_leftovers(self.folder, self._keys)
            self.sweep()
        except (OSError, StoreError) as error:
            if self._journal.unsure:
                raise
            if self._state.pending():
                text = f"what was erased could not be taken out of it yet: {error}"
                self.notices.append(Notice("damage", f"{self._journal.path}: {text}"))

    def _leave_in_order(self) -> None:
        """On closing, pack the journal and save a snapshot where that pays."""
        try:
            loose = self._journal.length - self._journal.packed
            if (loose > PACK_AFTER and loose > self._journal.packed) or self._state.pending():
                self.compact()
            if len(self._state.ids) - self._snapshot_at >= SNAPSHOT_AFTER:
                self.save_snapshot()
        except (OSError, StoreError):
            with contextlib.suppress(OSError):
                files.unlink(self.folder / "snapshot.new")

    def _rewrite(self, keys: Keys, meta: Mapping[str, Any], dropped: frozenset[str]) -> None:
        """Write the journal anew and go on with it."""
        self._new_keys = keys
        # Stopped after the rename, the open journal is a file that has no name any more.
        self._journal.distrust()
        try:
            rewrite_journal(self.folder, self._journal, self._state, keys, meta, dropped)
        except OSError as error:
            with contextlib.suppress(OSError, StoreError):
                self._reload()
            told = f"{self.folder}: the journal could not be written anew: {error.strerror}"
            raise NotDurable(told) from error
        except StoreError:
            # What was to be kept cannot be read: nothing was put in the journal's place.
            self._journal.go_on()
            raise
        try:
            self._reload()
        except OSError as error:
            raise NotDurable(f"{self.folder}: cannot be read: {error.strerror}") from error

    def _reload(self) -> None:
        """Go on with the journal that stands in the folder now, under the keys that fit it."""
        files.sync_folder(self.folder)
        if vault_of(self.folder) != self._keys.vault:
            self.drafts.close()
            self._keys = self._new_keys
            self.drafts = Drafts(self.folder / "drafts", self._keys, write=True)
        if self._anchor is not None:
            self._anchor.close()
            self._anchor = None
        before = self._journal
        self._load(snapshot=False)
        before.close()

    def _append(self, parts: list[Part]) -> list[int]:
        offsets = self._journal.append_places(parts)
        if self._anchor is not None:
            self._anchor.write(self._journal.length, self._journal.tag)
        return offsets

    def _require_writable(self) -> None:
        if self.read_only:
            told = f" ({self.holder} writes to it)" if self.holder else ""
            raise StoreReadOnly(f"{self.folder}: open for reading only{told}, so nothing can be saved")
