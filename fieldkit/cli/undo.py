"""fieldkit undo: take a change back. What was changed and what was taken back both stay in the log."""

from __future__ import annotations

import argparse

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "change",
        nargs="?",
        metavar="CHANGE",
        help="its id, as `fieldkit log` shows it; else your last one that stands",
    )
    study_option(parser)
    author_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.history import undo

    with open_study(args, write=True) as study:
        ensure_author(study)
        commit = undo(study, args.change)
    touched = [f"{revision.table} {revision.record}" for revision in commit.revisions]
    if args.json:
        print_json({"change": commit.change, "revisions": [revision.id for revision in commit.revisions]})
    else:
        say(f"taken back: {', '.join(touched) or 'nothing was left of it'}")
    return 0
