"""The command line: one table of commands, each imported only when it is named."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from fieldkit import __version__
from fieldkit.cli.argparse_words import argparse_speaks
from fieldkit.say import t

USAGE_ERROR = 2


class Command(NamedTuple):
    """A command: its name, the module in `fieldkit.cli` that has it, and what it does."""

    name: str
    module: str
    help: str


COMMANDS = (
    Command("open", "open", "open a study in the app (also: fieldkit STUDY)"),
    Command("demo", "demo", "make a practice study with made-up data and open it"),
    Command("new", "new", "make a new study"),
    Command("check", "check", "check guides, framework and codebook"),
    Command("status", "status", "coverage by evaluation question and group, interviews by state"),
    Command("respondent", "respondent", "add a respondent to the roster, or list them"),
    Command("interview", "interview", "open the app at a respondent's interview"),
    Command("record", "record", "record a response, or what a person consented to"),
    Command("notes", "notes", "clean up the notes of an answer: split, join, correct, say what is verbatim"),
    Command("code", "code", "give codes to a passage"),
    Command(
        "texts", "texts", "what was said, by interview, evaluation question or code; what is left to code"
    ),
    Command("find", "find", "find words in notes and documents, and code all or some of the hits"),
    Command("codings", "codings", "codings that wait for a decision, since their words were changed"),
    Command("memo", "memo", "write a memo on a passage, a code, an interview or the study; or list memos"),
    Command("codebook", "codebook", "the tree of codes: list, add, move, merge, split, retire, export"),
    Command("assign", "assign", "give a second coder a share to code blind, or hand one in"),
    Command(
        "tabulate", "tabulate", "tables of positions, codes, ratings, coverage, saturation, evidence and more"
    ),
    Command("trace", "trace", "the persons, responses and words that a figure of any table rests on"),
    Command("findings", "findings", "state, review and list findings, with the strength of their evidence"),
    Command(
        "triangulate",
        "triangulate",
        "which methods and groups agree with findings, what is missing, how far groups differ",
    ),
    Command("saturation", "saturation", "whether the last interviews still brought new codes"),
    Command("agreement", "agreement", "how far coders agree, by pair, code and evaluation question"),
    Command("adjudicate", "adjudicate", "where coders differ, side by side, and what is decided there"),
    Command(
        "export",
        "export",
        "write reports (.xlsx .docx .html .md), rows (.csv .parquet), all (.json .qdpx), codes (.qdc .yaml)",
    ),
    Command(
        "import",
        "import_",
        "take in a roster, an archive, another program's project, a document, or a .draft",
    ),
    Command("log", "log", "who changed what, when, from what to what"),
    Command("undo", "undo", "take a change back"),
    Command("redo", "redo", "do again what your last undo took back"),
    Command(
        "verify", "verify", "look whether a store, a backup, or the numbers of a report are as they should be"
    ),
    Command("backup", "backup", "write a backup of the study and read it back"),
    Command("restore", "restore", "make a study of a backup, in a new folder"),
    Command("purge", "purge", "erase for good what nobody may keep, or forbid it by a hold"),
    Command("passphrase", "passphrase", "encrypt a study, change its passphrase, or renew its recovery code"),
    Command("schema", "schema", "print the JSON Schema of the archive"),
)
"""Every command, in the order of an evaluator's day."""

_BY_NAME = {command.name: command for command in COMMANDS}
_WITH_VALUE = ("-s", "--study", "--author", "--passphrase-fd", "--lock-after")
"""Options that may stand before the command and take a value."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and exit."""
        from fieldkit.cli.output import complain

        complain(t("{message}; see {prog} --help").format(message=message, prog=self.prog))
        raise SystemExit(USAGE_ERROR)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run fieldkit.

    Args:
        arguments: what stands after the program's name; None takes the process's own.

    Returns:
        0 done, 1 the study or the input is at fault, 2 wrong usage.
    """
    from fieldkit.cli.lastresort import install
    from fieldkit.cli.output import prepare, print_out
    from fieldkit.study.preferences import speak_preferred

    if arguments is None:
        install()
    prepare()
    _leave_no_core()
    speak_preferred()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        print_out()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE_ERROR
    except BaseException as error:
        from fieldkit.cli.failure import tell

        return tell(error)
    return code


def _leave_no_core() -> None:
    """Keep what is in memory, keys and words, out of core dumps."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(arguments: list[str]) -> int:
    name, rest = _split(arguments)
    if name is None:
        return _top_level(rest)
    command = _BY_NAME[name]
    module = importlib.import_module(f"fieldkit.cli.{command.module}")
    with argparse_speaks():
        parser = Parser(
            prog=f"fieldkit {name}", description=f"{t(command.help)}.".capitalize(), allow_abbrev=False
        )
        module.configure(parser)
        args = parser.parse_args(rest)
    return int(module.run(args))


def _split(arguments: list[str]) -> tuple[str | None, list[str]]:
    """The command that is meant and the arguments for it; None where fieldkit itself is asked."""
    index = 0
    while index < len(arguments) and arguments[index].startswith("-") and arguments[index] != "--":
        if arguments[index] in ("-h", "--help", "--version"):
            return None, arguments[index:]
        index += 2 if arguments[index] in _WITH_VALUE else 1
    if index >= len(arguments):
        return "open", arguments
    word = arguments[index]
    if word in _BY_NAME:
        return word, arguments[:index] + arguments[index + 1 :]
    if word == "--" or Path(word).expanduser().exists() or any(sign in word for sign in "/\\."):
        return "open", arguments
    from fieldkit.study.errors import UnknownId
    from fieldkit.text import visible_line

    Parser(prog="fieldkit").error(f"{UnknownId('command or folder', visible_line(word), _BY_NAME)}")


def _top_level(arguments: list[str]) -> int:
    if arguments[0] == "--version":
        print(f"fieldkit {__version__}")
        return 0
    width = max(len(command.name) for command in COMMANDS)
    print(t("usage: fieldkit [STUDY] | fieldkit COMMAND ...") + "\n")
    print(t("Guide, record, code and tabulate evaluation interviews, offline.") + "\n")
    for command in COMMANDS:
        print(f"  {command.name:{width}}  {t(command.help)}")
    told = t(
        "`fieldkit COMMAND --help` tells more. A command works on the study named by -s/--study,\n"
        "else on the one in the current folder or above it."
    )
    print(f"\n{told}")
    return 0
