"""fieldkit export: a file by its extension: for people, for other programs, or for keeps."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.options import json_option, label_language, language_option, open_study, study_option
from fieldkit.cli.output import print_json, say

if TYPE_CHECKING:
    from fieldkit.study.study import Study

KINDS = (".xlsx", ".csv", ".json", ".qdpx", ".qdc", ".yaml")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="ending in .xlsx, .csv, .json, .qdpx, .qdc, .yaml",
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
    if kind == ".yaml":
        from fieldkit.exchange.codebook_yaml import write_codebook_yaml

        return write_codebook_yaml(study, file, force=args.force)
    from fieldkit.exchange.xlsx import write_xlsx

    return write_xlsx(study, file, language=language, force=args.force)


def _told(file: Path, count: int, with_contacts: bool) -> str:
    if file.suffix.lower() == ".json":
        contacts = "with contacts: names and addresses are in it" if with_contacts else "without contacts"
        return f"{count} revisions, {contacts}; internal"
    if file.suffix.lower() == ".qdpx":
        return f"a project without contacts, codings in it: {count}; internal: complete, and marked so"
    if file.suffix.lower() in (".qdc", ".yaml"):
        return f"a codebook, codes in it: {count}"
    return (
        f"{count} rows, one for each coding and for each response that nobody coded; "
        "internal: complete, and marked so"
    )
