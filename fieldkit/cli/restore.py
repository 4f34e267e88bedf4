"""fieldkit restore: make a study of a backup, in a new folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.options import json_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("backup", type=Path, metavar="BACKUP", help=t("the backup's file"))
    parser.add_argument("path", type=Path, metavar="PATH", help=t("the folder to make"))
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.protection import needs_passphrase
    from fieldkit.study.restoring import restore_backup

    folder = restore_backup(args.backup, args.path)
    sealed = needs_passphrase(folder)
    if args.json:
        print_json({"study": str(folder), "encrypted": sealed})
    else:
        told = (
            t(
                "{folder}: restored; every byte is as it was backed up; "
                "it opens with the passphrase it had when the backup was made"
            )
            if sealed
            else t("{folder}: restored; every byte is as it was backed up")
        )
        say(told.format(folder=folder))
        say(t("Next: fieldkit -s {path} verify").format(path=args.path))
    return 0
