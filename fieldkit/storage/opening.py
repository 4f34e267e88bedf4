"""Making a store, and opening one: who may write, what the journal amounts to, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import orjson

from fieldkit.storage import files
from fieldkit.storage.anchor import Anchor, read_anchor
from fieldkit.storage.errors import StoreError, StoreLocked
from fieldkit.storage.framefile import FrameFile
from fieldkit.storage.frames import LOCAL, Sealer
from fieldkit.storage.loading import no_collection
from fieldkit.storage.lock import Lock, describe
from fieldkit.storage.recovery import Replay, name_record
from fieldkit.storage.revision import now
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

    journal: FrameFile
    state: State
    from_snapshot: int
    notices: list[Notice]


def make_store(folder: Path, study_id: str) -> None:
    """Write an empty store into a folder, at once or not at all.

    Raises:
        StoreError: when a store, or a file in the folder's place, is there already.
    """
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: a file is in the store's place: move it away")
    if (folder / "journal").exists():
        raise StoreError(f"{folder}: there is a store already")
    try:
        files.make_folder(folder)
        FrameFile.create(folder / "journal", "journal", {"study": study_id, "created": now()})
        files.sync_folder(folder.parent)
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be made here: {error.strerror}") from error


def write_access(folder: Path, notices: list[Notice]) -> Lock | None:
    """Take a store's lock; None, with a notice, where the medium cannot be written.

    Raises:
        StoreLocked: when another process has it.
        StoreError: when there is no store.
    """
    _require_store(folder)
    try:
        # Opening for appending asks what the lock alone would not: whether the journal itself is writable.
        files.close(files.open_append(folder / "journal"))
        return Lock(folder / "lock")
    except StoreLocked:
        raise StoreLocked(
            f"{folder}: {describe(folder / 'lock')} has this study open; close it there, or open for reading"
        ) from None
    except OSError as error:
        if error.errno not in files.READ_ONLY_ERRORS:
            raise StoreError(f"{folder}: the store cannot be opened: {error.strerror}") from error
    notices.append(Notice("read-only", f"{folder}: cannot be written, so it is open for reading only"))
    return None


def read_journal(folder: Path, sealer: Sealer, *, write: bool, snapshot: bool) -> Opened:
    """Open a store's journal and bring a state up to its end.

    Args:
        folder: the store.
        sealer: opens the frames.
        write: whether a torn end may be cut off and damage put aside.
        snapshot: whether the snapshot may be used.
    """
    _require_store(folder)
    try:
        journal = FrameFile.open(folder / "journal", "journal", sealer, write=write)
    except OSError as error:
        raise StoreError(f"{folder}: the journal cannot be read: {error.strerror}") from error
    try:
        state = State(journal.payload)
        with no_collection():
            if snapshot:
                load_snapshot(folder / "snapshot", journal, state)
            loaded = len(state.ids)
            anchor = read_anchor(folder / "anchor")
            replay = Replay(journal, trusted=anchor.length if anchor else 0)
            _replay(replay, state, sealer)
        notices = _settle(folder, journal, replay, anchor, write=write)
        return Opened(journal, state, loaded, notices)
    except BaseException:
        journal.close()
        raise


def _require_store(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: a file is in the store's place: move it away")
    if not (folder / "journal").is_file():
        raise StoreError(f"{folder}: there is no store here")


def _replay(replay: Replay, state: State, sealer: Sealer) -> None:
    for frame in replay.frames():
        payload = sealer.open(frame.header, frame.stored)
        content = orjson.loads(payload)
        if frame.header.flags & LOCAL:
            state.apply_note(content)
        else:
            state.apply(sha256(payload).hexdigest(), content, frame.offset)


def _settle(
    folder: Path, journal: FrameFile, replay: Replay, anchor: Anchor | None, *, write: bool
) -> list[Notice]:
    """Put damage aside, cut off a torn end, and say so."""
    notices = []
    for start, end in replay.damage:
        data = journal.read_at(end - start, start)
        named = name_record(data)
        text = f"{end - start} bytes at byte {start} are damaged" + (
            f" (a state of {named})" if named else ""
        )
        if write:
            text += f"; a copy lies in {_put_aside(folder, f'damage-{start}', data)}"
        notices.append(Notice("damage", f"{journal.path}: {text}; the rest is whole"))
    for offset in replay.broken:
        text = f"what stood before byte {offset} is missing"
        notices.append(Notice("damage", f"{journal.path}: {text}; the rest is whole"))
    lost = anchor is not None and replay.length < anchor.length
    if replay.torn:
        size = journal.size()
        data = journal.read_at(size - replay.length, replay.length)
        was = "saved data is damaged" if lost else "an unfinished write, never reported as saved,"
        text = f"{was} at the end ({len(data)} bytes)"
        if write:
            text += f" was cut off and lies in {_put_aside(folder, f'torn-{replay.length}', data)}"
            journal.cut(replay.length)
        notices.append(Notice("damage" if lost else "torn", f"{journal.path}: {text}"))
    elif lost and anchor is not None:
        missing = anchor.length - replay.length
        text = f"the last {missing} bytes that were saved are gone; restore a backup if you have one"
        notices.append(Notice("damage", f"{journal.path}: {text}"))
    journal.resume(replay.length, replay.tag, replay.sequence)
    return notices


def _put_aside(folder: Path, stem: str, data: bytes) -> Path:
    """Keep bytes that the journal does without; returns where."""
    aside = folder / "aside"
    files.make_folder(aside)
    digest = sha256(data).hexdigest()[:8]
    path = aside / f"{stem}-{digest}"
    if not path.exists():
        files.replace_file(path, data)
    return path
