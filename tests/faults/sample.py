"""A small store, known to the byte, that is damaged and put back thousands of times."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, NamedTuple

from fieldkit.storage import Notice, Put, Revision, Store
from fieldkit.storage.keys import Keys
from tests.storage.by_hand import Raw, saved, split

KINDS = ("plain", "sealed", "packed")
PASSPHRASE = "old passphrase of six words"


class Found(NamedTuple):
    """What an opening finds.

    Attributes:
        ids: of the revisions, in order.
        state: (table, record) -> body.
        notices: what it said.
    """

    ids: list[str]
    state: dict[tuple[str, str], dict[str, Any]]
    notices: list[Notice]


class Sample:
    """A store of four commits: one of two records, one of a contact, and one that revises the first.

    Attributes:
        folder: where it lies.
        keys: what opens it.
        files: name -> its bytes as they were left.
        heading: the journal's two lines.
        frames: the journal's frames.
        held: for each frame the ids of the revisions in it, in order.
        commits: the length of the journal after each commit, and how many revisions stood by then.
        revisions: all of them.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self.journal = folder / "journal"
        self.commits: list[tuple[int, int]] = []
        self.yesterday = b""
        self._changed: set[str] = set()
        with Store.create(folder, study_id="study", passphrase=None if kind == "plain" else PASSPHRASE) as s:
            self._fill(s, folder)
            if kind == "packed":
                s.compact()
            s.save_snapshot()
            self.keys: Keys = s.keys
            self.revisions: list[Revision] = list(s.revisions())
        self.files = {
            p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
        }
        self.heading, self.frames = split(self.files["journal"])
        self.held = self._held(kind)
        if kind == "packed":
            self.commits = []
            count = 0
            for frame, held in zip(self.frames, self.held, strict=True):
                count += len(held)
                self.commits.append((frame.end, count))

    def _fill(self, store: Store, folder: Path) -> None:
        for number, writes in enumerate(
            (
                [Put("t", "r0", {"n": 0})],
                [Put("t", "r1", {"n": 1}), Put("t", "twin", {"n": 1})],
                [Put("contacts", "k1", {"name": "Zoë"})],
                [Put("t", "r0", {"n": "revised"})],
            )
        ):
            store.commit(writes, author="AB")
            self.commits.append((saved(folder), len(list(store.revisions()))))
            if number == 1:
                self.yesterday = (folder / "anchor").read_bytes()

    def _held(self, kind: str) -> list[list[str]]:
        ids = [revision.id for revision in self.revisions]
        if kind != "packed":
            return [[revision_id] for revision_id in ids]
        by_table = {
            table: [revision.id for revision in self.revisions if revision.table == table]
            for table in ("t", "contacts")
        }
        return list(by_table.values())

    def put_back(self, **changed: bytes | None) -> None:
        """Make the folder as it was left, but for some files; None leaves one out."""
        for name in ("aside", "snapshot.new", "journal.new"):
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        # What was changed, what is changed now, and what an opening writes; everything else stands as it was.
        for name in {"anchor", *self._changed, *changed}:
            path = self.folder / name
            data = changed.get(name, self.files.get(name))
            if data is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(data)
        self._changed = set(changed)

    def open(self, *, write: bool = True) -> Found:
        """Open it and look at everything."""
        with Store.open(self.folder, write=write, keys=self.keys) as store:
            state = {
                (table, record): body
                for table in store.tables()
                for record, body in store.rows(table).items()
            }
            return Found([revision.id for revision in store.revisions()], state, store.notices)

    def problems(self) -> tuple[str, ...]:
        """Verify it."""
        return Store.verify_folder(self.folder, self.keys).problems

    def state_of(self, ids: list[str]) -> dict[tuple[str, str], dict[str, Any]]:
        """Return what a set of revisions amounts to, worked out from the definition of the current state."""
        kept = [revision for revision in self.revisions if revision.id in ids]
        replaced = {parent for revision in kept for parent in revision.parents}
        kept.sort(key=lambda revision: (revision.lamport, revision.id))
        return {
            (revision.table, revision.record): revision.body
            for revision in kept
            if revision.id not in replaced and revision.body is not None
        }

    def in_order(self, ids: set[str]) -> list[str]:
        """Return ids in the order in which the revisions were made."""
        return [revision.id for revision in self.revisions if revision.id in ids]

    def frame_at(self, offset: int) -> int:
        """Return the number of the frame that a byte belongs to."""
        return next(number for number, frame in enumerate(self.frames) if frame.start <= offset < frame.end)


def flipped(data: bytes, offset: int, bit: int) -> bytes:
    """Return bytes with one bit turned."""
    return data[:offset] + bytes([data[offset] ^ (1 << bit)]) + data[offset + 1 :]


def named(raw: Raw, opened: bytes) -> range:
    """Return the offsets of the bytes in which a frame of one revision names its record."""
    begin = raw.start + 54 + (len(raw.stored) - len(opened) - 16 if raw.flags & 2 else 0)
    return range(begin + opened.rindex(b'"record":'), begin + len(opened))
