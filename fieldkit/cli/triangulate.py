"""fieldkit triangulate: which methods and groups agree, what is missing, and how far groups differ."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import json_option, label_language, language_option, open_study, study_option
from fieldkit.cli.output import print_json, print_table, say
from fieldkit.say import mark, t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.findings.standpoints import Source, Standpoints
    from fieldkit.records.findings import Finding

_VERDICTS = {
    "agrees": mark("agrees"),
    "partly": mark("partly"),
    "contradicts": mark("contradicts"),
    "silent": mark("silent"),
}
_LACKS = {
    "not interviewed": mark("nobody of them was interviewed"),
    "not answered": mark("nobody of them answered"),
    "no document": mark("no document speaks to it"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    parser.add_argument("--question", metavar="Q", help=t("keep to this evaluation question"))
    language_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.labels import Labels
    from fieldkit.findings.triangulate import triangulation
    from fieldkit.study.evidence import evidence
    from fieldkit.study.findings import statement_of, view_findings

    with open_study(args) as study:
        language = label_language(args, study)
        marking = Labels(study, language).marking
        gathered = evidence(study)
        findings = {each.finding.id: each.finding for each in view_findings(study, args.question)}
    grid = triangulation(gathered, {name: statement_of(each) for name, each in findings.items()})
    if args.json:
        print_json({"marking": marking, **_data(gathered, findings, grid, args.question, language)})
        return 0
    say(marking)
    _tell_grid(findings, grid, language)
    _tell_matrix(gathered, args.question)
    _tell_gaps(gathered, args.question)
    _tell_divergence(gathered, args.question)
    return 0


def _data(
    evidence: Evidence,
    findings: dict[str, Finding],
    grid: dict[str, Standpoints],
    question: str | None,
    language: str,
) -> dict[str, Any]:
    """All figures as JSON data, each with the id by which `fieldkit trace` finds it."""
    from fieldkit.findings.divergence import divergences
    from fieldkit.findings.table import trace_id
    from fieldkit.findings.triangulate import evidence_matrix, gaps
    from fieldkit.findings.triangulation_tables import column_id, pair_id

    groups = {group.id for group in evidence.framework.respondent_groups}

    def traced(what: str, row: str, source: str) -> str:
        return trace_id(what, None, row, column_id(source, documents=source not in groups))

    return {
        "findings": [
            {
                "finding": name,
                "question": findings[name].evaluation_question,
                "statement": findings[name].statement,
                "methods": [
                    _source(name, points.interviews, language),
                    *(_source(name, each, language, documents=True) for each in points.methods),
                ],
                "groups": [_source(name, each, language) for each in points.groups],
            }
            for name, points in grid.items()
        ],
        "matrix": [
            {
                "question": leaf,
                "indicator": indicator or None,
                "sources": {
                    source: {
                        "persons": list(cell.persons),
                        "documents": list(cell.documents),
                        "trace": traced("evidence", indicator or leaf, source),
                    }
                    for source, cell in cells.items()
                },
            }
            for (leaf, indicator), cells in evidence_matrix(evidence, question).items()
        ],
        "gaps": [
            {**each.__dict__, "trace": traced("gaps", each.question, each.source)}
            for each in gaps(evidence)
            if question in (None, each.question)
        ],
        "divergence": [
            {
                "question": each.question,
                "groups": list(each.groups),
                "n": list(each.n),
                "distance": float(each.distance),
                "exact": str(each.distance),
                "trace": trace_id("divergence", None, each.question, pair_id(each.groups)),
            }
            for each in divergences(evidence, question)
        ],
    }


def _source(finding: str, source: Source, language: str, *, documents: bool = False) -> dict[str, Any]:
    from fieldkit.findings.table import trace_id
    from fieldkit.findings.triangulate import source_json
    from fieldkit.findings.triangulation_tables import column_id

    place = finding, column_id(source.id, documents=documents)
    return {**source_json(source, language), "trace": trace_id("triangulation", None, *place)}


def _tell_grid(findings: dict[str, Finding], grid: dict[str, Standpoints], language: str) -> None:
    if not grid:
        say(t("no findings yet: `fieldkit findings --add` states one"))
        return
    first = next(iter(grid.values()))
    heading = [t("Finding"), first.interviews.name.get(language)]
    heading += [f"· {group.id}" for group in first.groups]
    heading += [method.name.get(language) for method in first.methods]
    rows = []
    for name, points in grid.items():
        label = f"{findings[name].evaluation_question} {findings[name].statement}"
        sources = (points.interviews, *points.groups, *points.methods)
        rows.append([label, *(_verdict(source) for source in sources)])
    print_table(heading, rows, numbers=False)


def _verdict(source: Source) -> str:
    said = t(_VERDICTS[source.verdict])
    return said if source.verdict == "silent" else f"{said} {source.agree}/{source.answering}"


def _tell_matrix(evidence: Evidence, question: str | None) -> None:
    from fieldkit.findings.triangulate import evidence_matrix

    found = evidence_matrix(evidence, question)
    say(t("Evidence on each indicator, in persons who answered and documents that speak to its question"))
    sources = list(next(iter(found.values()), {}))
    rows = [
        [indicator or leaf, *(str(cell.count or "") for cell in cells.values())]
        for (leaf, indicator), cells in found.items()
    ]
    print_table([t("Indicator"), *sources], rows)


def _tell_gaps(evidence: Evidence, question: str | None) -> None:
    from fieldkit.findings.triangulate import gaps

    found = [each for each in gaps(evidence) if question in (None, each.question)]
    say(t("Wanted by the matrix, and not there") if found else t("Every source that the matrix wants speaks"))
    for gap in found:
        say(visible_line(f"  {gap.question}  {gap.source}: {t(_LACKS[gap.lack])}"))


def _tell_divergence(evidence: Evidence, question: str | None) -> None:
    from fieldkit.findings.divergence import divergences

    found = divergences(evidence, question)
    if not found:
        say(t("Nothing to compare yet: no two groups take a side on the same proposition"))
        return
    say(
        t(
            "How far groups differ: total variation distance of their stances, "
            "0 for the same, 1 for nothing in common"
        )
    )
    rows = [[each.question, *each.groups, f"{each.n[0]}, {each.n[1]}", str(each.distance)] for each in found]
    print_table([t("Question"), t("Group"), t("Group"), "n", t("Distance")], rows)
