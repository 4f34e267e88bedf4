"""fieldkit record: one response, or one consent, from the shell; its revision id once it is durable."""

from __future__ import annotations

import argparse
import sys

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say, warn
from fieldkit.say import t


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from fieldkit.records.vocabulary import CONSENT_MODES

    study_option(parser)
    author_option(parser)
    parser.add_argument(
        "--interview",
        required=True,
        metavar="ID",
        help=t("its id, the beginning of it, or a respondent's code"),
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--item", metavar="ID", help=t("ITEM, ITEM:INSTANCE in a repeat, ITEM@CODE where it is one person's")
    )
    what.add_argument(
        "--consent",
        metavar="C",
        help=t("what a person agreed to: given, quote, recording, such as given,quote=no; or withdrawn"),
    )
    parser.add_argument(
        "--respondent", metavar="CODE", help=t("with --consent: whose it is, where several are present")
    )
    parser.add_argument(
        "--mode",
        choices=CONSENT_MODES,
        help=t("with --consent: how it was given; else as is usual"),
    )
    parser.add_argument("--value", metavar="V", help=t("such as 3, 10-15, a,b or row=3;other_row=2"))
    parser.add_argument(
        "--notes", metavar="TEXT", help=t("the notes, in place of those there are; - reads them from input")
    )
    parser.add_argument("--disposition", metavar="D", help=t('such as "not asked" or "refused"'))
    parser.add_argument(
        "--reason", metavar="TEXT", help=t("why it was not asked, where it is covered, what will be sent")
    )
    parser.add_argument("--language", metavar="en|fr", help=t("the language it was said in"))
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    return _record_response(args) if args.item is not None else _record_consent(args)


def _record_consent(args: argparse.Namespace) -> int:
    from fieldkit.study.consent_recording import record_consent_of

    with open_study(args, write=True) as study:
        ensure_author(study)
        recorded = record_consent_of(
            study, args.interview, args.consent, respondent=args.respondent, mode=args.mode
        )
    if args.json:
        print_json({"revision": recorded.revision, "consent": recorded.consent})
    else:
        say(recorded.revision)
    return 0


def _record_response(args: argparse.Namespace) -> int:
    from fieldkit.study.recording import record_response

    notes = _read_notes() if args.notes == "-" else args.notes
    with open_study(args, write=True) as study:
        ensure_author(study)
        recorded = record_response(
            study,
            args.interview,
            args.item,
            value=args.value,
            notes=notes,
            disposition=args.disposition,
            reason=args.reason,
            language=args.language,
        )
    warnings = [*_altered(notes), *recorded.warnings]
    for warning in warnings:
        warn(warning)
    if args.json:
        print_json({"revision": recorded.revision, "response": recorded.response, "warnings": warnings})
    else:
        say(recorded.revision)
    return 0


def _read_notes() -> str:
    from fieldkit.study.errors import StudyError
    from fieldkit.text import decode

    content = sys.stdin.buffer.read() if sys.stdin is not None else b""
    if not content.strip():
        raise StudyError(t("--notes -: nothing came in; give words, or leave the notes as they are"))
    try:
        return decode(content, "utf-8-sig").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise StudyError(
            t("--notes -: what came in is not UTF-8 (byte {start}); convert it first").format(
                start=error.start
            )
        ) from error


def _altered(notes: str | None) -> list[str]:
    from fieldkit.text import normalise

    changes = normalise(notes or "").changes
    return [
        t("{n} character(s) of the notes that no file can hold became U+FFFD").format(n=change.count)
        for change in changes
        if change.kind == "surrogate"
    ]
