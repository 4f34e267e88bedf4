"""Writing the journal anew: packed by record, without what was erased, under other keys if need be.

The new journal takes the old one's place in one rename; killed before it, a store is as it was, killed after
it, everything derived from the old one is merely missing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from fieldkit.storage import files
from fieldkit.storage.canonical import canonical
from fieldkit.storage.frames import LOCAL, PACKED, Part
from fieldkit.storage.heading import heading_bytes
from fieldkit.storage.journal import KIND, SPARE, Journal
from fieldkit.storage.keys import PRIVATE_TABLES, Keys
from fieldkit.storage.loading import no_collection
from fieldkit.storage.packing import blocks, pack
from fieldkit.storage.state import State

_PARTS_AT_ONCE = 64
_DERIVED = ("snapshot", "snapshot.new", "anchor")


def rewrite_journal(
    folder: Path, journal: Journal, state: State, keys: Keys, meta: Mapping[str, Any], dropped: frozenset[str]
) -> None:
    """Write a store's journal anew and put it in the old one's place.

    Args:
        folder: the store.
        journal: the present one, read to its end.
        state: what it amounts to.
        keys: seal the new one.
        meta: what its heading shall say.
        dropped: ids of revisions that it shall not hold.

    Raises:
        OSError: the disk did not take it; the old journal is as it was.
        StoreDamaged: what is to be kept cannot be read; likewise.
    """
    heading = heading_bytes(KIND, dict(meta))
    new = folder / f"{KIND}.new"
    files.replace_file(new, heading)
    try:
        target = Journal.open(new, KIND, keys.sealer(KIND), write=True)
        try:
            batch: list[Part] = []
            for part in _parts(journal, state, dropped):
                batch.append(part)
                if len(batch) == _PARTS_AT_ONCE:
                    target.append_unsynced(batch)
                    batch = []
            if batch:
                target.append_unsynced(batch)
            target.sync()
        finally:
            target.close()
        for name in _DERIVED:
            files.unlink(folder / name)
        files.rename(new, folder / KIND)
        files.sync_folder(folder)
        files.replace_file(folder / SPARE, heading)
    except BaseException:
        with contextlib.suppress(OSError):
            files.unlink(new)
        raise


def _parts(journal: Journal, state: State, dropped: frozenset[str]) -> Iterator[Part]:
    """Yield the frames of the new journal: notes and, table by table, blocks of revisions."""
    with no_collection():
        records = _by_record(journal, state, dropped)
    before, after = _notes(state, records)
    if before:
        yield Part(canonical(before), LOCAL)
    for table, numbers in records.items():
        private = table in PRIVATE_TABLES
        entries = ((number, journal.payload(state.offsets[number])) for number in chain(*numbers.values()))
        for block in blocks(entries):
            yield Part(pack(block), PACKED, private)
    if after:
        yield Part(canonical(after), LOCAL)


def _by_record(journal: Journal, state: State, dropped: frozenset[str]) -> dict[str, dict[str, list[int]]]:
    """Return table -> record -> the places of its revisions in the journal's order."""
    records: dict[str, dict[str, list[int]]] = {}
    for number, (revision, place) in enumerate(zip(state.ids, state.offsets, strict=True)):
        if revision not in dropped:
            told = orjson.loads(journal.payload(place))
            records.setdefault(told["table"], {}).setdefault(told["record"], []).append(number)
    return records


def _notes(
    state: State, records: Mapping[str, Mapping[str, Iterable[int]]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what TinyDB's side needs to be told before and after the revisions."""
    doc_ids: dict[str, dict[str, int]] = {}
    listed: dict[str, bool] = {}
    next_doc_ids: dict[str, int] = {}
    for name, table in state.tables.items():
        kept = [(record, table.entries[record].doc_id) for record in records.get(name, ())]
        if any(doc_id != place for place, (_, doc_id) in enumerate(kept, 1)):
            doc_ids[name] = {record: doc_id for record, doc_id in kept if doc_id}
        if table.next_doc_id != len(kept) + 1:
            next_doc_ids[name] = table.next_doc_id
        if table.listed != (table.live > 0):
            listed[name] = table.listed
    before = {"doc_ids": doc_ids} if doc_ids else {}
    after: dict[str, Any] = {"next_doc_ids": next_doc_ids} if next_doc_ids else {}
    return before, {**after, "tables": listed} if listed else after
