"""fieldkit adjudicate: where coders differ, side by side, and what is decided there."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t
from fieldkit.text import shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.findings.cell_disagreements import CellDisagreement
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
    parser.add_argument("--respondent", metavar="CODE", help=t("or decide on this person's position"))
    parser.add_argument("--evaluation-question", metavar="Q", help=t("on this evaluation question or part"))
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument(
        "--take",
        metavar="INITIALS",
        help=t("whose stands: initials, of codings also A,B for several or both; neither"),
    )
    decision.add_argument("--another", metavar="ID", help=t("the code, or the position, that stands instead"))
    parser.add_argument("--basis", metavar="ID", help=t("of a position that stands instead: its basis"))
    parser.add_argument("--memo", metavar="TEXT", help=t("why"))
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.errors import StudyError

    if args.list:
        with open_study(args) as study:
            _list(study, args)
        return 0
    on_code, on_cell = args.response and args.code, args.respondent and args.evaluation_question
    if bool(on_code) == bool(on_cell) or not (args.take or args.another):
        raise StudyError(
            t(
                "say where and what: --response ID --code CODE --take WHOSE, "
                "or --respondent CODE --evaluation-question Q --take WHOSE; or --list"
            )
        )
    with open_study(args, write=True) as study:
        ensure_author(study)
        decision = _decide_cell(study, args) if on_cell else _decide(study, args)
    if args.json:
        print_json(decision)
    elif on_cell:
        told = t("{id}: decided, position: {position}; the coders' own cells stay as they are")
        say(told.format(id=decision["id"], position=decision.get("position") or "-"))
    else:
        told = t("{id}: decided, consensus codings: {n}; the coders' own stay as they are")
        say(told.format(id=decision["id"], n=len(decision["codings"])))
    return 0


def _decide_cell(study: Study, args: argparse.Namespace) -> dict[str, Any]:
    from fieldkit.study.adjudicating_chart import adjudicate_cell

    done = adjudicate_cell(
        study,
        args.respondent,
        args.evaluation_question,
        takes=args.take if args.take != "neither" else None,
        position=args.another,
        basis=args.basis,
        memo=args.memo,
    )
    return done.body()


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
    from fieldkit.study.adjudicating_chart import open_cell_disagreements

    found = open_disagreements(study, unit=args.unit, everything=args.all)
    cells = open_cell_disagreements(study, everything=args.all)
    if args.json:
        print_json([*map(_data, found), *(_cell_data(study, each) for each in cells)])
        return
    if not found and not cells:
        say(t("coders differ nowhere that is not decided"))
    for each in found:
        _print(study, each)
    for cell in cells:
        _print_cell(study, cell)


def _data(each: Disagreement) -> dict[str, Any]:
    return {
        "response": each.heard.response.id,
        "code": each.code,
        "differ_in": each.kind,
        "text": each.heard.response.text,
        "coders": {coder: [coding.body() for coding in codings] for coder, codings in each.given.items()},
        "decided": each.settled and each.settled.body(),
    }


def _cell_data(study: Study, each: CellDisagreement) -> dict[str, Any]:
    return {
        "respondent": (study.row("respondents", each.respondent) or {}).get("code"),
        "evaluation_question": each.evaluation_question,
        "differ_in": "position" if each.positions_differ else "basis",
        "coders": {coder: cell.body() for coder, cell in each.given.items()},
        "decided": each.settled and each.settled.body(),
    }


def _print_cell(study: Study, each: CellDisagreement) -> None:
    code = str((study.row("respondents", each.respondent) or {}).get("code", "?"))
    told = t("{person}, position on {question}:")
    say(told.format(person=visible_line(code), question=each.evaluation_question))
    for coder, cell in each.given.items():
        said = ", ".join(word for word in (cell.position, cell.basis) if word)
        summary = f' "{visible_line(shortened(cell.summary, 120))}"' if cell.summary else ""
        say(f"  {visible_line(coder)}: {said}{summary}")
    if each.settled is not None:
        told = t("  decided: {what}, by {who}")
        what = each.settled.position or t("neither")
        say(told.format(what=what, who=visible_line(each.settled.coder or "?")))


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
