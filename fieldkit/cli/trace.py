"""fieldkit trace: from a figure back to the persons and words that it rests on."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fieldkit.cli.options import json_option, label_language, language_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t, tn
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.findings.agreement_trace import AgreementTrace, ComparedText
    from fieldkit.findings.traced import Trace, TracedResponse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    parser.add_argument(
        "cell",
        metavar="CELL",
        help=t(
            "what/evaluation question/row/column, such as evidence/all/1.1/CIC: the `trace` that tabulate, "
            "saturation, triangulate and agreement print with --json, and reports have"
        ),
    )
    language_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.labels import Labels
    from fieldkit.findings.agreement_trace import AGREEMENT, AgreementTrace, trace_agreement
    from fieldkit.findings.trace import trace
    from fieldkit.study.evidence import evidence
    from fieldkit.study.findings import stated_rows

    with open_study(args) as study:
        language = label_language(args, study)
        marking = Labels(study, language).marking
        found: AgreementTrace | Trace
        if args.cell.partition("/")[0] == AGREEMENT:
            found = trace_agreement(evidence(study), args.cell, language)
        else:
            stated = stated_rows(study.records("findings"))
            found = trace(evidence(study), args.cell, language, stated)
    if args.json:
        print_json({"marking": marking, **found.to_json()})
        return 0
    say(marking)
    if isinstance(found, AgreementTrace):
        _print_agreement(found, language)
    else:
        _print(found)
    return 0


def _print(found: Trace) -> None:
    cell = found.cell
    figure = cell.text if cell.n is None else t("{figure} of {n}").format(figure=cell.text, n=cell.n)
    say()
    say(visible_line(found.table.title))
    say(visible_line(f"{found.row} / {found.column}: {figure}"))
    say(visible_line(found.table.denominator))
    for code in cell.persons:
        say()
        say(visible_line(code))
        told = found.of_person(code)
        for response in told:
            _print_response(response)
        if not told:
            say(f"  {_why_no_response(found)}")
    rest = found.of_person(None)
    if rest:
        say()
        say(t("of no person in particular"))
        for response in rest:
            _print_response(response)


def _why_no_response(found: Trace) -> str:
    """What stands in the place of a person's responses."""
    of_chart = found.table.what in ("positions", "triangulation", "divergence")
    if of_chart or found.cell.trace.endswith(":charted"):
        return t("no response: only the chart says so")
    return t("no response of this person stands behind it")


def _print_response(response: TracedResponse) -> None:
    said = t(response.disposition) if response.disposition else None
    told = " · ".join(part for part in (response.item, said, response.value) if part)
    say(visible_line(f"  {told}  [{response.id}]"))
    for words in response.words:
        who = f"{words.person}: " if words.person else ""
        kind = f" ({t(words.kind)})" if words.kind else ""
        codes = f" [{', '.join(words.codes)}]" if words.codes else ""
        say(visible_line(f"    {who}{words.text}{kind}{codes}"))


def _print_agreement(found: AgreementTrace, language: str) -> None:
    from fieldkit.findings.words import say as say_finding

    figure = found.figure
    measure = say_finding(language, f"measure {figure.measure}")
    coders = ", ".join(found.line.coders)
    say()
    say(visible_line(found.table.title))
    about = f"{found.line.label} / {measure}" if found.line.label == coders else None
    say(visible_line(f"{about or f'{found.line.label} / {coders} / {measure}'}: {figure.text(language)}"))
    say(visible_line(f"{found.table.denominator}: {found.line.units}"))
    for each in found.texts:
        if each.decided:
            _print_compared(each)
    if silent := sum(not each.decided for each in found.texts):
        told = tn(
            "{n} more, in which nobody gave it: that is agreement too (--json names it)",
            "{n} more, in which nobody gave it: that is agreement too (--json names them)",
            silent,
        )
        say()
        say(told.format(n=silent))


def _print_compared(text: ComparedText) -> None:
    say()
    say(visible_line(f"{' + '.join(text.persons)} · {text.item}  [{text.id}]"))
    for line in text.words.split("\n"):
        say(visible_line(f"  {line}"))
    for each in text.decided:
        for coder, given in each.given.items():
            told = " | ".join(given) or t("not given")
            say(visible_line(f"    {each.on}  {coder}: {told}"))
