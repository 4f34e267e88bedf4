"""A study's store: what is kept, durable when a call returns, with its whole history."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fieldkit.say import t
from fieldkit.storage.canonical import MAX_INT, canonical
from fieldkit.storage.erasure import erased_by
from fieldkit.storage.errors import NotDurable, StoreError
from fieldkit.storage.frames import LOCAL, Part
from fieldkit.storage.keys import PRIVATE_TABLES
from fieldkit.storage.planning import Planned, Stamp, plan
from fieldkit.storage.revision import Revision, new_id, now
from fieldkit.storage.rows import Rows
from fieldkit.storage.upkeep import StoreUpkeep
from fieldkit.storage.writes import Absorbed, Change, Commit, Delete, Mark, Put

if TYPE_CHECKING:
    from fieldkit.storage.tiny import StudyDB


class Store(StoreUpkeep):
    """An open store: what stands, what stood, and the writes that change it.

    Bodies that it hands out are its own: treat them as frozen. Calls may come from several threads.

    Attributes:
        author: initials that writes through TinyDB are made under.
    """

    author: str | None = None
    _db: StudyDB | None = None

    def tables(self) -> list[str]:
        """Return the names of the tables, sorted."""
        return sorted(name for name, table in self._state.tables.items() if table.listed)

    def get(self, table: str, record: str) -> dict[str, Any] | None:
        """Return a record's shown body, or None; treat it as frozen."""
        return self._state.shown(table, record)

    def ever(self, table: str) -> list[str]:
        """Return the ids of the records that a table has or had, in order of first appearance."""
        found = self._state.tables.get(table)
        return [] if found is None else list(found.entries)

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

    def changes_backwards(self, author: str | None = None) -> Iterator[Change]:
        """Yield the changes, newest first, each read when asked for; with an author only that person's."""
        return self._past.changes_backwards(author)

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

    def head(self, table: str, record: str) -> str | None:
        """Return the id of the revision that is shown of a record, or None where it is not there."""
        entry = self._state.entry(table, record)
        shown = None if entry is None else entry.shown
        return None if shown is None else shown.id

    def conflicts(self) -> list[tuple[str, str]]:
        """Return (table, record) of every record with more than one head."""
        return [
            (name, record)
            for name, table in self._state.tables.items()
            for record, entry in list(table.entries.items())
            if len(entry.heads) > 1
        ]

    def mark(self) -> Mark:
        """How far the journal has come, to be told later what was written since."""
        with self._mutex:
            ids = self._state.ids
            return Mark(len(ids), ids[-1] if ids else None)

    def written_since(self, mark: Mark) -> list[Revision] | None:
        """Return what was written since a mark, by whomever, in journal order.

        Args:
            mark: as `mark` gave it.

        Returns:
            The revisions; None where what was there at the mark is no longer there, such as after a purge.
        """
        with self._mutex:
            count, ids = mark.revisions, self._state.ids
            same = len(ids) >= count and (ids[count - 1] if count else None) == mark.last
            return self._past.written_after(count) if same else None

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
            erased = self._state.erased()
            erased = erased.union(*(erased_by(revision.table, revision.body) for revision in given.values()))
            new = [
                revision
                for revision in given.values()
                if revision.id not in known and revision.id not in erased
            ]
            new.sort(key=lambda revision: (revision.lamport, revision.change, revision.id))
            if new:
                self._add([Planned(revision.content(), revision.payload()) for revision in new])
                # They are durable: what cannot be erased now is erased at the next opening.
                with contextlib.suppress(NotDurable):
                    self.sweep()
            return Absorbed(len(new), len(given) - len(new))

    def adopt_study_id(self, study_id: str) -> None:
        """Make this store one of another study; only while it holds no revisions.

        Raises:
            StoreError: when it holds revisions.
        """
        with self._mutex:
            self._require_writable()
            if self._state.ids:
                raise StoreError(
                    t("{folder}: holds records already, so it stays the study that it is").format(
                        folder=self.folder
                    )
                )
            self._rewrite(self._keys, {**self._journal.meta, "study": study_id}, frozenset())

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

    @property
    def db(self) -> StudyDB:
        """The same state through TinyDB."""
        if self._db is None:
            from fieldkit.storage.tiny import StudyDB

            self._db = StudyDB(self)
        return self._db

    def _plan(
        self, writes: Sequence[Put | Delete], author: str | None, change: str, undoes: str | None
    ) -> list[Planned]:
        # Past the greatest integer that JSON keeps, what came later is told by its parents alone.
        lamport = min(self._state.lamport + 1, MAX_INT)
        stamp = Stamp(lamport, self.device_id, author, now(), change, undoes)
        return plan(self._state, writes, stamp)

    def _add(self, planned: list[Planned], note: Mapping[str, Any] | None = None) -> tuple[str, ...]:
        """Append revisions, and a note, durably as one; then take them into account. Returns their ids."""
        unit = [Part(payload, 0, content["table"] in PRIVATE_TABLES) for content, payload in planned]
        if note:
            unit.insert(0, Part(canonical(note), LOCAL))
        ids = []
        try:
            offsets = self._append(unit)
            if note:
                self._state.apply_note(note)
            for (content, payload), offset in zip(planned, offsets[len(unit) - len(planned) :], strict=True):
                revision_id = sha256(payload).hexdigest()
                self._state.apply(revision_id, content, offset)
                ids.append(revision_id)
        except NotDurable:
            raise
        except BaseException:
            # Interrupted in between, the journal may hold what the state does not.
            self._journal.distrust()
            raise
        return tuple(ids)
