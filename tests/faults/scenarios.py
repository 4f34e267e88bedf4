"""What is done to a store while the disk fails, and what must hold of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fieldkit.storage import NotDurable, Put, Store
from fieldkit.storage.errors import WrongPassphrase
from fieldkit.storage.keyfile import change_passphrase, unlock
from fieldkit.storage.keys import Keyring
from fieldkit.storage.opening import has_store, is_sealed

OLD, NEW = "old passphrase of six words", "new passphrase of six words"
WORD = "marked-word"

Records = dict[str, dict[str, Any]]


class Session:
    """Somebody at work on a store, and what was acknowledged to them.

    Attributes:
        folder: the store.
        store: open, or None.
        saved: record -> body, as acknowledged.
        pending: what was asked for and neither acknowledged nor known to have failed for good.
        ids: the revisions that were acknowledged.
        told: called whenever any of this changes.
        erased: the revision that was taken out for good, if any.
        drafted: what a draft holds, as acknowledged.
        drafting: what it may hold beside.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store: Store | None = None
        self.saved: Records = {}
        self.pending: Records = {}
        self.ids: list[str] = []
        self.erased: str | None = None
        self.drafted: dict[str, str] = {}
        self.drafting: dict[str, str] = {}
        self.cleared = False
        self.told: Callable[[], None] = lambda: None

    def begin(self, passphrase: str | None) -> None:
        """Make a store with two commits."""
        self.create(passphrase)
        self.save(a={"text": f"{WORD} one"})
        self.save(b={"n": 1}, c={"n": 1})

    def create(self, passphrase: str | None) -> None:
        self.store = Store.create(self.folder, study_id="study", passphrase=passphrase)

    @property
    def at_work(self) -> Store:
        assert self.store is not None
        return self.store

    def save(self, **records: dict[str, Any]) -> None:
        """Commit records as one."""
        self.pending = records
        self.told()
        done = self.at_work.commit([Put("t", name, body) for name, body in records.items()], author="AB")
        self.saved.update(records)
        self.ids += done.ids
        self.pending = {}
        self.told()

    def draft(self, key: str, value: str) -> None:
        self.drafting = {key: value}
        self.told()
        self.at_work.drafts.append("i1", key, value)
        self.drafted.update(self.drafting)
        self.drafting = {}
        self.told()

    def open(self) -> None:
        """Open the store with whatever opens it now."""
        self.store = Store.open(self.folder, keys=keys_of(self.folder))

    def close(self) -> None:
        if self.store is not None:
            self.store.close()
            self.store = None


def keys_of(folder: Path) -> Keyring | None:
    """The keys of a store, by the old passphrase or the new one."""
    if not is_sealed(folder):
        return None
    try:
        return unlock(folder, OLD)
    except WrongPassphrase:
        return unlock(folder, NEW)


def create(session: Session) -> None:
    session.create(None)
    session.save(a={"text": WORD})


def create_sealed(session: Session) -> None:
    session.create(OLD)
    session.save(a={"text": WORD})


def commits(session: Session) -> None:
    session.save(d={"n": 2})
    session.save(e={"n": 3}, f={"n": 3})
    session.save(a={"text": "revised"})


def drafts(session: Session) -> None:
    session.draft("role", "first")
    session.draft("role", "second")
    session.draft("unit", "third")
    session.save(role={"text": "second"})
    session.cleared = True
    session.told()
    session.at_work.drafts.clear("i1")


def snapshot(session: Session) -> None:
    session.at_work.save_snapshot()
    session.save(d={"n": 2})
    session.at_work.save_snapshot()


def compact(session: Session) -> None:
    session.at_work.compact()
    session.save(d={"n": 2})


def protect(session: Session) -> None:
    session.at_work.protect(OLD)
    session.save(d={"n": 2})


def sweep(session: Session) -> None:
    erased = next(revision for revision in session.at_work.revisions() if revision.record == "a")
    session.save(a={"text": "withdrawn"})
    session.ids.remove(erased.id)
    session.told()
    done = session.at_work.commit([Put("purges", "p", {"erased": [erased.id]})], author="AB")
    session.erased = erased.id
    session.ids += done.ids
    session.told()
    session.at_work.sweep()


def rewrap(session: Session) -> None:
    keys = session.at_work.keys
    assert isinstance(keys, Keyring)
    change_passphrase(session.folder, keys, NEW)


def close_and_open(session: Session) -> None:
    journal = session.folder / "journal"
    session.close()
    journal.write_bytes(journal.read_bytes() + b"half a frame")
    (session.folder / "device.json").unlink()
    session.open()
    session.save(d={"n": 2})


SCENARIOS: dict[str, tuple[str | None, Callable[[Session], None]]] = {
    "create": (None, create),
    "create sealed": (None, create_sealed),
    "commits": (None, commits),
    "commits, sealed": (OLD, commits),
    "drafts": (None, drafts),
    "drafts, sealed": (OLD, drafts),
    "snapshot": (OLD, snapshot),
    "compact": (None, compact),
    "compact, sealed": (OLD, compact),
    "protect": (None, protect),
    "sweep": (OLD, sweep),
    "change of passphrase": (OLD, rewrap),
    "close and open": (None, close_and_open),
    "close and open, sealed": (OLD, close_and_open),
}
"""Name -> passphrase of the store that is there before, and what is done."""


def begun(folder: Path, scenario: str) -> Session:
    """Return a session at the place where a scenario begins."""
    session = Session(folder)
    if not scenario.startswith("create"):
        session.begin(SCENARIOS[scenario][0])
    return session


def go_on(session: Session) -> None:
    """Write on in the same process, now that the disk is well again."""
    if session.store is None:
        return
    if session.store.unsure:
        try:
            session.store.commit([Put("t", "refused", {"n": 0})], author="AB")
        except NotDurable:
            session.store.reopen()
        else:
            raise AssertionError("written after a failed sync")
    drafting = session.drafting
    settle(session, session.store)
    # What a draft's failed write left behind may still be found when it is read again.
    session.drafting = drafting
    session.save(after={"n": 9})


def settle(session: Session, store: Store) -> None:
    """Hold an open store against what was acknowledged; what was pending is there as a whole, or not."""
    state = dict(store.rows("t").items())
    both = {**session.saved, **session.pending}
    assert state in (session.saved, both), (state, session.saved, session.pending)
    session.saved = state
    session.pending = {}
    known = {revision.id for revision in store.revisions()}
    assert set(session.ids) <= known
    found = store.drafts.latest("i1")
    with_all = {**session.drafted, **session.drafting}
    assert found in (session.drafted, with_all) or (session.cleared and found == {}), found
    session.drafted, session.drafting, session.cleared = found, {}, False


def left_in_order(session: Session) -> None:
    """Open what a session left, twice, and hold it against what was acknowledged to it."""
    folder = session.folder
    if not has_store(folder):
        assert session.ids == []
        session.create(OLD)
        session.close()
    for number in range(2):
        session.open()
        store = session.at_work
        assert not store.read_only
        settle(session, store)
        mended = [n for n in store.notices if n.kind == "damage" and "keys" not in n.message]
        assert mended == [], mended
        session.save(**{f"later{number}": {"n": number}})
        assert store.verify().problems == ()
        session.close()
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    if is_sealed(folder):
        assert WORD.encode() not in held
    if session.erased is not None:
        session.open()
        assert session.at_work.revision(session.erased) is None
        assert not session.at_work.state.pending()
        session.close()
