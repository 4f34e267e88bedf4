"""fieldkit demo: a practice study with made-up data, marked as such everywhere."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.output import print_json, say, warn
from fieldkit.say import t

DEFAULT = Path("fieldkit-practice")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        default=DEFAULT,
        metavar="PATH",
        help=t("the folder to make (else {default})").format(default=DEFAULT),
    )
    parser.add_argument("--no-open", action="store_true", help=t("make it only; do not open the app"))
    parser.add_argument(
        "--json", action="store_true", help=t("print where it is as JSON; do not open the app")
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; a practice study that is there already is opened as it is."""
    folder = args.path.expanduser().absolute()
    made = not _is_practice(folder)
    if made:
        from fieldkit.study.practice import make_practice_study

        make_practice_study(args.path)
    if args.json:
        print_json({"study": str(folder), "made": made})
        return 0
    told = (
        t("{folder}: a practice study; everything in it is made up")
        if made
        else t("{folder}: a practice study; everything in it is made up (it was there already)")
    )
    say(told.format(folder=folder))
    if args.no_open:
        return 0
    from fieldkit.cli.app import NO_SCREEN, has_screen, open_app

    if not has_screen():
        warn(t(NO_SCREEN))
        return 0
    return open_app(folder)


def _is_practice(folder: Path) -> bool:
    from fieldkit.study.locate import is_study
    from fieldkit.study.study import Study

    if not folder.is_dir() or not is_study(folder):
        return False
    with Study.open(folder, write=False) as study:
        return study.practice
