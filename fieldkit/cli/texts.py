"""fieldkit texts: what was said, by interview, evaluation question or code; what is left to code."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t
from fieldkit.text import visible, visible_line

if TYPE_CHECKING:
    from fieldkit.study.views import Text


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--interview", metavar="ID", help=t("only this interview"))
    parser.add_argument(
        "--evaluation-question", metavar="Q", help=t("all answers to it, under each other, group by group")
    )
    parser.add_argument("--code", metavar="ID", help=t("only passages with this code or one below it"))
    parser.add_argument(
        "--coder", metavar="INITIALS", help=t("show and count the codings of this coder alone")
    )
    parser.add_argument("--uncoded", action="store_true", help=t("only what is not coded yet"))
    study_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.labels import Labels
    from fieldkit.study.interviews import find_interview
    from fieldkit.study.views import Selection, left_to_code, texts

    with open_study(args) as study:
        marking = Labels(study, study.framework.languages[0]).marking
        chosen = Selection(
            interview=find_interview(study, args.interview).id if args.interview else None,
            question=args.evaluation_question,
            code=args.code,
            mine=args.coder,
            uncoded=args.uncoded,
        )
        found = texts(study, chosen)
        left = left_to_code(study, coder=args.coder)
    if args.json:
        counts = {"texts": left.texts, "uncoded": left.uncoded}
        print_json({"marking": marking, "left": counts, "texts": [_entry(text) for text in found]})
        return 0
    say(marking)
    for text in found:
        _print(text, passages=args.code is not None)
    say()
    say(t("not coded yet: {n} of {all} texts").format(n=left.uncoded, all=left.texts))
    return 0


def _entry(text: Text) -> dict[str, Any]:
    return {
        text.table.removesuffix("s"): text.record,
        "source": text.source,
        "group": text.group,
        "heading": text.heading,
        "words": text.words,
        "evaluation_questions": list(text.questions),
        "codings": [coding.body() for coding in text.codings],
    }


def _print(text: Text, *, passages: bool) -> None:
    say()
    say(visible_line(" ".join(part for part in (text.source, text.record, text.heading) if part)))
    if not passages:
        say(visible(text.words))
    for coding in text.codings:
        quote = text.words[coding.start : coding.end] or coding.quote
        say(visible_line(f"  [{coding.code} {coding.coder or '-'}] {quote}"))
