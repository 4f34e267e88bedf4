"""fieldkit import: a roster, an archive, another program's project, or what was saved elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import interactive, print_json, say, warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldkit.exchange.outcome import Imported
    from fieldkit.study.study import Study

KINDS = (".csv", ".tsv", ".xlsx", ".json", ".draft", ".qdpx", ".qdc", ".yaml", ".yml")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a roster (.csv, .tsv, .xlsx), an archive (.json), another program's project or codebook "
        "(.qdpx, .qdc, .yaml), or what was saved elsewhere (.draft)",
    )
    study_option(parser)
    author_option(parser)
    parser.add_argument(
        "--accept-purges",
        action="store_true",
        help="let purges that come with an archive erase what is here; else you are asked",
    )
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
            outcome = _take_in(args, study, file)
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


def _take_in(args: argparse.Namespace, study: Study, file: Path) -> Imported:
    from fieldkit.study.errors import AuthorNeeded

    if file.suffix.lower() == ".json":
        take_in = _archive_taker(args)
    elif file.suffix.lower() == ".draft":
        from fieldkit.exchange.draft_file import import_draft as take_in
    elif file.suffix.lower() == ".qdpx":
        from fieldkit.exchange.qdpx_in import import_qdpx as take_in
    elif file.suffix.lower() == ".qdc":
        from fieldkit.exchange.qdc_in import import_qdc as take_in
    elif file.suffix.lower() in (".yaml", ".yml"):
        from fieldkit.exchange.codebook_in import import_codebook as take_in
    else:
        from fieldkit.exchange.roster import import_roster as take_in
    try:
        return take_in(study, file)
    except AuthorNeeded:
        # An archive of revisions has authors of its own; only what it lacks is asked for.
        ensure_author(study)
        return take_in(study, file)


def _archive_taker(args: argparse.Namespace) -> Callable[[Study, Path], Imported]:
    """What takes in an archive; where purges in it would erase anything, only once that is accepted."""
    from fieldkit.exchange.archive import import_archive
    from fieldkit.exchange.purges_in import PurgesCarried

    def take_in(study: Study, file: Path) -> Imported:
        try:
            return import_archive(study, file, accept_purges=args.accept_purges)
        except PurgesCarried as carried:
            if not interactive():
                raise
            _confirm(carried.told)
            return import_archive(study, file, accept_purges=True)

    return take_in


def _confirm(told: str) -> None:
    from fieldkit.cli.ask import ask_text
    from fieldkit.study.errors import StudyError

    if ask_text(f"{told}. Type the word purge to go on:") != "purge":
        raise StudyError("nothing was taken in")


def _told(outcome: Imported) -> str:
    if not outcome.added:
        return "nothing new; all of it was here already"
    kinds = ", ".join(f"{count} {table}" for table, count in outcome.records.items() if count)
    return f"taken in: {kinds}"
