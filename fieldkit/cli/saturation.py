"""fieldkit saturation: whether the last interviews still brought anything new."""

from __future__ import annotations

import argparse
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import json_option, label_language, language_option, open_study, study_option
from fieldkit.cli.output import print_json, print_table, say
from fieldkit.say import t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.findings.saturation import Saturation

_BARS = " ▁▂▃▄▅▆▇█"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from fieldkit.findings.saturation import BASE, RUN, THRESHOLD

    study_option(parser)
    parser.add_argument(
        "--question", metavar="Q", help=t("keep to this evaluation question; else all, a line each")
    )
    parser.add_argument("--group", metavar="GROUP", help=t("keep to this respondent group"))
    parser.add_argument(
        "--base",
        type=int,
        default=BASE,
        metavar="N",
        help=t("interviews of the base ({n} unless given)").format(n=BASE),
    )
    parser.add_argument(
        "--run",
        type=int,
        default=RUN,
        metavar="N",
        help=t("interviews of a run ({n} unless given)").format(n=RUN),
    )
    parser.add_argument(
        "--threshold",
        type=_percent,
        default=THRESHOLD,
        metavar="PERCENT",
        help=t("how much of the base a run may bring anew ({n} unless given)").format(n=int(THRESHOLD * 100)),
    )
    language_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.labels import Labels
    from fieldkit.findings.saturation import BASE, RUN, SHOWN_FROM, THRESHOLD, saturation
    from fieldkit.study.evidence import evidence

    with open_study(args) as study:
        marking = Labels(study, label_language(args, study)).marking
        gathered = evidence(study)
        every = [None, *(each.id for each in study.framework.evaluation_questions)]
        wanted = every if args.question is None else [args.question]
        found = [
            saturation(
                gathered,
                question=question,
                group=args.group,
                base=args.base,
                run=args.run,
                threshold=args.threshold,
            )
            for question in wanted
        ]
    if args.json:
        usual = (args.base, args.run, args.threshold) == (BASE, RUN, THRESHOLD)
        print_json({"marking": marking, "series": [_data(gathered, each, usual=usual) for each in found]})
        return 0
    say(marking)
    heading = [
        t("Question"),
        t("Interviews"),
        t("Codes"),
        t("New codes, in order"),
        t("Last run"),
        t("Reached"),
    ]
    print_table(heading, [_row(each) for each in found])
    told = t(
        "New codes of a run of {run} interviews against those of the first {base} "
        "(Guest, Namey and Chen 2020); reached where they are {share} % or less. "
        "Of fewer than {least} interviews nothing is said."
    )
    share = f"{float(args.threshold * 100):g}"
    say(told.format(run=args.run, base=args.base, share=share, least=SHOWN_FROM))
    return 0


def _data(evidence: Evidence, found: Saturation, *, usual: bool) -> dict[str, Any]:
    """A series as JSON data, with the ids by which `fieldkit trace` finds its figures."""
    from fieldkit.findings.saturation_tables import LAST_RUN, series_ids

    data, ids = found.to_json(), series_ids(evidence, found, usual=usual)
    of_run = {name: ids.pop(name) for name in LAST_RUN if name in ids}
    if of_run:
        data["runs"][-1]["trace"] = of_run
    return {**data, "trace": ids} if ids else data


def _row(found: Saturation) -> list[str]:
    name = visible_line(found.question or t("all"))
    held = str(len(found.interviews))
    if not found.shown:
        return [name, held, "", "", "", ""]
    most = max(found.new) or 1
    bars = "".join(_BARS[-(-new * (len(_BARS) - 1) // most)] for new in found.new)
    last = found.runs[-1].share if found.runs else None
    share = t("undefined") if last is None else f"{float(last * 100):.0f} %"
    reached = t("after {n}").format(n=found.reached) if found.reached else t("not reached")
    return [name, held, str(found.curve[-1]), bars, share, reached]


def _percent(text: str) -> Fraction:
    try:
        return Fraction(text.removesuffix("%").strip()) / 100
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(t("a percentage, such as 5")) from None
