"""fieldkit new: make a study in a folder of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.output import interactive, print_json, say

SHIPPED = "iom-membership"
"""Name of the template that comes with fieldkit."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="the folder to make; you are asked without it"
    )
    parser.add_argument(
        "--template",
        metavar="NAME",
        help=f"{SHIPPED} (unless given), or a study's folder to take the guides from",
    )
    parser.add_argument("--author", metavar="INITIALS", help="who works in it on this laptop")
    parser.add_argument(
        "--no-passphrase", action="store_true", help="keep the data unencrypted, as this version always does"
    )
    parser.add_argument("--json", action="store_true", help="print where it is as JSON")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.create import create_study
    from fieldkit.study.errors import StudyError

    if interactive():
        _ask(args)
    if args.path is None:
        raise StudyError("where shall the study be? name a folder: fieldkit new PATH")
    template = None if args.template in (None, SHIPPED) else args.template
    folder = create_study(args.path, template=template, author=args.author)
    if args.json:
        print_json({"study": str(folder)})
    else:
        say(f"{folder}: a new study")
        say("What is recorded in it is not encrypted: keep it on an encrypted disk.")
        say(f"Next: fieldkit {args.path}")
    return 0


def _ask(args: argparse.Namespace) -> None:
    """Ask for what the arguments leave open."""
    from fieldkit.cli.ask import ask_author, ask_text

    if args.path is None:
        args.path = Path(ask_text("Folder of the new study:", default="my-study"))
    if args.author is None:
        args.author = ask_author()
