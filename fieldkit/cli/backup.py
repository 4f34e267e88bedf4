"""fieldkit backup: a file that holds the whole study, read back after it was written."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.options import json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.study.backup_places import FOLDER
from fieldkit.study.backups import KEEP


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help=f"where to, from now on; else as before, or {FOLDER}/ in the study",
    )
    parser.add_argument(
        "--keep",
        type=int,
        metavar="N",
        help=f"how many to keep there, from now on; else as before, or {KEEP}",
    )
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.backups import back_up

    with open_study(args, write=None) as study:
        made = back_up(study, args.to, args.keep)
    if args.json:
        removed = [str(path) for path in made.removed]
        print_json(
            {"file": str(made.path), "made_at": made.made_at, "encrypted": made.sealed, "removed": removed}
        )
    else:
        say(f"{made.path}: written and read back, {'encrypted' if made.sealed else 'NOT encrypted'}")
        for path in made.removed:
            say(f"{path}: removed, being the oldest")
    return 0
