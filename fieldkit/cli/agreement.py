"""fieldkit agreement: how far coders agree, before anything was adjudicated."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fieldkit.cli.options import json_option, label_language, language_option, open_study, study_option
from fieldkit.cli.output import print_json, print_table, say
from fieldkit.say import t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.findings.agreement_table import AgreementTable


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from fieldkit.findings.agreement_units import UNITS

    study_option(parser)
    parser.add_argument(
        "--coders",
        type=_coders,
        metavar="A,B",
        help=t("coders to compare, two or more; else all"),
    )
    parser.add_argument(
        "--unit",
        choices=(*UNITS, "position"),
        default="response",
        help=t("what is compared: response (unless given), passage by its characters, or charted position"),
    )
    language_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.labels import Labels
    from fieldkit.findings.agreement import agreement_tables
    from fieldkit.findings.agreement_positions import position_agreement
    from fieldkit.study.evidence import evidence

    with open_study(args) as study:
        language = label_language(args, study)
        marking = Labels(study, language).marking
        practice = study.practice
        if args.unit == "position":
            tables = position_agreement(evidence(study), coders=args.coders, language=language)
        else:
            tables = agreement_tables(evidence(study), unit=args.unit, coders=args.coders, language=language)
    if args.json:
        print_json(
            {"marking": marking, "practice": practice, "tables": [table.to_json() for table in tables]}
        )
        return 0
    say(marking)
    for table in tables:
        _print(table)
    return 0


def _print(table: AgreementTable) -> None:
    heading, *rows = table.grid()
    say()
    say(visible_line(table.title))
    say(visible_line(table.denominator))
    print_table(heading, rows, whole=True)
    for note in table.notes:
        say(visible_line(note))


def _coders(text: str) -> list[str]:
    """Initials, as the option has them."""
    coders = list(dict.fromkeys(name for each in text.split(",") if (name := each.strip())))
    if len(coders) < 2:
        raise argparse.ArgumentTypeError(t("name two coders or more, such as A,B"))
    return coders
