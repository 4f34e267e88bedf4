"""fieldkit check: what is wrong with guides, framework and codebook, each with its line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from fieldkit.cli.options import json_option, study_option
from fieldkit.cli.output import interactive, print_json, say, warn
from fieldkit.cli.secrets import study_keys
from fieldkit.say import t, tn


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="STUDY", help=t("the study's folder"))
    study_option(parser)
    parser.add_argument("--strict", action="store_true", help=t("warnings count as errors"))
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command; 1 where something is wrong."""
    from fieldkit.study.checking import check_study
    from fieldkit.study.locate import GUIDES, find_study
    from fieldkit.study.protection import needs_passphrase
    from fieldkit.study.study import Study

    folder = find_study(args.folder or args.study)
    if needs_passphrase(folder) and args.passphrase_fd is None and not interactive():
        warn(t("encrypted, and no passphrase was given: only the files are checked, not what was recorded"))
        opened = Study(folder, None, None)
    else:
        opened = Study.open(folder, write=False, keys=study_keys(args, folder))
    with opened as study:
        problems = check_study(study)
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = sum(problem.severity == "warning" for problem in problems)
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
        wrong = tn("{n} error", "{n} errors", errors).format(n=errors) if errors else t("no errors")
        doubtful = tn("{n} warning", "{n} warnings", warnings).format(n=warnings)
        say(f"{folder / GUIDES}: {wrong}, {doubtful if warnings else t('no warnings')}")
    for told in _keymap_problems():
        warn(told)
    return 1 if errors or (args.strict and warnings) else 0


def _keymap_problems() -> Sequence[str]:
    """What is wrong with the person's own keys; nothing of the app is imported where there are none."""
    from fieldkit.study.preferences import KEYMAP, config_folder

    if not (config_folder() / KEYMAP).is_file():
        return ()
    from fieldkit.tui.keymap import load_keymap

    return load_keymap(config_folder()).problems
