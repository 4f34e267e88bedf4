"""Keeping an open store in order: verifying, compacting, erasing and encrypting it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.aside import NAME as ASIDE
from fieldkit.storage.aside import seal_leftovers
from fieldkit.storage.compaction import rewrite_journal
from fieldkit.storage.drafts import Drafts
from fieldkit.storage.errors import NotDurable, StoreDamaged, StoreError
from fieldkit.storage.heading import heading_bytes
from fieldkit.storage.journal import KIND, SPARE, read_small
from fieldkit.storage.keycopies import drop_unfinished, mend_keyfile
from fieldkit.storage.keyfile import make_keys, new_keys
from fieldkit.storage.keys import Keyring, Keys, NoKeys
from fieldkit.storage.opening import journal_meta
from fieldkit.storage.snapshot import save_snapshot
from fieldkit.storage.storefiles import StoreFiles
from fieldkit.storage.total_purge import Decision, decide, destroy, forget, read_decision
from fieldkit.storage.verification import Verification, verify_store
from fieldkit.storage.writes import Notice, Put

PACK_AFTER = 16 << 20
"""On closing, a journal is packed once it holds this many bytes, and more than half of it, unpacked."""

SNAPSHOT_AFTER = 2_000
"""On closing, a new snapshot is written once this many revisions came after the last."""


class StoreUpkeep(StoreFiles):
    """An open store that keeps itself in order."""

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
                try:
                    self.compact()
                except StoreDamaged:
                    # Damage that a snapshot hid is put aside by reading everything; the rest is then swept.
                    self._reload()
                    self.compact()
            return False

    def start_over(self, passphrase: str | None, record: Put, author: str) -> Decision:
        """Destroy everything in the store, its keys first, and begin an empty one of the same study.

        That it was decided is written down before: killed or failed half-way, any opening destroys the rest.
        Whoever calls this writes the record and then calls `settle_total_purge`.

        Args:
            passphrase: what shall open the new one, in a store that is encrypted.
            record: the record that this happened.
            author: initials of who decided it.

        Returns:
            The decision that now stands, carried out but for the record.

        Raises:
            NotDurable: the disk did not take it; what was destroyed by then is gone.
            StoreReadOnly: when the store is open for reading only.
        """
        with self._mutex:
            self._require_writable()
            keys: Keys = NoKeys()
            content = code = None
            if self.sealed and passphrase is not None:
                keys, code, content = new_keys(passphrase)
            heading = heading_bytes(KIND, journal_meta(self.study_id, keys))
            decision = Decision(record, author, heading, content)
            self.drafts.close()
            self.drafts = Drafts(self.folder / "drafts", self._keys, write=False)
            # From here on nothing is written to what is about to go.
            self._ending = True
            try:
                decide(self.folder, decision)
                destroy(self.folder, decision)
                self._new_keys = keys
                self._reload()
            except OSError as error:
                told = t("{folder}: the purge could not be carried out ({reason}): open the study again")
                raise NotDurable(told.format(folder=self.folder, reason=reason_of(error))) from error
            self._ending = False
            self.recovery_code = code
            self.drafts = Drafts(self.folder / "drafts", self._keys, write=True)
            return decision

    def decided_total_purge(self) -> Decision | None:
        """Return the decision to purge everything that is not yet settled, if there is one."""
        return read_decision(self.folder)

    def settle_total_purge(self) -> None:
        """Take away the decision to purge everything, once its record is durable.

        Raises:
            NotDurable: when it could not be removed; the next opening does.
        """
        with self._mutex:
            self._require_writable()
            try:
                forget(self.folder)
            except OSError as error:
                raise NotDurable(
                    t("{folder}: the purge is not settled: {reason}").format(
                        folder=self.folder, reason=reason_of(error)
                    )
                ) from error

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
                raise StoreError(
                    t("{folder}: is encrypted already; its passphrase can be changed").format(
                        folder=self.folder
                    )
                )
            if self.drafts.names():
                raise StoreError(
                    t("{folder}: words are still in drafts: record or complete them first").format(
                        folder=self.folder
                    )
                )
            try:
                keys, code = make_keys(self.folder, passphrase)
            except OSError as error:
                raise NotDurable(
                    t("{folder}: the keys could not be written: {reason}").format(
                        folder=self.folder, reason=reason_of(error)
                    )
                ) from error
            meta = journal_meta(self.study_id, keys)
            self._rewrite(keys, {**meta, "created": self._journal.meta["created"]}, self._state.erased())
            # The next opening does it where the disk takes nothing now.
            with contextlib.suppress(OSError):
                self._keep_keys()
            seal_leftovers(self.folder, keys)
            return code

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
                raise NotDurable(
                    t("{path}: not written: {reason}").format(
                        path=self.folder / "snapshot", reason=reason_of(error)
                    )
                ) from error
            self._snapshot_at = len(self._state.ids)

    def _tidy(self) -> None:
        """Finish what a crash may have left half-done; where the disk takes nothing, at the next opening."""
        try:
            self._keep_keys()
            if not self._journal.mended and read_small(self.folder / SPARE) != self._journal.heading:
                files.replace_file(self.folder / SPARE, self._journal.heading)
            files.unlink(self._journal.path.with_name("journal.new"))
            seal_leftovers(self.folder, self._keys)
            self.sweep()
        except (OSError, StoreError) as error:
            if self._journal.unsure:
                raise
            if self._state.pending():
                told = t("{path}: what was erased could not be taken out of it yet: {error}")
                self.notices.append(Notice("damage", told.format(path=self._journal.path, error=error)))

    def _keep_keys(self) -> None:
        """Let the key file say what the journal does."""
        if isinstance(self._keys, Keyring):
            kind, told = "damage", mend_keyfile(self.folder, self._keys)
        else:
            kind, told = "protection", drop_unfinished(self.folder)
        if told:
            self.notices.append(Notice(kind, told))

    def _leave_in_order(self) -> None:
        """On closing, pack the journal and save a snapshot where that pays."""
        if self._ending:
            return
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
            told = t("{folder}: the journal could not be written anew: {reason}")
            raise NotDurable(told.format(folder=self.folder, reason=reason_of(error))) from error
        except StoreError:
            # What was to be kept cannot be read: nothing was put in the journal's place.
            self._journal.go_on()
            raise
        try:
            self._reload()
        except OSError as error:
            raise NotDurable(
                t("{folder}: cannot be read: {reason}").format(folder=self.folder, reason=reason_of(error))
            ) from error
