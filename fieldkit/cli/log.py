"""fieldkit log: the trail, oldest first. Contacts show that they changed, not who they are."""

from __future__ import annotations

import argparse
import json
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import mark, t
from fieldkit.text import shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.study.history import LogEntry
    from fieldkit.study.study import Study

HIDDEN = mark("(not shown)")
_LONGEST = 60


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    parser.add_argument("--table", metavar="NAME", help=t("only this table, such as responses"))
    parser.add_argument("--record", metavar="ID", help=t("only this record"))
    parser.add_argument("--by", metavar="INITIALS", help=t("only what this author changed"))
    parser.add_argument("--respondent", metavar="CODE", help=t("only what is about this respondent"))
    parser.add_argument("--item", metavar="ID", help=t("only what is about this item"))
    parser.add_argument(
        "--since", type=_day, metavar="DATE", help=t("only from this day, such as 2026-03-12")
    )
    parser.add_argument("--until", type=_day, metavar="DATE", help=t("only up to this day, itself included"))
    parser.add_argument("--limit", type=int, metavar="N", help=t("only the last N"))
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
        whole = log(study, table=args.table, record=args.record, author=args.by)
        entries: Iterable[LogEntry] = _selected(study, args, whole)
        if args.limit is not None:
            entries = deque(entries, maxlen=max(args.limit, 0))
        if args.json:
            print_json([_entry(entry) for entry in entries])
        else:
            for entry in entries:
                say(_line(entry))
    return 0


def told(entry: LogEntry) -> str:
    """What an entry is about and what changed in it, from what to what."""
    changes = "; ".join(
        f"{name}: {_short(after)}" if before is None else f"{name}: {_short(before)} – {_short(after)}"
        for name, before, after in _fields(entry)
    )
    return f"{str(entry.about) or entry.record} ({entry.table}): {changes or t('nothing differs')}"


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(
            t("{text} is no day: write it like 2026-03-12").format(text=repr(shortened(text, 40)))
        ) from None


def _selected(study: Study, args: argparse.Namespace, entries: Iterable[LogEntry]) -> Iterator[LogEntry]:
    """The entries that the options ask for; days are those that the trail prints, in UTC."""
    from fieldkit.study.errors import UnknownId
    from fieldkit.study.roster import find_respondent

    code = find_respondent(study, args.respondent).code if args.respondent is not None else None
    if args.item is not None:
        items = {str(body.get("item")) for body in study.rows("responses").values()}
        if args.item not in items:
            raise UnknownId("item in this study's responses", args.item, items)
    for entry in entries:
        day = entry.at[:10]
        if (
            (code is None or code in entry.about.respondents)
            and (args.item is None or entry.about.item == args.item)
            and (args.since is None or day >= args.since)
            and (args.until is None or day <= args.until)
        ):
            yield entry


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
        "respondents": list(entry.about.respondents),
        "item": entry.about.item,
        "action": entry.action,
        "fields": [
            {"field": name, "before": before, "after": after} for name, before, after in _fields(entry)
        ],
        "change": entry.change,
        "revision": entry.revision,
    }


def _line(entry: LogEntry) -> str:
    who = entry.author or "-"
    return visible_line(
        t("{at}  {who}  {action} {told}  [record {record}, change {change}]").format(
            at=entry.at,
            who=who,
            action=entry.action,
            told=told(entry),
            record=entry.record,
            change=entry.change,
        )
    )


def _short(value: Any) -> str:
    if value == HIDDEN:
        return t(HIDDEN)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
