"""The past of a store: its revisions, its changes, and what undoing one of them takes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from fieldkit.say import t
from fieldkit.storage.erasure import HOLDS
from fieldkit.storage.erasure import TABLE as PURGES
from fieldkit.storage.errors import StoreError, UndoConflict
from fieldkit.storage.journal import Journal
from fieldkit.storage.revision import Revision
from fieldkit.storage.state import State
from fieldkit.storage.writes import Change, Delete, Put
from fieldkit.text import shortened


class Past:
    """Reads a journal's revisions back."""

    def __init__(self, journal: Journal, state: State) -> None:
        self._journal = journal
        self._state = state

    def revisions(self) -> Iterator[Revision]:
        """Yield every revision in journal order."""
        erased = self._state.erased()
        for revision, offset in zip(list(self._state.ids), list(self._state.offsets), strict=False):
            if revision not in erased:
                yield self._at(offset)

    def written_after(self, count: int) -> list[Revision]:
        """Return the revisions after the first so many of the journal."""
        return [self._at(offset) for offset in self._state.offsets[count:]]

    def history(self, table: str | None, record: str | None) -> Iterator[Revision]:
        """Yield the revisions of a record, a table or all, in journal order."""
        if table is not None and record is not None:
            yield from self._of_record(table, record)
            return
        for revision in self.revisions():
            if table in (None, revision.table) and record in (None, revision.record):
                yield revision

    def revision(self, revision_id: str) -> Revision | None:
        """Return a revision by its id, or None."""
        offset = self._state.known().get(revision_id)
        return None if offset is None or revision_id in self._state.erased() else self._at(offset)

    def previous(self, revision: Revision) -> Revision | None:
        """Return the first of a revision's parents that is known here, or None."""
        return next(filter(None, map(self.revision, revision.parents)), None)

    def heads(self, table: str, record: str) -> tuple[Revision, ...]:
        """Return the revisions of a record that nothing replaces, the shown one first."""
        entry = self._state.entry(table, record)
        return () if entry is None else tuple(self._at(head.offset) for head in entry.heads)

    def changes(self, limit: int, author: str | None) -> list[Change]:
        """Return the latest changes, newest first; with an author only that person's."""
        return list(islice(self.changes_backwards(author), limit))

    def changes_backwards(self, author: str | None) -> Iterator[Change]:
        """Yield the changes, newest first, each read when asked for; with an author only that person's."""
        undone: set[str] = set()
        for revisions in self._backwards():
            newest = revisions[0]
            if all(revision.table in (PURGES, HOLDS) for revision in revisions):
                continue
            was_undone = newest.change in undone
            if newest.undoes is not None and not was_undone:
                undone.add(newest.undoes)
            if author is None or newest.author == author:
                yield Change(newest.change, newest.at, newest.author, revisions, was_undone, newest.undoes)

    def undoing(self, change: str) -> list[Put | Delete]:
        """Return the writes that take a change back.

        Raises:
            UndoConflict: when one of its records was changed since.
            StoreError: when there is no such change.
        """
        revisions = next((group for group in self._backwards() if group[0].change == change), None)
        if revisions is None:
            named = shortened(change, 60)
            raise StoreError(
                t("there is no change {named}; `fieldkit log` shows those there are").format(named=named)
            )
        return [self._before(revision) for revision in revisions]

    def _before(self, revision: Revision) -> Put | Delete:
        if revision.table == PURGES:
            raise UndoConflict(t("what was erased for good cannot be brought back"))
        if revision.table == HOLDS:
            raise UndoConflict(t("a hold is not undone: it is released, with whose decision that is"))
        entry = self._state.entry(revision.table, revision.record)
        heads = () if entry is None else entry.heads
        if len(heads) != 1 or not self._left_by(revision, self._at(heads[0].offset)):
            raise UndoConflict(
                t("{table} {record} was changed since, so this stays").format(
                    table=revision.table, record=revision.record
                )
            )
        if not revision.parents:
            return Delete(revision.table, revision.record)
        before = [found for found in map(self.revision, revision.parents) if found is not None]
        if not before:
            raise UndoConflict(
                t("what {table} {record} was before is not known here").format(
                    table=revision.table, record=revision.record
                )
            )
        shown = max(before, key=lambda parent: (parent.lamport, parent.id))
        if shown.body is None:
            return Delete(revision.table, revision.record)
        return Put(revision.table, revision.record, shown.body)

    @staticmethod
    def _left_by(revision: Revision, head: Revision) -> bool:
        """Whether a record stands as a revision left it: later changes may have been taken back."""
        return head.id == revision.id or (
            head.undoes is not None and (head.body, head.deleted) == (revision.body, revision.deleted)
        )

    def _backwards(self) -> Iterator[tuple[Revision, ...]]:
        """Yield the revisions of each change in journal order, the newest change first."""
        group: list[Revision] = []
        erased = self._state.erased()
        places = zip(list(self._state.ids), list(self._state.offsets), strict=False)
        for name, offset in reversed([*places]):
            if name in erased:
                continue
            revision = self._at(offset)
            if group and group[0].change != revision.change:
                yield tuple(reversed(group))
                group = []
            group.append(revision)
        if group:
            yield tuple(reversed(group))

    def _of_record(self, table: str, record: str) -> Iterator[Revision]:
        """Follow a record's parents from its heads; what is known of it is all reached so.

        Unless one on the way was erased: then all of the journal is looked through.
        """
        erased = self._state.erased()
        entry = self._state.entry(table, record)
        known = self._state.known()
        waiting = [] if entry is None else [head.offset for head in entry.heads]
        found: dict[int, Revision] = {}
        while waiting:
            offset = waiting.pop()
            if offset in found:
                continue
            revision = found[offset] = self._at(offset)
            if not erased.isdisjoint(revision.parents):
                yield from (r for r in self.revisions() if (r.table, r.record) == (table, record))
                return
            waiting.extend(known[parent] for parent in revision.parents if parent in known)
        for offset in sorted(found):
            if (found[offset].table, found[offset].record) == (table, record):
                yield found[offset]

    def _at(self, offset: int) -> Revision:
        return Revision.from_payload(self._journal.payload(offset))
