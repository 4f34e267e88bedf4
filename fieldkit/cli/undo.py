"""fieldkit undo: take a change back. What was changed and what was taken back both stay in the log."""

from __future__ import annotations

import argparse

from fieldkit.cli.log import told
from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t
from fieldkit.text import visible_line


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "change",
        nargs="?",
        metavar="CHANGE",
        help=t("its id, as `fieldkit log` shows it; else your last one that stands"),
    )
    coding_option(parser)
    study_option(parser)
    author_option(parser)
    json_option(parser)


def coding_option(parser: argparse.ArgumentParser) -> None:
    """Add `--coding`."""
    parser.add_argument(
        "--coding",
        action="store_true",
        help=t("only what you did in coding: codings, chart, codebook, memos"),
    )


def tables_of(args: argparse.Namespace) -> frozenset[str] | None:
    """The tables that are meant; None means all."""
    from fieldkit.study.undo_redo import CODING_TABLES

    return CODING_TABLES if args.coding else None


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.history import entries_of
    from fieldkit.study.undo_redo import undo

    with open_study(args, write=True) as study:
        ensure_author(study)
        commit = undo(study, args.change, tables=tables_of(args))
        restored = [visible_line(told(entry)) for entry in entries_of(study, commit)]
    if args.json:
        print_json({"change": commit.change, "revisions": [revision.id for revision in commit.revisions]})
    else:
        for line in restored or [t("nothing was left of it")]:
            say(t("taken back: {line}").format(line=line))
    return 0
