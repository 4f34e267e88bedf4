"""fieldkit export: a file by its extension: for people, for other programs, or for keeps."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import json_option, label_language, language_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.cli.progress import ProgressLine
from fieldkit.say import t

if TYPE_CHECKING:
    from fieldkit.study.study import Study

REPORTS = (".xlsx", ".docx", ".html", ".md")
"""What people read: findings, tables, words and appendix."""

ROWS = (".csv", ".parquet")
"""What other programs count with: a row for each coding."""

KINDS = (*REPORTS, *ROWS, ".json", ".qdpx", ".qdc", ".yaml")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=t("ending in one of {kinds}").format(kinds=", ".join(KINDS)),
    )
    parser.add_argument(
        "--interview",
        metavar="ID",
        help=t("of a .docx: the record of this interview alone, for the official to validate"),
    )
    study_option(parser)
    parser.add_argument("--force", action="store_true", help=t("replace a file that is there already"))
    parser.add_argument(
        "--with-contacts",
        action="store_true",
        help=t("include names and addresses (in the .json archive only)"),
    )
    parser.add_argument(
        "--outgoing",
        action="store_true",
        help=t(
            "of a report, the version that may leave: it names nobody, and keeps back what was not let out"
        ),
    )
    parser.add_argument(
        "--numbers",
        action="store_true",
        help=t("with --outgoing: numbers in place of words, where they may leave"),
    )
    parser.add_argument(
        "--threshold",
        type=int,
        choices=(3, 5),
        help=t("with --outgoing: fewest persons that tables and passages may tell of (3 unless given)"),
    )
    parser.add_argument(
        "--code-columns", action="store_true", help=t("a column for each code, 1 or 0 (in .csv and .parquet)")
    )
    parser.add_argument(
        "--template",
        type=Path,
        metavar="FILE.docx",
        help=t("take styles, page and headers from it (for .docx)"),
    )
    language_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    for file in args.files:
        _check(file, args)
    done = []
    with open_study(args) as study:
        for file in args.files:
            count = _write(study, file, args)
            done.append({"file": str(file), "entries": count})
            if not args.json:
                say(f"{file}: {_told(file, count, args)}")
    if args.json:
        print_json(done)
    return 0


def _check(file: Path, args: argparse.Namespace) -> None:
    """Whether a file can be made as it is asked for, before any is."""
    from fieldkit.exchange.errors import ExchangeError
    from fieldkit.study.errors import UnknownId
    from fieldkit.text import visible_line

    kind = file.suffix.lower()
    if kind not in KINDS:
        raise UnknownId("kind of export", visible_line(file.suffix or file.name), KINDS)
    if args.with_contacts and kind != ".json":
        raise ExchangeError(
            t("{file}: contacts leave in the .json archive only; leave out --with-contacts").format(file=file)
        )
    if args.outgoing and kind not in REPORTS:
        raise ExchangeError(
            t("{file}: it has rows of persons, which stay in the house; --outgoing is for {reports}").format(
                file=file, reports=", ".join(REPORTS)
            )
        )
    if (args.numbers or args.threshold is not None) and not args.outgoing:
        raise ExchangeError(t("{file}: --numbers and --threshold are for --outgoing").format(file=file))
    if args.interview is not None and (kind != ".docx" or args.outgoing or args.template is not None):
        raise ExchangeError(
            t(
                "{file}: the record of one interview is a .docx file without a template: give "
                "--interview alone"
            ).format(file=file)
        )
    if args.template is not None and kind != ".docx":
        raise ExchangeError(t("{file}: only a .docx has a --template; leave it out").format(file=file))
    if args.code_columns and kind not in ROWS:
        raise ExchangeError(
            t("{file}: only {kinds} can have --code-columns; leave it out").format(
                file=file, kinds=t(" and ").join(ROWS)
            )
        )


def _write(study: Study, file: Path, args: argparse.Namespace) -> int:
    kind = file.suffix.lower()
    if kind == ".json":
        from fieldkit.exchange.archive import write_archive

        contacts = args.with_contacts
        with ProgressLine(file.name) as progress:
            return write_archive(study, file, with_contacts=contacts, force=args.force, progress=progress)
    if args.interview is not None:
        from fieldkit.exchange.interview_record import write_interview_record

        return write_interview_record(study, file, args.interview, force=args.force)
    language = label_language(args, study)
    if kind == ".qdpx":
        from fieldkit.exchange.qdpx import write_qdpx

        with ProgressLine(file.name) as progress:
            return write_qdpx(study, file, language=language, force=args.force, progress=progress)
    if kind == ".qdc":
        from fieldkit.exchange.qdc import write_qdc

        return write_qdc(study, file, language=language, force=args.force)
    if kind == ".yaml":
        from fieldkit.exchange.codebook_yaml import write_codebook_yaml

        return write_codebook_yaml(study, file, force=args.force)
    from fieldkit.exchange.report import Leaving

    more: dict[str, Any] = {}
    if kind in ROWS:
        more["code_columns"] = args.code_columns
    if kind in REPORTS:
        more["leaving"] = args.outgoing and Leaving(args.threshold or 3, args.numbers)
    if kind == ".docx":
        more["template"] = args.template
    with ProgressLine(file.name) as progress:
        return _writer(kind)(study, file, language=language, force=args.force, progress=progress, **more)


def _writer(kind: str) -> Callable[..., int]:
    if kind == ".csv":
        from fieldkit.exchange.csv import write_csv

        return write_csv
    if kind == ".parquet":
        from fieldkit.exchange.parquet import write_parquet

        return write_parquet
    if kind == ".md":
        from fieldkit.exchange.markdown import write_markdown

        return write_markdown
    if kind == ".docx":
        from fieldkit.exchange.docx import write_docx

        return write_docx
    if kind == ".html":
        from fieldkit.exchange.html import write_html

        return write_html
    from fieldkit.exchange.xlsx import write_xlsx

    return write_xlsx


def _told(file: Path, count: int, args: argparse.Namespace) -> str:
    kind = file.suffix.lower()
    if args.outgoing:
        return t("the version that may leave; its method note says how much was kept back")
    if kind == ".json":
        told = (
            t("{n} revisions, with contacts: names and addresses are in it; internal")
            if args.with_contacts
            else t("{n} revisions, without contacts; internal")
        )
        return told.format(n=count)
    if kind == ".qdpx":
        return t("a project without contacts, codings in it: {n}; internal: complete, and marked so").format(
            n=count
        )
    if args.interview is not None:
        return t("the record of one interview, answers in it: {n}; without notes, codes and contacts").format(
            n=count
        )
    if kind in (".qdc", ".yaml"):
        return t("a codebook, codes in it: {n}").format(n=count)
    if kind in (*ROWS, ".xlsx"):
        return t(
            "{n} rows, one for each coding and for each response that nobody coded; "
            "internal: complete, and marked so"
        ).format(n=count)
    return t("a report, passages in it: {n}; internal: complete, and marked so").format(n=count)
