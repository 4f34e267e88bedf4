"""fieldkit open: the app."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.options import author_option, study_option


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="STUDY", help="the study's folder")
    study_option(parser)
    author_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.cli.app import open_app
    from fieldkit.study.locate import find_study

    return open_app(find_study(args.folder or args.study), author=args.author)
