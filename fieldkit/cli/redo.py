"""fieldkit redo: do again what your last undo took back, unless you have changed anything since."""

from __future__ import annotations

import argparse

from fieldkit.cli.log import told
from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.cli.undo import coding_option, tables_of
from fieldkit.say import t
from fieldkit.text import visible_line


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    coding_option(parser)
    study_option(parser)
    author_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.history import entries_of
    from fieldkit.study.undoing import redo

    with open_study(args, write=True) as study:
        ensure_author(study)
        commit = redo(study, tables=tables_of(args))
        restored = [visible_line(told(entry)) for entry in entries_of(study, commit)]
    if args.json:
        print_json({"change": commit.change, "revisions": [revision.id for revision in commit.revisions]})
    else:
        for line in restored:
            say(t("done again: {what}").format(what=line))
    return 0
