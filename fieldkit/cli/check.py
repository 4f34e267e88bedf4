"""fieldkit check: what is wrong with guides, framework and codebook, each with its line."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.options import json_option, study_option
from fieldkit.cli.output import print_json, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="STUDY", help="the study's folder")
    study_option(parser)
    parser.add_argument("--strict", action="store_true", help="warnings count as errors")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command; 1 where something is wrong."""
    from fieldkit.protocol.check import check_protocol
    from fieldkit.protocol.library import load_protocol
    from fieldkit.study.locate import GUIDES, find_study

    folder = find_study(args.folder or args.study)
    problems = check_protocol(load_protocol(folder / GUIDES))
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if args.json:
        print_json(
            [
                {"file": each.file, "line": each.line, "severity": each.severity, "message": each.message}
                for each in problems
            ]
        )
    else:
        for problem in problems:
            say(str(problem))
        say(f"{folder / GUIDES}: {_count(errors, 'error')}, {_count(warnings, 'warning')}")
    return 1 if errors or (args.strict and warnings) else 0


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
