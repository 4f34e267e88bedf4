"""fieldkit codings: those that wait for a decision, since the words they were given to were changed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import t
from fieldkit.text import shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.study.anchoring import Waiting
    from fieldkit.study.study import Study

_SHOWN = 70


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    study_option(parser)
    author_option(parser)
    decide = parser.add_mutually_exclusive_group()
    decide.add_argument("--keep", metavar="CODING", help=t("it stands on the words it has now"))
    decide.add_argument("--drop", metavar="CODING", help=t("take it away; the log keeps it"))
    parser.add_argument("--start", type=int, metavar="N", help=t("with --keep: first character it stands on"))
    parser.add_argument("--end", type=int, metavar="N", help=t("with --keep: the character after its last"))
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.errors import StudyError

    if args.keep is None and (args.start is not None or args.end is not None):
        raise StudyError(t("--start and --end say where a coding is kept: name it with --keep"))
    if args.keep is not None or args.drop is not None:
        return _decide(args)
    from fieldkit.study.anchoring import waiting_codings

    with open_study(args) as study:
        waiting = waiting_codings(study)
        told = [_entry(study, each) for each in waiting]
    if args.json:
        print_json(told)
        return 0
    for entry in told:
        _print(entry)
    if not told:
        say(t("no coding waits for a decision"))
    return 0


def _decide(args: argparse.Namespace) -> int:
    from fieldkit.study.anchoring import keep_coding
    from fieldkit.study.coding import remove_codings

    with open_study(args, write=True) as study:
        ensure_author(study)
        if args.drop is not None:
            change = remove_codings(study, [args.drop])
            done: dict[str, Any] = {"coding": args.drop, "change": change}
        else:
            kept = keep_coding(study, args.keep, start=args.start, end=args.end)
            revision = study.begin_store().head("codings", kept.id)
            done = {"coding": kept.id, "revision": revision, "quote": kept.quote}
    if args.json:
        print_json(done)
    else:
        say(done.get("revision") or done["change"])
    return 0


def _entry(study: Study, waiting: Waiting) -> dict[str, Any]:
    from fieldkit.study.naming import about

    coding, found = waiting.coding, waiting.anchored
    return {
        "coding": coding.id,
        "state": found.state,
        "about": str(about(study, "codings", coding.body())),
        waiting.table.removesuffix("s"): waiting.record,
        "code": coding.code,
        "coder": coding.coder,
        "was": coding.quote,
        "now": waiting.words,
        "start": found.start,
        "end": found.end,
        "places": [list(place) for place in found.candidates],
    }


def _print(entry: dict[str, Any]) -> None:
    states = {
        "changed": t("its words were changed"),
        "ambiguous": t("its words stand in several places, or beside what is gone"),
        "lost": t("its words are gone"),
    }
    say(
        visible_line(
            f"{entry['coding']}  {entry['about']}  {entry['coder'] or '-'}: {states[entry['state']]}"
        )
    )
    say(visible_line(t("  was: {words}").format(words=shortened(entry["was"], _SHOWN))))
    if entry["state"] == "changed":
        place = f"{shortened(entry['now'], _SHOWN)} ({entry['start']}-{entry['end']})"
        say(visible_line(t("  now: {words}").format(words=place)))
    elif entry["places"]:
        places = ", ".join(f"{start}-{end}" for start, end in entry["places"])
        say(visible_line(t("  places: {places}").format(places=places)))
