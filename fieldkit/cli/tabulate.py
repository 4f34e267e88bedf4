"""fieldkit tabulate: tables for people (text), spreadsheets (csv), programs (json) and reports (md)."""

from __future__ import annotations

import argparse
import csv
import sys
from typing import TYPE_CHECKING

from fieldkit.cli.options import json_option, label_language, language_option, open_study, study_option
from fieldkit.cli.output import print_json, print_table, say
from fieldkit.say import t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.findings.table import Table
    from fieldkit.study.study import Study

FORMATS = ("text", "csv", "json", "md")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from fieldkit.findings.grounds import GROUNDS
    from fieldkit.findings.tabulate import WHATS

    study_option(parser)
    parser.add_argument("--what", required=True, choices=(*WHATS, *GROUNDS), help=t("the kind of table"))
    parser.add_argument(
        "--by",
        action="append",
        metavar="ATTR",
        help=t(
            "group (unless given), reporting_group, place, level, language, status or attributes.NAME; "
            "given twice, each pair of values is a group"
        ),
    )
    parser.add_argument("--question", metavar="Q", help=t("keep to this evaluation question, such as 1.4"))
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help=t("text (unless given), csv, json or md")
    )
    language_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.labels import Labels

    with open_study(args) as study:
        language = label_language(args, study)
        marking = Labels(study, language).marking
        practice = study.practice
        tables = _tables(args, study, language)
    if args.json or args.format == "json":
        print_json(
            {"marking": marking, "practice": practice, "tables": [table.to_json() for table in tables]}
        )
    elif args.format == "csv":
        _print_csv(tables, marking)
    elif args.format == "md":
        _print_markdown(tables, marking)
    else:
        say(marking)
        if not tables:
            say(t("There is nothing of this kind to count yet."))
        for table in tables:
            print_findings(table)
    return 0


def _tables(args: argparse.Namespace, study: Study, language: str) -> list[Table]:
    from fieldkit.findings.errors import FindingsError
    from fieldkit.findings.grounds import GROUNDS, ground_tables
    from fieldkit.findings.grouping import CROSS
    from fieldkit.findings.tabulate import tabulate
    from fieldkit.study.evidence import evidence
    from fieldkit.study.findings import stated_rows

    if args.what not in GROUNDS:
        by = CROSS.join(args.by or ["group"])
        return tabulate(evidence(study), args.what, by=by, question=args.question, language=language)
    if args.by:
        raise FindingsError(
            t("--by changes nothing in tables of {what}: leave it out").format(what=args.what)
        )
    if args.what == "profile" and args.question is not None:
        raise FindingsError(t("the profile tells of all persons: leave --question out"))
    stated = stated_rows(study.records("findings"))
    return ground_tables(evidence(study), args.what, stated, question=args.question, language=language)


def print_findings(table: Table) -> None:
    """Print a table with its title, denominator and notes, as text."""
    heading, *rows = table.grid()
    say()
    say(visible_line(table.title))
    say(visible_line(table.denominator))
    print_table(heading, rows)
    for note in table.notes:
        say(visible_line(note))


def _print_csv(tables: list[Table], marking: str) -> None:
    from fieldkit.exchange.cells import csv_cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    for number, table in enumerate(tables):
        heading, *rows = table.to_rows()
        if number == 0:
            writer.writerow(["marking", *heading])
        for row in rows:
            writer.writerow([csv_cell(cell) for cell in (marking, *row)])


def _print_markdown(tables: list[Table], marking: str) -> None:
    from fieldkit.exchange.markdown import plain, table_lines

    say(f"**{plain(marking)}**")
    for table in tables:
        say()
        say("\n\n".join(table_lines(table)))
