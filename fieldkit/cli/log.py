"""fieldkit log: the trail, oldest first. Contacts show that they changed, not who they are."""

from __future__ import annotations

import argparse
import json
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.study.history import LogEntry

HIDDEN = "(not shown)"
_LONGEST = 60


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    parser.add_argument("--table", metavar="NAME", help="only this table, such as responses")
    parser.add_argument("--record", metavar="ID", help="only this record")
    parser.add_argument("--by", metavar="INITIALS", help="only what this author changed")
    parser.add_argument("--limit", type=int, metavar="N", help="only the last N")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.records.tables import TABLES
    from fieldkit.study.errors import UnknownId
    from fieldkit.study.history import log

    with open_study(args) as study:
        known = sorted({*TABLES, *(study.store.tables() if study.store else ())})
        if args.table is not None and args.table not in known:
            raise UnknownId("table", args.table, known)
        if args.record is not None and next(log(study, table=args.table, record=args.record), None) is None:
            raise UnknownId("record", args.record, (each for table in known for each in study.rows(table)))
        entries: Iterable[LogEntry] = log(study, table=args.table, record=args.record, author=args.by)
        if args.limit is not None:
            entries = deque(entries, maxlen=max(args.limit, 0))
        if args.json:
            print_json([_entry(entry) for entry in entries])
        else:
            for entry in entries:
                say(_line(entry))
    return 0


def _fields(entry: LogEntry) -> list[tuple[str, Any, Any]]:
    from fieldkit.records.tables import PRIVATE_TABLES

    if entry.table not in PRIVATE_TABLES:
        return list(entry.fields)
    return [
        (name, None if before is None else HIDDEN, None if after is None else HIDDEN)
        for name, before, after in entry.fields
    ]


def _entry(entry: LogEntry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "author": entry.author,
        "table": entry.table,
        "record": entry.record,
        "action": entry.action,
        "fields": [
            {"field": name, "before": before, "after": after} for name, before, after in _fields(entry)
        ],
        "change": entry.change,
        "revision": entry.revision,
    }


def _line(entry: LogEntry) -> str:
    changes = "; ".join(
        f"{name}: {_short(after)}" if before is None else f"{name}: {_short(before)} -> {_short(after)}"
        for name, before, after in _fields(entry)
    )
    who = entry.author or "-"
    return visible_line(
        f"{entry.at}  {who}  {entry.action} {entry.table} {entry.record}  [{entry.change}]  {changes}"
    )


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
