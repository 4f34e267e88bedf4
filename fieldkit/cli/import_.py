"""fieldkit import: a roster, an archive, project, a document, or what was saved elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import interactive, print_json, say, warn
from fieldkit.say import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldkit.exchange.outcome import Imported
    from fieldkit.study.study import Study

DOCUMENTS = (".txt", ".md", ".docx", ".pdf")
KINDS = (".csv", ".tsv", ".xlsx", ".json", ".draft", ".qdpx", ".qdc", ".yaml", ".yml", *DOCUMENTS)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=t(
            "a roster (.csv, .tsv, .xlsx), an archive (.json), another program's project or "
            "codebook (.qdpx, .qdc, .yaml), a document (.txt, .md, .docx, .pdf), or what was "
            "saved elsewhere (.draft)"
        ),
    )
    study_option(parser)
    author_option(parser)
    parser.add_argument(
        "--accept-purges",
        action="store_true",
        help=t("let purges that come with an archive erase what is here; else you are asked"),
    )
    _document_options(parser)
    json_option(parser)


def _document_options(parser: argparse.ArgumentParser) -> None:
    of = parser.add_argument_group(t("of a document"))
    of.add_argument("--name", metavar="NAME", help=t("what it is called; else as its file"))
    of.add_argument("--date", metavar="DATE", help=t("when it was written: 2005, 2005-03 or 2005-03-12"))
    of.add_argument("--language", metavar="en|fr", help=t("language it is written in"))
    of.add_argument("--line", metavar="ID", help=t("its line of evidence; else the first for documents"))
    of.add_argument(
        "--evaluation-question", action="append", metavar="Q", help=t("what it speaks to; may be repeated")
    )
    of.add_argument(
        "--role",
        choices=("evidence", "profile"),
        help=t("independent evidence (unless said), or the programme's own account of itself"),
    )

    back = parser.add_argument_group(t("of the record of an interview that came back corrected (.docx)"))
    back.add_argument("--amends", metavar="INTERVIEW", help=t("the interview whose record it is"))
    back.add_argument("--means", metavar="TEXT", help=t("how she sent it, such as 'by e-mail'; needed"))


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.errors import UnknownId
    from fieldkit.text import visible_line

    for file in args.files:
        if file.suffix.lower() not in KINDS:
            raise UnknownId("kind of import", visible_line(file.suffix or file.name), KINDS)
    _check_document_options(args)
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
    elif args.amends is not None:
        take_in = _record_taker(args)
    elif file.suffix.lower() in DOCUMENTS:
        take_in = _document_taker(args)
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


def _check_document_options(args: argparse.Namespace) -> None:
    from fieldkit.study.errors import StudyError

    of_documents = ("name", "date", "language", "line", "evaluation_question", "role")
    given = next((name for name in of_documents if getattr(args, name) is not None), None)
    other = next((file for file in args.files if file.suffix.lower() not in DOCUMENTS), None)
    if given is not None and other is not None:
        raise StudyError(
            t("{other}: --{given} is for documents only; leave it out").format(
                other=other, given=given.replace("_", "-")
            )
        )
    if args.amends is not None or args.means is not None:
        if args.amends is None or args.means is None or len(args.files) > 1:
            raise StudyError(
                t("a corrected record is one file: say which interview it --amends, and by what --means")
            )
        if args.files[0].suffix.lower() != ".docx" or given not in (None, "date"):
            raise StudyError(
                t("{files}: a corrected record is a .docx file, with --date when it came").format(
                    files=args.files[0]
                )
            )
    if args.name is not None and len(args.files) > 1:
        raise StudyError(t("--name names one document; import the files one by one"))


def _document_taker(args: argparse.Namespace) -> Callable[[Study, Path], Imported]:
    from fieldkit.exchange.documents_in import import_document
    from fieldkit.study.documents import DocumentFacts

    facts = DocumentFacts(
        name=args.name,
        language=args.language,
        line_of_evidence=args.line,
        evaluation_questions=args.evaluation_question,
        date=args.date,
        role=args.role,
    )
    return lambda study, file: import_document(study, file, facts)


def _record_taker(args: argparse.Namespace) -> Callable[[Study, Path], Imported]:
    from fieldkit.exchange.interview_record import import_interview_record
    from fieldkit.study.documents import check_day

    received_on = None if args.date is None else check_day(args.date)

    def take_in(study: Study, file: Path) -> Imported:
        return import_interview_record(study, file, args.amends, means=args.means, received_on=received_on)

    return take_in


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

    if ask_text(t("{told}. Type the word purge to go on:").format(told=told)) != "purge":
        raise StudyError(t("nothing was taken in"))


def _told(outcome: Imported) -> str:
    if not outcome.added:
        return t("nothing new; all of it was here already")
    kinds = ", ".join(f"{count} {table}" for table, count in outcome.records.items() if count)
    return t("taken in: {kinds}").format(kinds=kinds)
