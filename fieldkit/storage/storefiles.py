"""An open store's files: who may write them, how they are sealed, kept in order and written anew."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import Self

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.anchor import AnchorFile
from fieldkit.storage.device import load_device
from fieldkit.storage.drafts import Drafts
from fieldkit.storage.errors import NotDurable, StoreError, StoreReadOnly
from fieldkit.storage.folder import refuse_linked, require_store
from fieldkit.storage.frames import Part
from fieldkit.storage.history import Past
from fieldkit.storage.journal import Journal
from fieldkit.storage.keys import Keyring, Keys, NoKeys
from fieldkit.storage.lock import Lock, holder
from fieldkit.storage.opening import make_store, read_journal, vault_of, write_access
from fieldkit.storage.revision import new_id
from fieldkit.storage.state import State
from fieldkit.storage.total_purge import finish_destroying
from fieldkit.storage.writes import Notice


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
        self._ending = False
        self.device_id, replaced = load_device(folder, write=not self.read_only)
        if replaced:
            told = t("{folder}: this store was copied or restored: it goes on under a new device id")
            notices.append(Notice("device", told.format(folder=folder)))
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
        """Open a store; where a purge of everything was decided, what is left of it is destroyed before.

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
        refuse_linked(folder)
        finish_destroying(folder)
        require_store(folder)
        notices: list[Notice] = []
        lock = write_access(folder, notices) if write else None
        try:
            held_by = holder(folder / "lock") if lock is None else None
            return cls(folder, lock, notices, held_by, keys or NoKeys())
        except BaseException as error:
            if lock is not None:
                lock.release()
            if isinstance(error, OSError):
                raise StoreError(
                    t("{folder}: the store cannot be opened: {reason}").format(
                        folder=folder, reason=reason_of(error)
                    )
                ) from error
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
                    raise NotDurable(
                        t("{folder}: still cannot be read: {reason}").format(
                            folder=self.folder, reason=reason_of(error)
                        )
                    ) from error
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
        alone = self._lock is not None and self._lock.works
        found = read_journal(
            self.folder, self._keys, write=not self.read_only, alone=alone, snapshot=snapshot
        )
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

    def _tidy(self) -> None:
        """Finish what a crash may have left half-done; called once the store is open for writing."""
        raise NotImplementedError

    def _leave_in_order(self) -> None:
        """Do what pays before closing."""
        raise NotImplementedError

    def _require_writable(self) -> None:
        if self.read_only:
            told = (
                t("{folder}: open for reading only ({holder} writes to it), so nothing can be saved")
                if self.holder
                else t("{folder}: open for reading only, so nothing can be saved")
            )
            raise StoreReadOnly(told.format(folder=self.folder, holder=self.holder))
        if self._ending:
            raise StoreReadOnly(
                t("{folder}: is being purged of everything: open the study again").format(folder=self.folder)
            )
