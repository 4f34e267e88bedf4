"""What is done about a journal that is damaged or torn: put aside, cut off, and told."""

from __future__ import annotations

from pathlib import Path

from fieldkit.say import t
from fieldkit.storage.anchor import Anchor
from fieldkit.storage.aside import put_aside
from fieldkit.storage.errors import StoreError
from fieldkit.storage.journal import SPARE, Journal
from fieldkit.storage.keys import Keys
from fieldkit.storage.recovery import Replay, name_record
from fieldkit.storage.writes import Notice


def settle(
    folder: Path, journal: Journal, replay: Replay, anchor: Anchor | None, keys: Keys, *, write: bool
) -> list[Notice]:
    """Put damage aside, cut off a torn end, and say so.

    Args:
        folder: the store.
        journal: its journal; afterwards it goes on where the replay ended.
        replay: all of it was read.
        anchor: how far the journal reached when it was last saved, where that is known.
        keys: seal what is put aside.
        write: whether anything may be put aside or cut off; else it is only told.

    Raises:
        StoreError: the disk cannot read a place of it, and it was to be written.
    """
    notices = []
    if journal.unread is not None:
        notices.append(_unread(journal, write=write))
    if journal.mended:
        told = t("{path}: its first two lines are damaged, and were read from {spare}; the rest is whole")
        notices.append(Notice("damage", told.format(path=journal.path, spare=folder / SPARE)))
    notices += [_damaged(folder, journal, start, end, keys, write=write) for start, end in replay.damage]
    for offset in replay.broken:
        told = t("{path}: what stood before byte {offset} is missing; the rest is whole")
        notices.append(Notice("damage", told.format(path=journal.path, offset=offset)))
    missing = max(0, anchor.length - replay.length) if anchor else 0
    if replay.torn:
        notices.append(_torn(folder, journal, replay, missing, keys, write=write))
    elif missing:
        told = t(
            "{path}: the last {missing} bytes that were saved are gone; restore a backup if you have one"
        )
        notices.append(Notice("damage", told.format(path=journal.path, missing=missing)))
    journal.resume(replay.length, replay.tag, replay.sequence)
    return notices


def _unread(journal: Journal, *, write: bool) -> Notice:
    if write:
        # What cannot be read now may be on another try: nothing is cut off, and nothing built on it.
        told = t(
            "{path}: the disk cannot read it at byte {offset}: copy the study to another disk, "
            "or open it for reading; nothing was changed"
        )
        raise StoreError(told.format(path=journal.path, offset=journal.unread))
    told = t("{path}: the disk cannot read it at byte {offset}; copy the study to another disk")
    return Notice("damage", told.format(path=journal.path, offset=journal.unread))


def _damaged(folder: Path, journal: Journal, start: int, end: int, keys: Keys, *, write: bool) -> Notice:
    data = journal.read_at(end - start, start)
    record = name_record(journal.sealer, data)
    copy = put_aside(folder, f"damage-{start}", data, keys) if write else None
    if record and copy:
        told = t(
            "{path}: {n} bytes at byte {start} are damaged (a state of {record}); "
            "a copy lies in {copy}; the rest is whole"
        )
    elif record:
        told = t("{path}: {n} bytes at byte {start} are damaged (a state of {record}); the rest is whole")
    elif copy:
        told = t("{path}: {n} bytes at byte {start} are damaged; a copy lies in {copy}; the rest is whole")
    else:
        told = t("{path}: {n} bytes at byte {start} are damaged; the rest is whole")
    return Notice(
        "damage", told.format(path=journal.path, n=end - start, start=start, record=record, copy=copy)
    )


def _torn(folder: Path, journal: Journal, replay: Replay, missing: int, keys: Keys, *, write: bool) -> Notice:
    data = journal.read_at(journal.size() - replay.length, replay.length).rstrip(b"\0")
    copy = None
    if write:
        copy = put_aside(folder, f"torn-{replay.length}", data, keys)
        journal.cut(replay.length)
    if missing and copy:
        told = t(
            "{path}: saved data is damaged at the end ({n} bytes) was cut off and lies in {copy}; "
            "the last {missing} bytes that were saved are gone; restore a backup if you have one"
        )
    elif missing:
        told = t(
            "{path}: saved data is damaged at the end ({n} bytes); "
            "the last {missing} bytes that were saved are gone; restore a backup if you have one"
        )
    elif copy:
        told = t(
            "{path}: an unfinished write, never reported as saved, at the end ({n} bytes) "
            "was cut off and lies in {copy}"
        )
    else:
        told = t("{path}: an unfinished write, never reported as saved, at the end ({n} bytes)")
    told = told.format(path=journal.path, n=len(data), copy=copy, missing=missing)
    return Notice("damage" if missing else "torn", told)
