"""A study's store: what is kept, durable when a call returns, with its whole history."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.storage import files
from fieldkit.storage.anchor import AnchorFile
from fieldkit.storage.canonical import MAX_INT, canonical
from fieldkit.storage.device import load_device
from fieldkit.storage.drafts import Drafts
from fieldkit.storage.errors import StoreError, StoreReadOnly
from fieldkit.storage.framefile import FrameFile
from fieldkit.storage.frames import LOCAL, PlainSealer, Sealer
from fieldkit.storage.history import Past
from fieldkit.storage.lock import Lock, holder
from fieldkit.storage.opening import make_store, read_journal, write_access
from fieldkit.storage.planning import Planned, Stamp, plan
from fieldkit.storage.revision import Revision, new_id, now
from fieldkit.storage.rows import Rows
from fieldkit.storage.snapshot import save_snapshot
from fieldkit.storage.state import State
from fieldkit.storage.verification import Verification, verify_store
from fieldkit.storage.writes import Absorbed, Change, Commit, Delete, Notice, Put

if TYPE_CHECKING:
    from fieldkit.storage.tiny import StudyDB

SNAPSHOT_AFTER = 2_000
"""On closing, a new snapshot is written once this many revisions came after the last."""


class Store:
    """An open store; made by `create` and `open`, and a context manager.

    Bodies that it hands out are its own: treat them as frozen. Calls may come from several threads.

    Attributes:
        folder: where it lies.
        device_id: this laptop's id in revisions.
        read_only: whether writing is refused.
        holder: who else has it open for writing, or None.
        notices: what a person should be told about this opening.
        author: initials that writes through TinyDB are made under.
    """

    def __init__(self, folder: Path, lock: Lock | None, notices: list[Notice], held_by: str | None) -> None:
        self.folder = folder
        self.read_only = lock is None
        self.holder = held_by
        self.notices = notices
        self.author: str | None = None
        self._lock = lock
        self._mutex = threading.RLock()
        self._sealer: Sealer = PlainSealer()
        self._journal: FrameFile
        self._state: State
        self._past: Past
        self._anchor: AnchorFile | None = None
        self._snapshot_at = 0
        self._db: StudyDB | None = None
        self._closed = False
        self.device_id, replaced = load_device(folder, write=not self.read_only)
        if replaced:
            text = "this store was copied or restored: it goes on under a new device id"
            notices.append(Notice("device", f"{folder}: {text}"))
        self._load(snapshot=True)
        self.drafts = Drafts(folder / "drafts", self._sealer, write=not self.read_only)

    @classmethod
    def create(cls, folder: Path, *, study_id: str | None = None) -> Store:
        """Make a store and open it for writing.

        Args:
            folder: where; it is made if need be, and must hold no store yet.
            study_id: taken over from an archive; random if not given.

        Raises:
            StoreError: when a store, or a file, is there already.
        """
        make_store(folder, study_id or new_id())
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path, *, write: bool = True) -> Store:
        """Open a store.

        Args:
            folder: where it lies.
            write: False reads only, also while another process writes. A medium that cannot be written
                is opened for reading in any case, with a notice.

        Raises:
            StoreLocked: when another process has it open for writing.
            StoreTooNew: when a newer version wrote it; nothing was changed.
            StoreDamaged: when its heading cannot be read.
            StoreError: when there is no store.
        """
        notices: list[Notice] = []
        lock = write_access(folder, notices) if write else None
        try:
            held_by = holder(folder / "lock") if lock is None else None
            return cls(folder, lock, notices, held_by)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @property
    def study_id(self) -> str:
        """The study's id, the same on every laptop."""
        return str(self._journal.meta["study"])

    def tables(self) -> list[str]:
        """Return the names of the tables, sorted."""
        return sorted(name for name, table in self._state.tables.items() if table.listed)

    def get(self, table: str, record: str) -> dict[str, Any] | None:
        """Return a record's shown body, or None; treat it as frozen."""
        return self._state.shown(table, record)

    def rows(self, table: str) -> Mapping[str, dict[str, Any]]:
        """Return a live view, record id -> shown body, in order of first appearance; treat it as frozen."""
        return Rows(self, table)

    def where(self, table: str, field: str, value: Any) -> list[tuple[str, dict[str, Any]]]:
        """Return the records whose field has a value, or is a list that contains it, in order.

        The first call for a field reads the whole table; later ones use an index.
        """
        with self._mutex:
            state = self._state
            records = state.index(table, field).find(value)
            if not records:
                return []
            entries = state.tables[table].entries
            ordered = sorted(records, key=lambda record: entries[record].place)
            return [(record, state.body(entries[record].heads[0])) for record in ordered]

    def commit(
        self,
        writes: Sequence[Put | Delete],
        *,
        author: str | None,
        change: str | None = None,
        undoes: str | None = None,
    ) -> Commit:
        """Make writes durable as one unit, which can be undone as one.

        A record written twice gets its last state only; what changes nothing adds nothing. Writing to a
        record in conflict resolves it.

        Args:
            writes: what to do.
            author: initials, or None.
            change: the unit's id; random if not given.
            undoes: the change that this one takes back.

        Returns:
            What was added, durable.

        Raises:
            NotStorable: when a body is no plain JSON; nothing was written.
            NotDurable: when the disk did not take it.
            StoreReadOnly: when the store is open for reading only.
        """
        with self._mutex:
            self._require_writable()
            change = change or new_id()
            planned = self._plan(writes, author, change, undoes)
            if not planned:
                return Commit()
            return Commit(change, self._add(planned), tuple(payload for _, payload in planned))

    def undo(self, change: str, *, author: str | None) -> Commit:
        """Give every record of a change the state it had before, as a new change.

        Raises:
            UndoConflict: when one of them was changed since; nothing was written.
        """
        with self._mutex:
            return self.commit(self._past.undoing(change), author=author, undoes=change)

    def changes(self, limit: int, author: str | None = None) -> list[Change]:
        """Return the latest changes, newest first; with an author only that person's."""
        with self._mutex:
            return self._past.changes(limit, author)

    def revisions(self) -> Iterator[Revision]:
        """Yield every revision in journal order."""
        return self._past.revisions()

    def history(self, *, table: str | None = None, record: str | None = None) -> Iterator[Revision]:
        """Yield the revisions of a table or a record, or all, in journal order."""
        return self._past.history(table, record)

    def revision(self, revision_id: str) -> Revision | None:
        """Return a revision by its id, or None."""
        return self._past.revision(revision_id)

    def previous(self, revision: Revision) -> Revision | None:
        """Return the first of a revision's parents that is known here, or None."""
        return self._past.previous(revision)

    def heads(self, table: str, record: str) -> tuple[Revision, ...]:
        """Return the revisions of a record that nothing replaces, the shown one first."""
        return self._past.heads(table, record)

    def conflicts(self) -> list[tuple[str, str]]:
        """Return (table, record) of every record with more than one head."""
        return [
            (name, record)
            for name, table in self._state.tables.items()
            for record, entry in list(table.entries.items())
            if len(entry.heads) > 1
        ]

    def absorb(self, revisions: Iterable[Revision]) -> Absorbed:
        """Add revisions made elsewhere: a set union, whatever their order, all or nothing.

        Args:
            revisions: as `Revision.from_json` gives them.

        Raises:
            NotDurable: when the disk did not take them.
            StoreReadOnly: when the store is open for reading only.
        """
        with self._mutex:
            self._require_writable()
            known = self._state.known()
            given = {revision.id: revision for revision in revisions}
            new = [revision for revision in given.values() if revision.id not in known]
            new.sort(key=lambda revision: (revision.lamport, revision.change, revision.id))
            if new:
                self._add([Planned(revision.content(), revision.payload()) for revision in new])
            return Absorbed(len(new), len(given) - len(new))

    def adopt_study_id(self, study_id: str) -> None:
        """Make this store one of another study; only while it holds no revisions.

        Raises:
            StoreError: when it holds revisions.
        """
        with self._mutex:
            self._require_writable()
            if self._state.ids:
                raise StoreError(f"{self.folder}: holds records already, so it stays the study that it is")
            path = self._journal.path
            meta = {**self._journal.meta, "study": study_id}
            self._journal.close()
            files.unlink(self.folder / "snapshot")
            self._drop_anchor()
            FrameFile.create(path, "journal", meta)
            self._load(snapshot=False)

    def commit_noted(self, writes: Sequence[Put | Delete], note: Mapping[str, Any]) -> None:
        """Make writes durable together with a note of this laptop's own; for the TinyDB side.

        Args:
            writes: what to do; its author is `author`.
            note: `doc_ids` (table -> record -> number) and `tables` (name -> whether it is listed).
        """
        with self._mutex:
            self._require_writable()
            planned = self._plan(writes, self.author, new_id(), None)
            if planned or note:
                self._add(planned, note)

    def verify(self) -> Verification:
        """Read the whole store and check it against every promise of the format; nothing is changed."""
        return verify_store(self.folder, self._sealer)

    @staticmethod
    def verify_folder(folder: Path) -> Verification:
        """Check a store without opening it: nothing is repaired, cut off or put aside."""
        return verify_store(folder, PlainSealer())

    def save_snapshot(self) -> None:
        """Write the snapshot that makes the next opening quick."""
        with self._mutex:
            self._require_writable()
            save_snapshot(self.folder / "snapshot", self._journal, self._state)
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
            self._journal.go_on()
            self._journal.close()
            self._load(snapshot=False)

    @property
    def db(self) -> StudyDB:
        """The same state through TinyDB."""
        if self._db is None:
            from fieldkit.storage.tiny import StudyDB

            self._db = StudyDB(self)
        return self._db

    @property
    def state(self) -> State:
        """The state in memory, for the parts of this package."""
        return self._state

    def close(self) -> None:
        """Close the store; a snapshot is written first where that pays."""
        with self._mutex:
            if self._closed:
                return
            self._closed = True
            if not self.read_only and len(self._state.ids) - self._snapshot_at >= SNAPSHOT_AFTER:
                try:
                    self.save_snapshot()
                except OSError:
                    files.unlink(self.folder / "snapshot.new")
            self.drafts.close()
            self._journal.close()
            if self._anchor is not None:
                self._anchor.close()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _load(self, *, snapshot: bool) -> None:
        """Open the journal and bring the state up to its end."""
        found = read_journal(self.folder, self._sealer, write=not self.read_only, snapshot=snapshot)
        self._journal, self._state = found.journal, found.state
        self._snapshot_at = found.from_snapshot
        # While another process writes, what looks torn to a reader is a write under way.
        self.notices.extend(n for n in found.notices if not (self.holder and n.kind == "torn"))
        self._past = Past(self._journal, self._state)
        if not self.read_only and self._anchor is None:
            self._anchor = AnchorFile(self.folder / "anchor")
            self._anchor.write(self._journal.length, self._journal.tag)

    def _drop_anchor(self) -> None:
        """Forget how long the journal was, before another takes its place."""
        if self._anchor is not None:
            self._anchor.close()
            self._anchor = None
        files.unlink(self.folder / "anchor")

    def _plan(
        self, writes: Sequence[Put | Delete], author: str | None, change: str, undoes: str | None
    ) -> list[Planned]:
        # Past the greatest integer that JSON keeps, what came later is told by its parents alone.
        lamport = min(self._state.lamport + 1, MAX_INT)
        stamp = Stamp(lamport, self.device_id, author, now(), change, undoes)
        return plan(self._state, writes, stamp)

    def _add(self, planned: list[Planned], note: Mapping[str, Any] | None = None) -> tuple[str, ...]:
        """Append revisions, and a note, durably as one; then take them into account. Returns their ids."""
        unit = [(payload, 0) for _, payload in planned]
        if note:
            unit.insert(0, (canonical(note), LOCAL))
        offsets = self._append(unit)
        if note:
            self._state.apply_note(note)
        ids = []
        for (content, payload), offset in zip(planned, offsets[len(unit) - len(planned) :], strict=True):
            revision_id = sha256(payload).hexdigest()
            self._state.apply(revision_id, content, offset)
            ids.append(revision_id)
        return tuple(ids)

    def _append(self, payloads: list[tuple[bytes, int]]) -> list[int]:
        offsets = self._journal.append(payloads)
        if self._anchor is not None:
            self._anchor.write(self._journal.length, self._journal.tag)
        return offsets

    def _require_writable(self) -> None:
        if self.read_only:
            told = f" ({self.holder} writes to it)" if self.holder else ""
            raise StoreReadOnly(f"{self.folder}: open for reading only{told}, so nothing can be saved")
