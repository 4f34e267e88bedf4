"""fieldkit verify: read all of the store, change nothing, and say what is wrong with it."""

from __future__ import annotations

import argparse

from fieldkit.cli.options import json_option, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.cli.secrets import study_keys


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command; 1 where something is wrong."""
    from fieldkit.storage.opening import has_store
    from fieldkit.storage.store import Store
    from fieldkit.study.errors import NoStudy
    from fieldkit.study.locate import STORE, find_study

    study = find_study(args.study)
    folder = study / STORE
    if not has_store(folder):
        raise NoStudy(f"{folder}: there is no store to verify; nothing was recorded in this study yet")
    found = Store.verify_folder(folder, study_keys(args, study))
    if args.json:
        print_json({"ok": found.ok, "revisions": found.revisions, "problems": list(found.problems)})
    else:
        for problem in found.problems:
            say(problem)
        outcome = "all is well" if found.ok else "something is wrong"
        say(f"{folder}: {found.revisions} revisions read, {outcome}")
    return 0 if found.ok else 1
