"""fieldkit codebook: list, show and change the tree of codes, and what was coded under older definitions."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.cli.codebook_files import read_codebook, write_codebook
from fieldkit.cli.codebook_show import print_code, print_drift, print_passages, print_tree
from fieldkit.cli.options import author_option, ensure_author, json_option, open_study, study_option
from fieldkit.cli.output import print_json, say
from fieldkit.say import mark, t

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.study.study import Study

_TEXTS = (
    ("name", mark("its name; once for each language, such as fr=Conseil")),
    ("definition", mark("what it is about; once for each language, such as fr=Conseil")),
    ("use-when", mark("when to give it; once for each language, such as fr=Conseil")),
    ("not-when", mark("when not, and which code instead; once for each language, such as fr=Conseil")),
)
_SHOWING = {"list": print_tree, "show": print_code, "passages": print_passages, "drift": print_drift}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from fieldkit.cli.main import Parser

    study_option(parser)
    author_option(parser)
    actions = parser.add_subparsers(
        dest="action", required=True, parser_class=Parser, metavar="list|show|add|edit|rename|move|..."
    )

    def action(name: str, told: str, *codes: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = actions.add_parser(name, help=told)
        _options_after(added)
        for code in codes:
            added.add_argument(code, metavar=code.upper(), help=t("its id, name or alias"))
        return added

    action("list", t("the tree of codes, with how many codings each has"))
    action("show", t("one code with all it says"), "code")
    action("passages", t("the passages of one code, each with the id of its coding"), "code")
    action("drift", t("codings that were made under an older definition, and both definitions"))
    adding = action("add", t("add a code"))
    _text_options(adding)
    adding.add_argument("--id", metavar="ID", help=t("its id; else one is made from its name"))
    adding.add_argument("--parent", metavar="CODE", help=t("the code above it; else it stands at the top"))
    _text_options(action("edit", t("change what a code says"), "code"))
    renaming = action("rename", t("give a code another name; its codings stay"), "code")
    renaming.add_argument("name", nargs="+", metavar="[LANGUAGE=]NAME", help=t("the name"))
    moving = action("move", t("put a code under another one, or elsewhere beside its like"), "code")
    moving.add_argument(
        "--parent", metavar="CODE", help=t("the code to put it under; else the top of the tree")
    )
    moving.add_argument("--before", metavar="CODE", help=t("the code to put it before; else it comes last"))
    merging = action("merge", t("let a code's codings become another's, and retire it"), "code")
    merging.add_argument("--into", required=True, metavar="CODE", help=t("the code that goes on"))
    _split_options(action("split", t("give each passage of a code to one of several new codes"), "code"))
    action("retire", t("let a code no longer be given; its codings stay"), "code")
    action("restore", t("let a retired code be given again"), "code")
    for name, told in (
        ("export", t("write the codebook in force to a .yaml, .csv, .xlsx or .qdc file")),
        ("import", t("take in such a file; what it changes is listed, and is one change")),
    ):
        moving_file = action(name, told)
        moving_file.add_argument("file", type=Path, metavar="FILE", help=t("the file"))
        if name == "export":
            moving_file.add_argument("--force", action="store_true", help=t("replace a file that is there"))
    action("undo", t("take back your last change to the codebook"))


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    if args.action in _SHOWING:
        with open_study(args) as study:
            _SHOWING[args.action](study, args)
        return 0
    if args.action == "export":
        with open_study(args) as study:
            write_codebook(study, args)
        return 0
    with open_study(args, write=True) as study:
        ensure_author(study)
        if args.action == "import":
            read_codebook(study, args)
            return 0
        told = _change(study, args)
    if args.json:
        print_json(told)
    else:
        say(_line(told))
    return 0


def _change(study: Study, args: argparse.Namespace) -> dict[str, Any]:
    """Do what is asked, and tell what came of it."""
    from fieldkit.study import code_changes as changes
    from fieldkit.study.code_merging import merge_codes

    match args.action:
        case "add":
            fields = _fields(study, args)
            missing = [name for name in ("name", "definition") if name not in fields]
            if missing:
                from fieldkit.study.errors import StudyError

                raise StudyError(t("a code needs a --{option}").format(option=missing[0]))
            done = changes.add_code(study, code_id=args.id, parent=args.parent, **fields)
        case "edit":
            done = changes.edit_code(study, args.code, **_fields(study, args))
        case "rename":
            done = changes.rename_code(study, args.code, _texts(study, args.name))
        case "move":
            done = changes.move_code(study, args.code, parent=args.parent, before=args.before)
        case "merge":
            done = merge_codes(study, args.code, args.into)
        case "retire":
            done = changes.retire_code(study, args.code)
        case "restore":
            done = changes.bring_back_code(study, args.code)
        case "split":
            return _split(study, args)
        case _:
            commit = changes.undo_codebook(study)
            return {"code": None, "change": commit.change, "codings": 0}
    told = {"code": done.code.id, "change": done.change, "codings": done.codings}
    return {**told, "reopened": done.reopened} if args.action == "merge" else told


def _split(study: Study, args: argparse.Namespace) -> dict[str, Any]:
    from fieldkit.study.code_changes import drafted_code
    from fieldkit.study.code_merging import codings_under, split_code
    from fieldkit.study.codebook import find_code
    from fieldkit.study.errors import StudyError, UnknownId
    from fieldkit.text import fold

    code = find_code(study, args.code)
    new: list[Code] = []
    for each in args.into:
        name, sign, definition = each.partition(":")
        if not sign or not definition.strip():
            raise StudyError(t("--into {each}: write NAME: DEFINITION").format(each=each))
        taken = [other.id for other in new]
        language = study.framework.languages[0]
        new.append(
            drafted_code(study, {language: name}, {language: definition}, parent=code.parent, taken=taken)
        )
    ids = {fold(name): each.id for each in new for name in (each.id, *each.name.translations.values())}
    ids[fold(code.id)] = code.id
    given = {}
    for each in args.give:
        coding, sign, target = each.partition("=")
        if not sign:
            raise StudyError(t("--give {each}: write CODING=NAME").format(each=each))
        if fold(target.strip()) not in ids:
            raise UnknownId("code", target, ids.values())
        given[coding.strip()] = ids[fold(target.strip())]
    if args.rest is not None:
        if fold(args.rest.strip()) not in ids:
            raise UnknownId("code", args.rest, ids.values())
        rest = ids[fold(args.rest.strip())]
        given = {coding.id: rest for coding in codings_under(study, code.id)} | given
    done = split_code(study, code.id, new, given)
    return {
        "code": done.code.id,
        "change": done.change,
        "codings": sum(done.codings.values()),
        **{"into": done.codings},
    }


def _line(told: dict[str, Any]) -> str:
    if not told["change"]:
        return t("{code}: nothing changed; it is so already").format(code=told["code"])
    told_of = [told["code"] or t("codebook as it was before")]
    if told["codings"]:
        told_of.append(t("codings changed: {n}").format(n=told["codings"]))
    if told.get("reopened"):
        reopened = t("decisions to make again: {n} (`fieldkit adjudicate --list`)")
        told_of.append(reopened.format(n=told["reopened"]))
    line = t("{what}; `fieldkit undo {change}` takes it back")
    return line.format(what=", ".join(told_of), change=told["change"])


def _fields(study: Study, args: argparse.Namespace) -> dict[str, Any]:
    """The fields that options give."""
    fields: dict[str, Any] = {}
    for option, _ in _TEXTS:
        name = option.replace("-", "_")
        if given := getattr(args, name):
            fields[name] = _texts(study, given)
    if args.example is not None:
        fields["examples"] = [_texts(study, [each]) for each in args.example]
    if args.alias is not None:
        fields["aliases"] = args.alias
    for name in ("colour", "pattern"):
        if getattr(args, name) is not None:
            fields[name] = getattr(args, name)
    return fields


def _texts(study: Study, given: list[str]) -> dict[str, str]:
    """Language to words, from `fr=mots` or plain words, which are in the study's first language."""
    languages = study.framework.languages
    found = {}
    for each in given:
        language, sign, words = each.partition("=")
        known = sign and language.strip() in languages
        found[language.strip() if known else languages[0]] = words if known else each
    return found


