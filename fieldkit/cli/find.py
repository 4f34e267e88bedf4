"""fieldkit find: words in what was said and in documents; and codes for all hits, or those chosen."""

from __future__ import annotations

import argparse
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say, warn
from fieldkit.say import t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.study.finding_text import Hit

_CHOICE = re.compile(r"(\d+)(?:-(\d+))?")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("text", metavar="TEXT", help=t("the words; case and accents make no difference"))
    parser.add_argument("--whole-words", action="store_true", help=t("not within longer words"))
    parser.add_argument(
        "--code", action="append", metavar="ID", help=t("give this code to the hits chosen; may be repeated")
    )
    parser.add_argument("--hits", metavar="all|1,3-5", help=t("with --code: which hits, by their numbers"))
    parser.add_argument(
        "--evaluation-question", action="append", metavar="Q", help=t("with --code: what they speak to")
    )
    parser.add_argument("--memo", metavar="TEXT", help=t("with --code: a remark"))
    study_option(parser)
    author_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.errors import StudyError
    from fieldkit.study.finding_text import code_hits, find_text

    if (args.code is None) != (args.hits is None):
        raise StudyError(
            t("look at the hits first; then give --code and --hits together, such as --hits all")
        )
    if args.code is None:
        with open_study(args) as study:
            _list(args, find_text(study, args.text, whole_words=args.whole_words))
        return 0
    with open_study(args, write=True) as study:
        ensure_author(study)
        chosen = _chosen(args.hits, find_text(study, args.text, whole_words=args.whole_words))
        coded = code_hits(
            study, chosen, args.code, evaluation_questions=args.evaluation_question, memo=args.memo
        )
    if not coded.revisions:
        warn(t("nothing changed: the hits have these codes already"))
    if args.json:
        codings = [coding.id for coding in coded.codings]
        print_json({"revisions": list(coded.revisions), "codings": codings, "change": coded.change})
    else:
        for revision in coded.revisions:
            say(revision)
    return 0


def _list(args: argparse.Namespace, hits: list[Hit]) -> None:
    if args.json:
        print_json([{"hit": number, **asdict(hit)} for number, hit in enumerate(hits, start=1)])
        return
    for number, hit in enumerate(hits, start=1):
        codes = f"  [{', '.join(hit.codes)}]" if hit.codes else ""
        said = f"{hit.before}>>{hit.words}<<{hit.after}"
        say(visible_line(f"{number}  {hit.about or hit.record}: {said}{codes}"))
    if not hits:
        say(t("found nowhere"))


def _chosen(choice: str, hits: list[Hit]) -> list[Hit]:
    """The hits that numbers such as `1,3-5` mean."""
    from fieldkit.study.errors import StudyError

    if choice.strip() == "all":
        return hits
    numbers: set[int] = set()
    for part in choice.split(","):
        found = _CHOICE.fullmatch(part.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= len(hits):
            told = t("{given} is no choice of hits: there are {n}; write it like all, or 1,3-5")
            raise StudyError(told.format(given=repr(visible_line(part[:20])), n=len(hits)))
        numbers.update(range(first, last + 1))
    return [hits[number - 1] for number in sorted(numbers)]
