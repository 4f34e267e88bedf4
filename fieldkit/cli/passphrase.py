"""fieldkit passphrase: who can read a study."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.options import json_option, study_option
from fieldkit.cli.output import interactive, print_json, say, warn
from fieldkit.cli.secrets import read_secret, study_keys, tell_recovery_code
from fieldkit.say import t


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", action="store_true", help=t("encrypt a study that is not"))
    what.add_argument(
        "--recovery",
        action="store_true",
        help=t("make a new recovery code; the one before opens nothing any more"),
    )
    parser.add_argument(
        "--new-passphrase-fd",
        type=int,
        metavar="N",
        help=t("read the new passphrase here; else you are asked"),
    )
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.locate import find_study

    folder = find_study(args.study)
    code = _add(args, folder) if args.add else _change(args, folder)
    if args.json:
        print_json({"study": str(folder), "recovery_code": code})
    elif code is not None:
        tell_recovery_code(code)
    return 0


def _add(args: argparse.Namespace, folder: Path) -> str:
    from fieldkit.study.errors import StudyError
    from fieldkit.study.protection import needs_passphrase, protect
    from fieldkit.study.study import Study

    if needs_passphrase(folder):
        raise StudyError(
            t("{folder}: is encrypted already; `fieldkit passphrase` changes what opens it").format(
                folder=folder
            )
        )
    if args.new_passphrase_fd is None:
        args.new_passphrase_fd = args.passphrase_fd
    passphrase = _new_passphrase(args)
    with Study.open(folder) as study:
        for notice in study.notices:
            warn(notice)
        told = len(study.notices)
        code = protect(study, passphrase)
        for notice in study.notices[told:]:
            warn(notice)
    if not args.json:
        say(t("{folder}: encrypted; what backups and copies elsewhere hold is not").format(folder=folder))
    return code


def _change(args: argparse.Namespace, folder: Path) -> str | None:
    from fieldkit.study.errors import StudyError
    from fieldkit.study.protection import change_passphrase, renew_recovery_code

    keys = study_keys(args, folder)
    if keys is None:
        raise StudyError(
            t("{folder}: is not encrypted; `fieldkit passphrase --add` does that").format(folder=folder)
        )
    if args.recovery:
        return renew_recovery_code(folder, keys)
    change_passphrase(folder, keys, _new_passphrase(args))
    if not args.json:
        say(
            t(
                "{folder}: opens with the new passphrase now; backups made before open with the old one"
            ).format(folder=folder)
        )
    return None


def _new_passphrase(args: argparse.Namespace) -> str:
    from fieldkit.study.errors import StudyError

    if args.new_passphrase_fd is not None:
        return read_secret(args.new_passphrase_fd, "--new-passphrase-fd")
    if not interactive():
        raise StudyError(t("give the new passphrase with --new-passphrase-fd N"))
    from fieldkit.cli.ask import ask_new_passphrase, ask_protection

    return ask_new_passphrase() if not args.add else ask_protection() or ask_new_passphrase()
