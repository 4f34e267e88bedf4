"""fieldkit assign: give a second coder a share to code blind, on this laptop or by a file; hand it in."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, print_table, say
from fieldkit.say import t, tn

if TYPE_CHECKING:
    from fieldkit.records.assignments import Assignment
    from fieldkit.study.study import Study


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    author_option(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--coder", metavar="INITIALS", help=t("the second coder, who gets a share"))
    what.add_argument("--hand-in", action="store_true", help=t("your own share is coded: you see all again"))
    what.add_argument("--list", action="store_true", help=t("the shares that were given so far"))
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--share",
        type=_share,
        metavar="SHARE",
        help=t("how much of each group's completed interviews, such as 1/4 or 25%%, drawn at random"),
    )
    size.add_argument(
        "--count", type=_count, metavar="N", help=t("how many of them all instead, spread over the groups")
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help=t("what to draw with; the same draws the same")
    )
    parser.add_argument(
        "--interview",
        action="append",
        default=[],
        metavar="ID",
        help=t("an interview to give instead; repeat it"),
    )
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FILE.json",
        help=t(
            "write the share (or, handing in, her codings) to a file: `fieldkit new PATH "
            "--template FILE.json` makes a study of a share, `fieldkit import FILE.json` takes "
            "codings in"
        ),
    )
    parser.add_argument("--force", action="store_true", help=t("replace a file that is there already"))
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    with open_study(args, write=None if args.list else True) as study:
        if args.list:
            _list(study, args)
            return 0
        ensure_author(study)
        assignment = _hand_in(study, args) if args.hand_in else _assign(study, args)
        if args.to is not None:
            from fieldkit.exchange.share import write_hand_in, write_share

            if args.hand_in:
                write_hand_in(study, assignment.coder, args.to, force=args.force)
            else:
                write_share(study, assignment, args.to, force=args.force)
    if args.json:
        print_json(assignment.body())
        return 0
    say(f"{assignment.id}: {_told(assignment)}{f'; {args.to}' if args.to else ''}")
    return 0


def _assign(study: Study, args: argparse.Namespace) -> Assignment:
    """The share that is given now, or, where nothing says how much, the one she has."""
    from fieldkit.study.assigning import assign_share, open_assignment

    size = args.count if args.share is None else args.share
    if args.to is not None and size is None and not args.interview:
        return open_assignment(study, args.coder)
    return assign_share(study, args.coder, share=size, interviews=args.interview, seed=args.seed)


def _hand_in(study: Study, args: argparse.Namespace) -> Assignment:
    """The share handed in now, or, where only the file is wanted again, the last one that was."""
    from fieldkit.study.assigning import assignments, hand_in

    mine = [each for each in assignments(study) if each.coder == study.need_author()]
    if args.to is not None and mine and all(each.handed_in_at for each in mine):
        return mine[-1]
    return hand_in(study)


def _list(study: Study, args: argparse.Namespace) -> None:
    from fieldkit.study.assigning import assignments

    found = assignments(study)
    if args.json:
        print_json([each.body() for each in found])
    elif not found:
        say(t("no share was given yet; `fieldkit assign --coder SR --share 1/4` gives one"))
    else:
        rows = [
            [each.id, each.coder, str(len(each.interviews)), "" if each.seed is None else str(each.seed),
             each.handed_in_at or t("coding blind")]
            for each in found
        ]  # fmt: skip
        heading = [t("share"), t("coder"), t("interviews"), t("seed"), t("handed in")]
        print_table(heading, rows, numbers=False)


def _told(assignment: Assignment) -> str:
    n = len(assignment.interviews)
    if assignment.handed_in_at is not None:
        told = tn(
            "{coder}'s share of {n} interview is handed in",
            "{coder}'s share of {n} interviews is handed in",
            n,
        )
    else:
        told = tn(
            "{n} interview for {coder}, who sees nothing that others made of them until she hands in",
            "{n} interviews for {coder}, who sees nothing that others made of them until she hands in",
            n,
        )
    return told.format(coder=assignment.coder, n=n)


def _share(text: str) -> Fraction:
    """A share, as the option has it."""
    given = text.strip()
    try:
        found = Fraction(given.removesuffix("%")) / (100 if given.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    if not 0 < found <= 1:
        raise argparse.ArgumentTypeError(
            t("{text}: a share is more than 0 and at most 1, such as 1/4 or 25%").format(text=text)
        )
    return found


def _count(text: str) -> int:
    """A number of interviews, as the option has it."""
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(t("{text}: how many interviews, 1 or more").format(text=text))
    return int(text)
