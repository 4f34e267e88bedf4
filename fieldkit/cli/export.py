"""fieldkit export: a file by its extension: for people, for other programs, or for keeps."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.options import json_option, label_language, language_option, open_study, study_option
from fieldkit.cli.output import print_json, say

if TYPE_CHECKING:
    from fieldkit.study.study import Study

KINDS = (".xlsx", ".csv", ".json", ".docx", ".qdpx", ".qdc")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="ending in .xlsx, .csv, .json, .qdpx or .qdc; or .docx, the record of one interview",
    )
    parser.add_argument(
        "--interview",
        metavar="ID",
        help="of a .docx: the interview whose record it is, for the official to validate",
    )
    study_option(parser)
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
    parser.add_argument(
        "--with-contacts", action="store_true", help="include names and addresses (in the .json archive only)"
    )
    language_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.errors import ExchangeError
    from fieldkit.study.errors import UnknownId
    from fieldkit.text import visible_line

    for file in args.files:
        if file.suffix.lower() not in KINDS:
            raise UnknownId("kind of export", visible_line(file.suffix or file.name), KINDS)
        if args.with_contacts and file.suffix.lower() != ".json":
            raise ExchangeError(
                f"{file}: contacts leave in the .json archive only; leave out --with-contacts"
            )
        if (args.interview is not None) != (file.suffix.lower() == ".docx"):
            raise ExchangeError(
                f"{file}: the record of one interview is a .docx file: say which with --interview, alone"
            )
    done = []
    with open_study(args) as study:
        for file in args.files:
            count = _write(study, file, args)
            done.append({"file": str(file), "entries": count})
            if not args.json:
                say(f"{file}: {_told(file, count, args.with_contacts)}")
    if args.json:
        print_json(done)
    return 0


def _write(study: Study, file: Path, args: argparse.Namespace) -> int:
    kind = file.suffix.lower()
    if kind == ".json":
        from fieldkit.exchange.archive import write_archive

        return write_archive(study, file, with_contacts=args.with_contacts, force=args.force)
    if kind == ".docx":
        from fieldkit.exchange.interview_record import write_interview_record

        return write_interview_record(study, file, args.interview, force=args.force)
    language = label_language(args, study)
    if kind == ".csv":
        from fieldkit.exchange.csv import write_csv

        return write_csv(study, file, language=language, force=args.force)
    if kind == ".qdpx":
        from fieldkit.exchange.qdpx import write_qdpx

        return write_qdpx(study, file, language=language, force=args.force)
    if kind == ".qdc":
        from fieldkit.exchange.qdc import write_qdc

        return write_qdc(study, file, language=language, force=args.force)
    from fieldkit.exchange.xlsx import write_xlsx

    return write_xlsx(study, file, language=language, force=args.force)


def _told(file: Path, count: int, with_contacts: bool) -> str:
    if file.suffix.lower() == ".json":
        contacts = "with contacts: names and addresses are in it" if with_contacts else "without contacts"
        return f"{count} revisions, {contacts}; internal"
    if file.suffix.lower() == ".qdpx":
        return f"a project without contacts, codings in it: {count}; internal: complete, and marked so"
    if file.suffix.lower() == ".docx":
        return f"the record of one interview, answers in it: {count}; without notes, codes and contacts"
    if file.suffix.lower() == ".qdc":
        return f"a codebook, codes in it: {count}"
    return (
        f"{count} rows, one for each coding and for each response that nobody coded; "
        "internal: complete, and marked so"
    )
