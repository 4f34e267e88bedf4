"""fieldkit adjudicate: where coders differ, side by side, and what is decided there."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t
from fieldkit.text import shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.findings.disagreements import Disagreement
    from fieldkit.study.study import Study


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from fieldkit.findings.agreement_units import UNITS

    study_option(parser)
    author_option(parser)
    parser.add_argument("--list", action="store_true", help=t("where coders differ and nothing is decided"))
    parser.add_argument("--all", action="store_true", help=t("with --list: what is decided already, too"))
    parser.add_argument(
        "--unit",
        choices=UNITS,
        default="passage",
        help=t(
            "with --list: passage (unless given) counts different words as a difference, response does not"
        ),
    )
    parser.add_argument("--response", metavar="ID", help=t("decide here"))
    parser.add_argument("--code", metavar="CODE", help=t("on this code"))
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument(
        "--take",
        metavar="INITIALS",
        help=t("whose codings stand: initials, A,B for several, both, or neither"),
    )
    decision.add_argument("--another", metavar="CODE", help=t("the code that stands instead"))
    parser.add_argument("--memo", metavar="TEXT", help=t("why"))
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.errors import StudyError

    if args.list:
        with open_study(args) as study:
            _list(study, args)
        return 0
    if not (args.response and args.code and (args.take or args.another)):
        raise StudyError(t("say where and what: --response ID --code CODE --take WHOSE; or --list"))
    with open_study(args, write=True) as study:
        ensure_author(study)
        decision = _decide(study, args)
    if args.json:
        print_json(decision)
    else:
        codings = len(decision["codings"])
        say(
            t("{id}: decided, consensus codings: {codings}; the coders' own stay as they are").format(
                id=decision["id"], codings=codings
            )
        )
    return 0


def _decide(study: Study, args: argparse.Namespace) -> dict[str, Any]:
    from fieldkit.study.adjudicating import adjudicate, open_disagreements
    from fieldkit.study.codebook import find_code

    takes: list[str] = []
    if args.take == "both":
        code = find_code(study, args.code).id
        for each in open_disagreements(study, everything=True):
            if (each.heard.response.id, each.code) == (args.response, code):
                takes = [coder for coder, codings in each.given.items() if codings]
    elif args.take not in (None, "neither"):
        takes = [coder.strip() for coder in args.take.split(",")]
    done = adjudicate(study, args.response, args.code, takes=takes, another=args.another, memo=args.memo)
    return done.body()


def _list(study: Study, args: argparse.Namespace) -> None:
    from fieldkit.study.adjudicating import open_disagreements

    found = open_disagreements(study, unit=args.unit, everything=args.all)
    if args.json:
        print_json([_data(each) for each in found])
        return
    if not found:
        say(t("coders differ nowhere that is not decided"))
    for each in found:
        _print(study, each)


def _data(each: Disagreement) -> dict[str, Any]:
    return {
        "response": each.heard.response.id,
        "code": each.code,
        "differ_in": each.kind,
        "text": each.heard.response.text,
        "coders": {coder: [coding.body() for coding in codings] for coder, codings in each.given.items()},
        "decided": each.settled and each.settled.body(),
    }


def _print(study: Study, each: Disagreement) -> None:
    people = (study.row("respondents", person) or {} for person in each.heard.interview.respondents)
    who = " + ".join(str(person.get("code", "?")) for person in people)
    said = t("{response} ({who}), code {code}:")
    say(said.format(response=each.heard.response.id, who=who, code=each.code))
    say(f"  {visible_line(shortened(each.heard.response.text, 300))}")
    for coder, codings in each.given.items():
        words = "; ".join(f'"{visible_line(shortened(coding.quote, 120))}"' for coding in codings)
        say(f"  {visible_line(coder)}: {words or t('not given')}")
    if each.settled is not None:
        takes = ", ".join(each.settled.takes) or each.settled.another or t("neither")
        told_by = t("  decided: {takes}, by {by}")
        say(told_by.format(takes=visible_line(takes), by=visible_line(each.settled.by or "?")))
