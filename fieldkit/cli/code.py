"""fieldkit code: give codes to a passage; the revision ids are printed once they are durable."""

from __future__ import annotations

import argparse

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say, warn
from fieldkit.say import t


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    author_option(parser)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--response", metavar="ID", help=t("its id, such as INTERVIEW:ITEM"))
    where.add_argument("--document", metavar="ID", help=t("a document's id, its name or that of its file"))
    parser.add_argument(
        "--code",
        required=True,
        action="append",
        metavar="ID",
        help=t("its id, name or alias; may be repeated"),
    )
    parser.add_argument("--start", type=int, metavar="N", help=t("first character, counted from 0"))
    parser.add_argument("--end", type=int, metavar="N", help=t("the character after its last"))
    parser.add_argument(
        "--evaluation-question",
        action="append",
        metavar="Q",
        help=t("what it speaks to, such as 1.4a; may be repeated; else what the item or document serves"),
    )
    parser.add_argument("--memo", metavar="TEXT", help=t("a remark"))
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.coding import code_passage

    with open_study(args, write=True) as study:
        ensure_author(study)
        coded = code_passage(
            study,
            args.document if args.response is None else args.response,
            args.code,
            start=args.start,
            end=args.end,
            evaluation_questions=args.evaluation_question,
            memo=args.memo,
            document=args.response is None,
        )
        codings = [coding.id for coding in coded.codings]
        revisions = list(coded.revisions)
        if not revisions:
            warn(t("nothing changed: the passage has these codes already"))
            revisions = [study.begin_store().heads("codings", coding)[0].id for coding in codings]
    if args.json:
        print_json({"revisions": revisions, "codings": codings, "change": coded.change})
    else:
        for revision in revisions:
            say(revision)
    return 0
