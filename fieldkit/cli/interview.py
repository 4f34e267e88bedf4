"""fieldkit interview: the app, at the interview of a respondent."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fieldkit.cli.options import author_option, ensure_author, open_study, study_option
from fieldkit.cli.output import print_json, say, warn
from fieldkit.cli.secrets import study_keys
from fieldkit.say import t

if TYPE_CHECKING:
    from fieldkit.records.interviews import Interview
    from fieldkit.study.study import Study


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--respondent",
        required=True,
        action="append",
        metavar="CODE",
        help=t("her code, such as CIC-03; given again, those who are interviewed together"),
    )
    parser.add_argument(
        "--another", action="store_true", help=t("begin another one, beside the one that is complete")
    )
    study_option(parser)
    author_option(parser)
    parser.add_argument(
        "--plain",
        action="store_true",
        help=t(
            "hold it line by line, without a screen: for screen readers and poor connections "
            "(TERM=dumb has no line move its cursor)"
        ),
    )
    parser.add_argument(
        "--no-open", action="store_true", help=t("print the interview's id, planning it if need be; no app")
    )
    parser.add_argument("--json", action="store_true", help=t("the same as JSON"))


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.interviews import interview_for
    from fieldkit.study.locate import find_study
    from fieldkit.study.roster import find_respondent

    if args.no_open or args.json:
        return _plan(args)
    if args.plain:
        return _hold_plainly(args)
    from fieldkit.cli.app import ask_keys, has_screen, need_screen, open_app

    folder = find_study(args.study)
    if args.passphrase_fd is None and has_screen():
        args.unlocked = ask_keys(folder)
    # One respondent's interview is written when something is noted in it; what is asked for here is now.
    asked_for = len(args.respondent) > 1 or args.another
    with open_study(args, write=asked_for) as study:
        people = [find_respondent(study, code).id for code in args.respondent]
        need_screen()
        if asked_for:
            ensure_author(study)
            _tell_guide(study, interview_for(study, *people, another=args.another))
    return open_app(folder, author=args.author, respondent=people[0], keys=study_keys(args, folder))


def _hold_plainly(args: argparse.Namespace) -> int:
    """Hold the interview line by line."""
    from fieldkit.cli.plain.session import PlainInterview
    from fieldkit.cli.plain.terminal import lines_here
    from fieldkit.study.conduct import Conduct
    from fieldkit.study.interviews import interview_meant
    from fieldkit.study.roster import find_respondent

    with open_study(args, write=True) as study:
        people = [find_respondent(study, code).id for code in args.respondent]
        ensure_author(study)
        interview = interview_meant(study, *people, another=args.another)
        _tell_guide(study, interview)
        return PlainInterview(Conduct(study, interview), lines_here()).run()


def _plan(args: argparse.Namespace) -> int:
    """Find or plan the interview, for scripts that record into it."""
    from fieldkit.study.interviews import interview_for
    from fieldkit.study.roster import find_respondent

    with open_study(args, write=True) as study:
        people = [find_respondent(study, code).id for code in args.respondent]
        ensure_author(study)
        interview = interview_for(study, *people, another=args.another)
        _tell_guide(study, interview)
    if args.json:
        print_json(interview.body())
    else:
        say(interview.id)
    return 0


def _tell_guide(study: Study, interview: Interview) -> None:
    from fieldkit.study.interviews import guide_remark

    if (remark := guide_remark(study, interview)) is not None:
        warn(remark)
