"""fieldkit open: the app."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.options import author_option, study_option
from fieldkit.cli.secrets import study_keys
from fieldkit.say import t


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="STUDY", help=t("the study's folder"))
    study_option(parser)
    author_option(parser)
    parser.add_argument(
        "--lock-after",
        type=_minutes,
        metavar="MINUTES",
        help=t("lock after so long without a key or the mouse (else 10; 0: never); kept for this study"),
    )


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.cli.app import open_app
    from fieldkit.study.locate import find_study

    folder = find_study(args.folder or args.study)
    keys = study_keys(args, folder) if args.passphrase_fd is not None else None
    return open_app(folder, author=args.author, keys=keys, lock_after=args.lock_after)


def _minutes(text: str) -> int:
    from fieldkit.study.errors import StudyError
    from fieldkit.study.idle import check_minutes

    try:
        return check_minutes(text)
    except StudyError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
