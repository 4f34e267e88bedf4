"""The snapshot: where in the journal each record's current state lies, so that opening need not replay.

It is derived: any fault in it, or deleting it, costs a replay and loses nothing. Bodies stay in the journal.
In an encrypted study all of it after the first line is encrypted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import orjson

from fieldkit.storage import files
from fieldkit.storage.errors import StoreDamaged
from fieldkit.storage.heads import Entry, Head
from fieldkit.storage.journal import Journal
from fieldkit.storage.keys import Keys, open_file, seal_file
from fieldkit.storage.packing import ENTRIES
from fieldkit.storage.state import State, Table

_TITLE = b"fieldkit snapshot 2\n"
_PURPOSE = "snapshot"


def save_snapshot(path: Path, journal: Journal, state: State, keys: Keys) -> None:
    """Write the state as of the journal's present end.

    Raises:
        OSError: when it cannot be written; the one before stays.
    """
    numbers = {revision: number for number, revision in enumerate(state.ids)}
    content = orjson.dumps(
        {
            "ids": state.ids,
            "offsets": state.offsets,
            "tables": {
                name: _pack(table, numbers)
                for name, table in state.tables.items()
                if table.entries or table.listed
            },
        }
    )
    heading = orjson.dumps(
        {
            "study": journal.meta.get("study"),
            "length": journal.length,
            "tag": journal.tag.hex(),
            "sequence": journal.sequence,
            "packed": journal.packed,
            "lamport": state.lamport,
            "check": crc32(content),
        }
    )
    files.replace_file(path, _TITLE + seal_file(keys, _PURPOSE, heading + b"\n" + content))


def load_snapshot(path: Path, journal: Journal, state: State, keys: Keys) -> bool:
    """Fill an empty state from a snapshot, and move the journal to where the snapshot was taken.

    Args:
        path: the snapshot's file.
        journal: just opened.
        state: empty.
        keys: the store's.

    Returns:
        Whether there was a snapshot that fits this journal; if not, state and journal are as before.
    """
    try:
        with files.reading(path) as fd:
            stored = files.read_at(fd, files.size(fd), 0)
    except OSError:
        return False
    if not stored.startswith(_TITLE):
        return False
    try:
        data = open_file(keys, _PURPOSE, stored[len(_TITLE) :])
        middle = data.find(b"\n")
        heading = orjson.loads(data[:middle])
        length, tag = heading["length"], bytes.fromhex(heading["tag"])
        content = memoryview(data)[middle + 1 :]
        if (
            heading["study"] != journal.meta.get("study")
            or heading["check"] != crc32(content)
            or not journal.ends_with(length, tag)
        ):
            return False
        told = orjson.loads(content)
        ids, offsets = told["ids"], told["offsets"]
        if not _places_fit(offsets, length) or not all(isinstance(name, str) for name in ids):
            return False
        tables = {name: _unpack(columns, ids, offsets) for name, columns in told["tables"].items()}
        sequence, lamport, packed = heading["sequence"], heading["lamport"], heading["packed"]
    except (StoreDamaged, ValueError, KeyError, TypeError, IndexError):
        return False
    state.ids, state.offsets, state.tables, state.lamport = ids, offsets, tables, lamport
    journal.resume(length, tag, sequence)
    journal.packed = packed
    return True


def _places_fit(offsets: list[int], length: int) -> bool:
    """Whether places are numbers that stand in a journal of that length."""
    if not set(map(type, offsets)) <= {int}:
        return False
    return not offsets or (min(offsets) >= 0 and max(offsets) < length * ENTRIES)


def _pack(table: Table, numbers: dict[str, int]) -> dict[str, Any]:
    """Turn a table into columns; a record with several heads stands in `more`, deleted heads negative."""
    entries = list(table.entries.values())
    packed: dict[str, Any] = {
        "records": list(table.entries),
        "heads": [_number(entry.heads[0], numbers) for entry in entries],
        "lamports": [entry.heads[0].lamport for entry in entries],
        "next_doc_id": table.next_doc_id,
        "listed": table.listed,
        "replaced": {record: sorted(ids) for record, ids in table.replaced.items()},
        "more": {
            record: [[_number(head, numbers), head.lamport] for head in entry.heads]
            for record, entry in table.entries.items()
            if len(entry.heads) > 1
        },
    }
    if any(entry.doc_id != entry.place + 1 for entry in entries):
        packed["doc_ids"] = [entry.doc_id for entry in entries]
    return packed


def _unpack(packed: dict[str, Any], ids: list[str], offsets: list[int]) -> Table:
    """Make a table of its columns; its entries are made when they are asked for, unless they are few."""
    records, heads = packed["records"], packed["heads"]
    doc_ids = packed.get("doc_ids") or range(1, len(records) + 1)
    if not _columns_fit(records, heads, packed["lamports"], doc_ids, len(ids)):
        raise ValueError("columns that do not fit each other")

    def entries() -> dict[str, Entry]:
        columns = zip(heads, packed["lamports"], records, range(len(records)), doc_ids, strict=True)
        made = {}
        for number, lamport, record, place, doc_id in columns:
            if number < 0:
                head = _head(number, lamport, ids, offsets)
            else:
                head = Head(lamport, ids[number], offsets[number], False)
            made[record] = Entry((head,), place, doc_id)
        return made

    table = Table(entries)
    for record, several in packed["more"].items():
        table.entries[record].heads = tuple(
            _head(number, lamport, ids, offsets) for number, lamport in several
        )
    table.live = len(records) - sum(number < 0 for number in heads)
    table.next_doc_id = packed["next_doc_id"]
    table.listed = packed["listed"]
    table.replaced = {record: set(found) for record, found in packed["replaced"].items()}
    return table


def _columns_fit(
    records: list[str], heads: list[int], lamports: list[int], doc_ids: Sequence[int], known: int
) -> bool:
    """Whether columns are as long as each other, name each record once, and point at known revisions."""
    if not len(records) == len(heads) == len(lamports) == len(doc_ids) == len(set(records)):
        return False
    if not records:
        return True
    numbers = set(map(type, heads)) | set(map(type, lamports)) | set(map(type, doc_ids))
    return (
        set(map(type, records)) == {str} and numbers == {int} and max(heads) < known and ~min(heads) < known
    )


def _number(head: Head, numbers: dict[str, int]) -> int:
    number = numbers[head.id]
    return ~number if head.deleted else number


def _head(number: int, lamport: int, ids: list[str], offsets: list[int]) -> Head:
    plain = ~number if number < 0 else number
    return Head(lamport, ids[plain], offsets[plain], number < 0)
