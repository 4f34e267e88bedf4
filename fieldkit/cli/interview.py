"""fieldkit interview: the app, at the interview of a respondent."""

from __future__ import annotations

import argparse

from fieldkit.cli.options import author_option, ensure_author, open_study, study_option
from fieldkit.cli.output import print_json, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--respondent", required=True, metavar="CODE", help="her code, such as CIC-03")
    study_option(parser)
    author_option(parser)
    parser.add_argument(
        "--no-open", action="store_true", help="print the interview's id, planning it if need be; no app"
    )
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.roster import find_respondent

    if args.no_open or args.json:
        return _plan(args)
    from fieldkit.cli.app import open_app

    with open_study(args) as study:
        folder, respondent = study.folder, find_respondent(study, args.respondent).id
    return open_app(folder, author=args.author, respondent=respondent)


def _plan(args: argparse.Namespace) -> int:
    """Find or plan the respondent's interview, for scripts that record into it."""
    from fieldkit.study.interviews import interview_for
    from fieldkit.study.roster import find_respondent

    with open_study(args, write=True) as study:
        respondent = find_respondent(study, args.respondent)
        ensure_author(study)
        interview = interview_for(study, respondent.id)
    if args.json:
        print_json(interview.body())
    else:
        say(interview.id)
    return 0
