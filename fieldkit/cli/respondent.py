"""fieldkit respondent: put an official on the roster under a code, or list who is on it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import interactive, print_json, print_table, say
from fieldkit.say import mark, t
from fieldkit.study.roster import BANDS, CONTACT_FIELDS, RosterEntry

if TYPE_CHECKING:
    from fieldkit.study.study import Study

_BAND_HELP = {
    "group": mark("her group"),
    "reporting_group": mark("her reporting group"),
    "place": mark("her place"),
    "level": mark("her level"),
    "language": mark("her language"),
    "status": mark("her status"),
}
_LISTED = ("code", "group", "reporting_group", "place", "level", "language", "status")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from fieldkit.cli.main import Parser

    actions = parser.add_subparsers(dest="action", required=True, parser_class=Parser, metavar="add|list")
    listing = actions.add_parser("list", help=t("who is on the roster, by code"))
    adding = actions.add_parser("add", help=t("add one; without --group you are asked"))
    study_option(parser)
    author_option(parser)
    for each in (listing, adding):
        json_option(each)
        # Said before the action or after it, they mean the same.
        each.add_argument("-s", "--study", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        each.add_argument("--passphrase-fd", type=int, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    adding.add_argument("--author", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    adding.add_argument(
        "--no-passphrase", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    adding.add_argument(
        "--code", help=t("the code she goes by; else the group's next free one, such as CIC-04")
    )
    for band in BANDS:
        adding.add_argument(f"--{band.replace('_', '-')}", dest=band, metavar="ID", help=t(_BAND_HELP[band]))
    for field in CONTACT_FIELDS:
        adding.add_argument(
            f"--{field}", dest=field, metavar="TEXT", help=t("kept apart, among the contacts")
        )
    adding.add_argument(
        "--attribute",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=t("a further band; may be repeated"),
    )


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    return _list(args) if args.action == "list" else _add(args)


def _list(args: argparse.Namespace) -> int:
    with open_study(args) as study:
        rows = sorted(study.rows("respondents").values(), key=lambda row: str(row.get("code")))
        if args.json:
            print_json(rows)
        elif rows:
            print_table(
                _LISTED, [[str(row.get(name) or "") for name in _LISTED] for row in rows], numbers=False
            )
        else:
            say(t("nobody yet; `fieldkit respondent add` or `fieldkit import ROSTER.csv` puts people here"))
    return 0


def _add(args: argparse.Namespace) -> int:
    from fieldkit.study.errors import StudyError
    from fieldkit.study.roster import add_respondent, next_code

    with open_study(args, write=True) as study:
        if args.group is None:
            if not interactive():
                groups = ", ".join(group.id for group in study.framework.respondent_groups)
                raise StudyError(
                    t("whose group is it? say so with --group, one of {groups}").format(groups=groups)
                )
            _ask(args, study)
        ensure_author(study)
        entry = RosterEntry(
            code=args.code or next_code(study, _group(study, args.group)),
            bands={band: value for band in BANDS if (value := getattr(args, band))},
            attributes=dict(_attribute(each) for each in args.attribute),
            contact={field: value for field in CONTACT_FIELDS if (value := getattr(args, field))},
        )
        respondent = add_respondent(study, entry)
    if args.json:
        print_json(respondent.body())
    else:
        say(respondent.code)
    return 0


def _group(study: Study, given: str) -> str:
    """The group as the framework spells it, so that codes do too."""
    groups = [group.id for group in study.framework.respondent_groups]
    return next((group for group in groups if group.casefold() == given.casefold()), given)


def _attribute(given: str) -> tuple[str, str]:
    from fieldkit.study.errors import StudyError

    name, sign, value = given.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise StudyError(
            t("--attribute {given}: write NAME=VALUE, such as post=counsellor").format(given=given)
        )
    return name.strip(), value.strip()


def _ask(args: argparse.Namespace, study: Study) -> None:
    """Ask for what the options leave open; an empty line leaves it out."""
    from fieldkit.cli.ask import ask_choice, ask_text
    from fieldkit.study.roster import next_code

    framework = study.framework
    language = framework.languages[0]
    args.group = ask_choice(
        t("Group:"), [(each.id, each.name.get(language)) for each in framework.respondent_groups]
    )
    args.code = args.code or ask_text(t("Code:"), default=next_code(study, args.group))
    for band, asked, known in (
        ("place", t("Place:"), framework.places),
        ("level", t("Level:"), framework.levels),
    ):
        if getattr(args, band) is None and known:
            choices = [*((each.id, each.name.get(language)) for each in known), ("", t("not stated"))]
            setattr(args, band, ask_choice(asked, choices))
    if args.language is None:
        choices = [*((each, each) for each in framework.languages), ("", t("not stated"))]
        args.language = ask_choice(t("Preferred language:"), choices)
    for field, asked in (
        ("name", t("Name (kept apart; empty leaves it out):")),
        ("title", t("Title (kept apart; empty leaves it out):")),
        ("email", t("Email (kept apart; empty leaves it out):")),
        ("phone", t("Phone (kept apart; empty leaves it out):")),
    ):
        if getattr(args, field) is None:
            setattr(args, field, ask_text(asked))
