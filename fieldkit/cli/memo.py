"""fieldkit memo: write, change, remove and list remarks on what the study has."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.records.findings import Memo
    from fieldkit.study.study import Study


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("text", nargs="?", metavar="TEXT", help=t("the remark; without it memos are listed"))
    for kind in ("coding", "code", "interview", "response", "document", "respondent"):
        parser.add_argument(f"--{kind}", metavar="ID", help=t("what it is on; else the study"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--change", metavar="MEMO", help=t("write TEXT in the place of this memo's"))
    which.add_argument("--remove", metavar="MEMO", help=t("take this memo away; the log keeps it"))
    study_option(parser)
    author_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.memos import change_memo, memos, remove_memo, write_memo

    table, record = _on(args)
    if args.text is None and args.remove is None:
        with open_study(args) as study:
            _list(args, study, memos(study, table=table, record=record))
        return 0
    with open_study(args, write=True) as study:
        ensure_author(study)
        if args.remove is not None:
            done = remove_memo(study, args.remove)
        elif args.change is not None:
            done = change_memo(study, args.change, args.text).id
        else:
            done = write_memo(study, args.text, table=table, record=record).id
    if args.json:
        print_json({"change" if args.remove is not None else "memo": done})
    else:
        say(done)
    return 0


def _on(args: argparse.Namespace) -> tuple[str | None, str | None]:
    """Table and id of what a memo is on, or is to be."""
    from fieldkit.study.errors import StudyError
    from fieldkit.study.memos import WRITTEN_ON

    given = [(table, record) for table in WRITTEN_ON if (record := getattr(args, table.removesuffix("s")))]
    if len(given) > 1:
        raise StudyError(t("a memo is on one thing: leave out the others"))
    if args.change is not None and args.text is None:
        raise StudyError(t("--change: give the words that shall stand there"))
    return given[0] if given else (None, None)


def _list(args: argparse.Namespace, study: Study, found: list[Memo]) -> None:
    from fieldkit.study.naming import about

    if args.json:
        print_json([memo.body() for memo in found])
        return
    for memo in found:
        body = study.row(memo.table, memo.on) if memo.table is not None and memo.on is not None else None
        on = str(about(study, memo.table, body)) if memo.table is not None and body is not None else memo.on
        where = f"{memo.table}: {on}" if memo.table is not None else t("the study")
        say(visible_line(f"{memo.id}  {memo.author or '-'}  {where}: {memo.text}"))
