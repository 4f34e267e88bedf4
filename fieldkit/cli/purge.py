"""fieldkit purge: erase for good what nobody may keep; or forbid it by a hold."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import interactive, print_json, say
from fieldkit.cli.secrets import recovery_lines
from fieldkit.say import mark, t

if TYPE_CHECKING:
    from fieldkit.records.purges import Hold, Purge
    from fieldkit.study.purge import Purged
    from fieldkit.study.study import Study

_UNREACHED = mark("Not reached: exports, printed pages, copies made by hand, and free space of the disk.")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    # The empty study that is left opens with the same passphrase, so it is kept for that once.
    parser.set_defaults(secret=None)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--contacts", action="store_true", help=t("names and addresses, once their time is over")
    )
    what.add_argument(
        "--respondent", metavar="CODE", help=t("one respondent who withdraws, and what she said")
    )
    what.add_argument("--everything", action="store_true", help=t("all that was recorded; the guides stay"))
    what.add_argument("--hold", metavar="REASON", help=t("place a hold: while it stands, nothing is purged"))
    what.add_argument("--release", metavar="ID", help=t("release a hold"))
    what.add_argument("--list", action="store_true", help=t("holds and purges so far"))
    study_option(parser)
    author_option(parser)
    parser.add_argument(
        "--authority", default="", metavar="WHO", help=t("whose decision it is; it is recorded")
    )
    parser.add_argument("--early", action="store_true", help=t("contacts: before the framework's date"))
    parser.add_argument("--yes", action="store_true", help=t("do not ask whether it is meant"))
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    with open_study(args, write=None) as study:
        if args.list:
            return _list(args, study)
        if args.everything and study.completed is not None:
            _tell(args, study.completed)
            return 0
        ensure_author(study)
        if args.hold is not None or args.release is not None:
            return _hold(args, study)
        _confirm(args, study)
        done = _purge(args, study)
    _tell(args, done)
    return 0


def _purge(args: argparse.Namespace, study: Study) -> Purged:
    from fieldkit.study.purge import purge_contacts, purge_respondent
    from fieldkit.study.total_purge import purge_everything

    if args.contacts:
        return purge_contacts(study, args.authority, early=args.early)
    if args.respondent is not None:
        return purge_respondent(study, args.respondent, args.authority)
    return purge_everything(study, args.authority, getattr(args, "secret", None))


def _hold(args: argparse.Namespace, study: Study) -> int:
    from fieldkit.study.holds import place_hold, release_hold

    if args.hold is not None:
        hold = place_hold(study, args.hold, args.authority)
        told = t("{hold}: hold placed; nothing of this study is purged until it is released")
    else:
        hold = release_hold(study, args.release, args.authority)
        told = t("{hold}: hold released")
    if args.json:
        print_json(hold.body())
    else:
        say(told.format(hold=hold.id))
    return 0


def _confirm(args: argparse.Namespace, study: Study) -> None:
    """Make sure that it is meant.

    Raises:
        StudyError: it is not, or nobody can be asked and --yes was not given.
    """
    from fieldkit.study.errors import StudyError
    from fieldkit.study.holds import refuse_while_held

    refuse_while_held(study)
    if args.yes:
        return
    if not interactive():
        raise StudyError(t("a purge cannot be taken back: add --yes if it is meant"))
    from fieldkit.cli.ask import ask_text

    if args.everything:
        told = t("This erases everything for good. Type the word purge to go on:")
    elif args.contacts:
        told = t("This erases all contacts for good. Type the word purge to go on:")
    else:
        told = t("This erases {respondent} for good. Type the word purge to go on:")
    if ask_text(told.format(respondent=args.respondent)) != "purge":
        raise StudyError(t("nothing was purged"))


def _tell(args: argparse.Namespace, done: Purged) -> None:
    from fieldkit.study.leftovers import LEFT_BEHIND

    if args.json:
        print_json(
            {
                "purge": _without_list(done.purge),
                "states": done.states,
                "backups_removed": [str(path) for path in done.backups_removed],
                "backups_left": [str(path) for path in done.backups_left],
                "leftovers_removed": [str(path) for path in done.leftovers_removed],
                "leftovers_left": [str(path) for path in done.leftovers_left],
                "backup": None if done.backup is None else str(done.backup),
                "recovery_code": done.recovery_code,
                "shared_interviews": list(done.shared),
            }
        )
        return
    say(
        t("{purge}: purged ({kind}); {states} states of records are erased").format(
            purge=done.purge.id, kind=done.purge.kind, states=done.states
        )
    )
    if done.shared:
        say(t("Words that nobody is named for, in interviews with others, stay: look through them."))
    for path in done.backups_removed:
        say(t("{path}: backup destroyed").format(path=path))
    if done.backup is not None:
        say(t("{backup}: backup made afterwards").format(backup=done.backup))
    for path in done.backups_left:
        say(t("{path}: this backup could not be reached: destroy it by hand").format(path=path))
    for path in done.leftovers_removed:
        say(t("{path}: left by a command that was killed; destroyed").format(path=path))
    for path in done.leftovers_left:
        say(t(LEFT_BEHIND).format(path=path))
    say(t(_UNREACHED))
    for line in recovery_lines(done.recovery_code) if done.recovery_code else ():
        say(line)


def _without_list(purge: Purge) -> dict[str, Any]:
    return {name: value for name, value in purge.body().items() if name != "erased"}


def _list(args: argparse.Namespace, study: Study) -> int:
    holds: list[Hold] = study.records("holds")
    done: list[Purge] = study.records("purges")
    purges = [{**_without_list(each), "states": len(each.erased)} for each in done if each.kind != "typing"]
    typing = [each for each in done if each.kind == "typing"]
    states = sum(len(each.erased) for each in typing)
    if args.json:
        completing = {"interviews": len(typing), "states": states}
        print_json({"holds": [hold.body() for hold in holds], "purges": purges, "completing": completing})
        return 0
    for hold in holds:
        told = (
            t("hold {hold}  {day}  released {released}  {reason} ({authority})")
            if hold.released_at
            else t("hold {hold}  {day}  stands  {reason} ({authority})")
        )
        say(
            told.format(
                hold=hold.id,
                day=hold.placed_at[:10],
                released=(hold.released_at or "")[:10],
                reason=hold.reason,
                authority=hold.authority,
            )
        )
    for each in purges:
        told = t("purge {purge}  {day}  {kind}  {authority}")
        day, authority = each.get("at", "")[:10], each.get("authority", "")
        say(told.format(purge=each["id"], day=day, kind=each["kind"], authority=authority))
    if typing:
        days = sorted((each.at or "")[:10] for each in typing)
        told = (
            t("purge typing  {day}  states erased by completing: {states}, in interviews: {n}")
            if days[0] == days[-1]
            else t("purge typing  {day} to {last}  states erased by completing: {states}, in interviews: {n}")
        )
        say(told.format(day=days[0], last=days[-1], states=states, n=len(typing)))
    if not holds and not done:
        say(t("no holds, and nothing was purged"))
    return 0
