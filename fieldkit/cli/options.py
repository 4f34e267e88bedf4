"""Options that several commands take, and what they mean."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.output import interactive, warn
from fieldkit.cli.secrets import decide_protection, passphrase_option, study_keys
from fieldkit.say import language, t

if TYPE_CHECKING:
    from fieldkit.study.study import Study


def study_option(parser: argparse.ArgumentParser) -> None:
    """Add `-s/--study`."""
    parser.add_argument(
        "-s",
        "--study",
        type=Path,
        metavar="STUDY",
        help=t("the study's folder; else the current one or the nearest above"),
    )
    passphrase_option(parser)


def author_option(parser: argparse.ArgumentParser) -> None:
    """Add `--author`, and what a first write has to know."""
    parser.add_argument(
        "--author", metavar="INITIALS", help=t("whose work it is; else as kept for this study")
    )
    parser.add_argument(
        "--no-passphrase",
        action="store_true",
        help=t("where nothing has been kept yet: keep it unencrypted, readable by whoever gets at the disk"),
    )


def json_option(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help=t("print data as JSON"))


def language_option(parser: argparse.ArgumentParser) -> None:
    """Add `--language`."""
    parser.add_argument(
        "--language",
        metavar="en|fr",
        help=t("language of labels; else French where the program speaks it, or the study's first"),
    )


def open_study(args: argparse.Namespace, *, write: bool | None = False) -> Study:
    """Open the study that the arguments mean; notices about its store are told.

    Args:
        args: the parsed arguments.
        write: whether something is to be written; None if so, but never into a study without a store.

    Raises:
        NoStudy: there is none.
        StudyError: it is encrypted, and its passphrase is not at hand.
        StoreError: its store cannot be opened.
    """
    from fieldkit.study.locate import find_study
    from fieldkit.study.study import Study

    folder = find_study(args.study)
    author = getattr(args, "author", None)
    study = Study.open(folder, write=write is not False, author=author, keys=study_keys(args, folder))
    for notice in study.notices:
        warn(notice)
    if write:
        decide_protection(args, study)
    if study.practice:
        warn(t("practice data: everything in this study is made up"))
    return study


def ensure_author(study: Study) -> None:
    """Ask whose work it is where nobody has said and somebody is there to answer.

    Raises:
        AuthorNeeded: nobody has said, and nobody can be asked.
    """
    if study.author is None and interactive():
        from fieldkit.cli.ask import ask_author

        study.set_author(ask_author())
    study.need_author()


def label_language(args: argparse.Namespace, study: Study) -> str:
    """The language that labels are wanted in: the one named, else the interface's where that is not English.

    English is what the interface speaks where nobody chose, so it says nothing of what is wanted; then it is
    the study's first language.

    Raises:
        UnknownId: the study has no texts in it.
    """
    from fieldkit.study.errors import UnknownId

    languages = study.framework.languages
    if args.language is not None and args.language not in languages:
        raise UnknownId("language", args.language, languages)
    spoken = language()
    return str(args.language or (spoken if spoken != "en" and spoken in languages else languages[0]))