def _text_options(parser: argparse.ArgumentParser) -> None:
    for option, told in _TEXTS:
        parser.add_argument(
            f"--{option}",
            action="append",
            metavar="[LANGUAGE=]TEXT",
            help=t(told),
        )
    parser.add_argument("--example", action="append", metavar="[LANGUAGE=]TEXT", help=t("may be repeated"))
    parser.add_argument("--alias", action="append", metavar="WORD", help=t("may be repeated"))
    parser.add_argument("--colour", metavar="#RRGGBB", help=t("of its marks"))
    parser.add_argument(
        "--pattern", metavar="PATTERN", help=t("of its marks: solid, dots, stripes, bars, checks")
    )


def _split_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--into", required=True, action="append", metavar="NAME: DEFINITION", help=t("a new code; repeat it")
    )
    parser.add_argument(
        "--give",
        action="append",
        default=[],
        metavar="CODING=NAME",
        help=t("a passage (`fieldkit codebook passages` lists them) and its new code; repeat it"),
    )
    parser.add_argument("--rest", metavar="NAME", help=t("the code that all other passages get"))


def _options_after(parser: argparse.ArgumentParser) -> None:
    """Options that mean the same said before the action or after it."""
    json_option(parser)
    for name, kind in (("--study", Path), ("--author", str), ("--passphrase-fd", int)):
        short = ("-s",) if name == "--study" else ()
        parser.add_argument(*short, name, type=kind, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument(
        "--no-passphrase", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
