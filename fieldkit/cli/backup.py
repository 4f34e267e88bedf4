"""fieldkit backup: a file that holds the whole study, read back after it was written."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.options import json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t
from fieldkit.study.backup_places import FOLDER
from fieldkit.study.backups import KEEP


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help=t("where to, from now on; else as before, or {folder}/ in the study").format(folder=FOLDER),
    )
    parser.add_argument(
        "--keep",
        type=int,
        metavar="N",
        help=t("how many to keep there, from now on; else as before, or {keep}").format(keep=KEEP),
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
        told = (
            t("{path}: written and read back, encrypted")
            if made.sealed
            else t("{path}: written and read back, NOT encrypted")
        )
        say(told.format(path=made.path))
        for path in made.removed:
            say(t("{path}: removed, being the oldest").format(path=path))
    return 0
