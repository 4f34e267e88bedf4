"""fieldkit notes: the paragraphs of an answer, and cleaning them up after the interview."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.study.study import Study


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from fieldkit.records.vocabulary import PARAGRAPH_KINDS

    parser.add_argument("response", metavar="RESPONSE", help=t("its id, such as INTERVIEW:ITEM"))
    parser.add_argument(
        "--paragraph",
        type=int,
        metavar="N",
        help=t("which paragraph, counted from 0; without it all are listed"),
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--split", type=int, metavar="M", help=t("split it before its character M"))
    what.add_argument("--join", action="store_true", help=t("join it with the next one"))
    what.add_argument("--kind", choices=PARAGRAPH_KINDS, help=t("say what it is"))
    what.add_argument("--words", metavar="TEXT", help=t("the words that shall stand there; '' takes it out"))
    study_option(parser)
    author_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.coding import find_response
    from fieldkit.study.errors import StudyError

    acts = args.join or any(each is not None for each in (args.split, args.kind, args.words))
    if acts != (args.paragraph is not None):
        raise StudyError(t("name a paragraph with --paragraph, and say what to do with it"))
    if acts:
        with open_study(args, write=True) as study:
            ensure_author(study)
            revision = _clean(args, study)
        if args.json:
            print_json({"revision": revision})
        else:
            say(revision)
        return 0
    with open_study(args) as study:
        paragraphs = find_response(study, args.response).body()["paragraphs"]
    if args.json:
        print_json(paragraphs)
        return 0
    for number, paragraph in enumerate(paragraphs):
        say(visible_line(f"{number}  {paragraph['kind']}: {paragraph['text']}"))
    return 0


def _clean(args: argparse.Namespace, study: Study) -> str:
    from fieldkit.study.cleaning import correct_words, join_paragraphs, set_kind, split_paragraph

    if args.split is not None:
        return split_paragraph(study, args.response, args.paragraph, args.split)
    if args.join:
        return join_paragraphs(study, args.response, args.paragraph)
    if args.kind is not None:
        return set_kind(study, args.response, args.paragraph, args.kind)
    return correct_words(study, args.response, args.paragraph, args.words)
