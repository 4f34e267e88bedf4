"""fieldkit import: a roster, an archive, or what an interview saved elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say, warn

if TYPE_CHECKING:
    from fieldkit.exchange.outcome import Imported
    from fieldkit.study.study import Study

KINDS = (".csv", ".tsv", ".xlsx", ".json", ".draft")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a roster (.csv, .tsv, .xlsx), an archive (.json), or what was saved elsewhere (.draft)",
    )
    study_option(parser)
    author_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.errors import UnknownId
    from fieldkit.text import visible_line

    for file in args.files:
        if file.suffix.lower() not in KINDS:
            raise UnknownId("kind of import", visible_line(file.suffix or file.name), KINDS)
    done = []
    with open_study(args, write=True) as study:
        for file in args.files:
            outcome = _take_in(study, file)
            for note in outcome.notes:
                warn(note)
            done.append(
                {
                    "file": str(file),
                    "kind": outcome.kind,
                    "added": outcome.added,
                    "known": outcome.known,
                    "records": outcome.records,
                    "notes": outcome.notes,
                }
            )
            if not args.json:
                say(f"{file}: {_told(outcome)}")
    if args.json:
        print_json(done)
    return 0


def _take_in(study: Study, file: Path) -> Imported:
    from fieldkit.study.errors import AuthorNeeded

    if file.suffix.lower() == ".json":
        from fieldkit.exchange.archive import import_archive as take_in
    elif file.suffix.lower() == ".draft":
        from fieldkit.exchange.draft_file import import_draft as take_in
    else:
        from fieldkit.exchange.roster import import_roster as take_in
    try:
        return take_in(study, file)
    except AuthorNeeded:
        # An archive of revisions has authors of its own; only what it lacks is asked for.
        ensure_author(study)
        return take_in(study, file)


def _told(outcome: Imported) -> str:
    if not outcome.added:
        return "nothing new; all of it was here already"
    kinds = ", ".join(f"{count} {table}" for table, count in outcome.records.items() if count)
    return f"taken in: {kinds}"
