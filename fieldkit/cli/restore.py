"""fieldkit restore: make a study of a backup, in a new folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.options import json_option
from fieldkit.cli.output import print_json, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("backup", type=Path, metavar="BACKUP", help="the backup's file")
    parser.add_argument("path", type=Path, metavar="PATH", help="the folder to make")
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
        opens = "; it opens with the passphrase it had when the backup was made" if sealed else ""
        say(f"{folder}: restored; every byte is as it was backed up{opens}")
        say(f"Next: fieldkit -s {args.path} verify")
    return 0
