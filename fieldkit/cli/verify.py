"""fieldkit verify: read all of the store, or a report, change nothing, and say what is wrong with it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.options import json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.cli.secrets import read_secret, study_keys
from fieldkit.say import t

if TYPE_CHECKING:
    from fieldkit.storage.verification import Verification


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=t(
            "a backup, or a report (.xlsx, .docx, .html), of which the numbers are computed "
            "again; else the study's store"
        ),
    )
    study_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command; 1 where something is wrong."""
    from fieldkit.exchange.report_check import is_report

    if args.file is None:
        return _verify_study(args)
    return _verify_report(args) if is_report(args.file) else _verify_backup(args)


def _verify_report(args: argparse.Namespace) -> int:
    from fieldkit.exchange.report_check import check_report

    with open_study(args, write=False) as study:
        checked = check_report(study, args.file)
    if args.json:
        print_json(
            {
                "ok": checked.ok,
                "figures": checked.figures,
                "problems": list(checked.problems),
                "tables_missing": checked.missing,
                "made_at": checked.made_at,
            }
        )
        return 0 if checked.ok else 1
    for problem in checked.problems:
        say(problem)
    if checked.missing:
        say(
            t("tables taken out of the report, or altered in size, so not looked at: {missing}").format(
                missing=checked.missing
            )
        )
    told = (
        t("{file}: {figures} numbers of {made_at} computed again, all hold")
        if checked.ok
        else t("{file}: {figures} numbers of {made_at} computed again, {n} no longer hold")
    )
    n = len(checked.problems)
    say(told.format(file=args.file, figures=checked.figures, made_at=checked.made_at, n=n))
    return 0 if checked.ok else 1


def _verify_study(args: argparse.Namespace) -> int:
    from fieldkit.storage.opening import has_store
    from fieldkit.storage.store import Store
    from fieldkit.study.errors import NoStudy
    from fieldkit.study.locate import STORE, find_study

    study = find_study(args.study)
    folder = study / STORE
    if not has_store(folder):
        raise NoStudy(
            t("{folder}: there is no store to verify; nothing was recorded in this study yet").format(
                folder=folder
            )
        )
    return _tell(args, folder, Store.verify_folder(folder, study_keys(args, study)))


def _verify_backup(args: argparse.Namespace) -> int:
    from fieldkit.study.restoring import backup_keys, verify_backup

    secret = None if args.passphrase_fd is None else read_secret(args.passphrase_fd)
    manifest, found = verify_backup(args.file, None if secret is None else backup_keys(args.file, secret))
    if found is not None:
        return _tell(args, args.file, found)
    if args.json:
        print_json({"ok": True, "revisions": None, "problems": [], "made_at": manifest.made_at})
    else:
        say(
            t("{file}: all is as it was written; encrypted, so its records were not looked at").format(
                file=args.file
            )
        )
        say(t("--passphrase-fd N lets them be looked at too"))
    return 0


def _tell(args: argparse.Namespace, path: Path, found: Verification) -> int:
    if args.json:
        print_json({"ok": found.ok, "revisions": found.revisions, "problems": list(found.problems)})
    else:
        for problem in found.problems:
            say(problem)
        told = (
            t("{path}: {n} revisions read, all is well")
            if found.ok
            else t("{path}: {n} revisions read, something is wrong")
        )
        say(told.format(path=path, n=found.revisions))
    return 0 if found.ok else 1
