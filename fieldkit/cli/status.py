"""fieldkit status: how far the fieldwork has got."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from fieldkit.cli.options import json_option, label_language, language_option, open_study, study_option
from fieldkit.cli.output import print_json, print_table, say
from fieldkit.records.vocabulary import INTERVIEW_STATES
from fieldkit.say import t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.findings.coverage import CoverageCell
    from fieldkit.findings.table import Table
    from fieldkit.study.study import Study

_SHOWN: Final = 3
"""Most officials that are named as those to see next; JSON has all."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    language_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.labels import Labels
    from fieldkit.findings.coverage import coverage
    from fieldkit.findings.next_official import next_officials
    from fieldkit.findings.tabulate import tabulate
    from fieldkit.study.anchoring import waiting_codings
    from fieldkit.study.desk import work_done
    from fieldkit.study.evidence import evidence
    from fieldkit.study.local import last_backup

    with open_study(args) as study:
        language = label_language(args, study)
        title, marking = study.title(language), Labels(study, language).marking
        uncoded = work_done(study).uncoded
        waiting = len(waiting_codings(study))
        groups = _interviews(study)
        gathered = evidence(study)
        tables = tabulate(gathered, "coverage", language=language)
        cells = coverage(gathered)
        officials = next_officials(gathered, cells)
        targets = _targets(study, cells)
        folder, practice, backup = str(study.folder), study.practice, last_backup(study.folder)
    if args.json:
        print_json(
            {
                "study": folder,
                "title": title,
                "marking": marking,
                "practice": practice,
                "last_backup": backup,
                "interviews": groups,
                "targets": targets,
                "see_next": [asdict(official) for official in officials],
                "uncoded_responses": uncoded,
                "waiting_codings": waiting,
                "tables": [table.to_json() for table in tables],
            }
        )
        return 0
    for line in (title, marking, folder):
        say(line)
    counted = ("respondents", *INTERVIEW_STATES)
    lines = [
        [group, *(str(counts[name]) for name in counted), _reached(targets.get(group))]
        for group, counts in groups.items()
    ]
    print_table([t("group"), t("respondents"), *map(t, INTERVIEW_STATES), t("interviewed")], lines)
    if officials:
        say(t("see next:"))
    for official in officials[:_SHOWN]:
        told = t("  {code} fills {questions}")
        say(told.format(code=official.code, questions=", ".join(official.fills)))
    say(t("responses with words, not coded yet: {n}").format(n=uncoded))
    if waiting:
        say(t("codings that wait for a decision: {n} (`fieldkit codings`)").format(n=waiting))
    made = t("last backup from this laptop: {day}") if backup else t("last backup from this laptop: none")
    say(made.format(day=backup))
    _print_coverage(tables, language)
    return 0


def _targets(study: Study, cells: Mapping[tuple[str, str], CoverageCell]) -> dict[str, dict[str, int]]:
    """By respondent group: persons interviewed, and how many interviews are planned in all."""
    interviewed = {group: cell.interviewed for (_, group), cell in cells.items()}
    return {
        group.id: {"interviewed": interviewed.get(group.id, 0), "target": group.planned}
        for group in study.framework.respondent_groups
    }


def _reached(target: dict[str, int] | None) -> str:
    if target is None:
        return ""
    interviewed = str(target["interviewed"])
    if not target["target"]:
        return interviewed
    return t("{n} of {all}").format(n=interviewed, all=target["target"])


def _print_coverage(tables: list[Table], language: str) -> None:
    """One table out of those of coverage: persons who answered, of those asked."""
    from fieldkit.findings import words

    cells = {key: cell for table in tables for key, cell in table.cells.items()}
    groups = tables[0].columns
    lines = []
    for row in tables[0].rows:
        line = [row.label]
        for group in groups:
            name = group.id.split(":")[0]
            answered, asked = (cells[row.id, f"{name}:{measure}"].value for measure in ("answered", "asked"))
            line.append(f"{answered or 0}/{asked or 0}  {cells[row.id, group.id].text}")
        lines.append(line)
    say()
    say(
        t(
            "Persons who answered / were asked, and whether the matrix has them asked\n"
            "(X yes, x if involved, - no):"
        )
    )
    print_table(["", *(group.label for group in groups)], lines)
    # Nothing here stands as a dash, so what the dash means need not be said.
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    for note in notes:
        if note != words.say(language, "note dash"):
            say(visible_line(note))


def _interviews(study: Study) -> dict[str, dict[str, int]]:
    """By respondent group (that of the first respondent): people, and interviews by state."""
    names = ("respondents", *INTERVIEW_STATES)
    groups = {group.id: dict.fromkeys(names, 0) for group in study.framework.respondent_groups}
    for body in study.rows("respondents").values():
        groups.setdefault(body["group"], dict.fromkeys(names, 0))["respondents"] += 1
    for body in study.rows("interviews").values():
        person = study.row("respondents", body["respondents"][0])
        if person is not None:
            groups[person["group"]][body["state"]] += 1
    return groups
