"""Passphrases at the shell: read from a descriptor or asked for, never from arguments or the environment."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.cli.output import complain, interactive, say, warn
from fieldkit.say import t

if TYPE_CHECKING:
    from fieldkit.storage.keys import Keyring
    from fieldkit.study.study import Study

TRIES = 3
_LIMIT = 4096


def passphrase_option(parser: argparse.ArgumentParser) -> None:
    """Add `--passphrase-fd`."""
    parser.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        help=t("read the passphrase, or the recovery code, from this file descriptor; else you are asked"),
    )


def read_secret(descriptor: int, option: str = "--passphrase-fd") -> str:
    """Read a passphrase from a file descriptor, without its one final newline.

    Args:
        descriptor: its number.
        option: the option it was given with, for messages.

    Raises:
        StudyError: nothing can be read there, or it is no UTF-8.
    """
    from fieldkit.study.errors import StudyError

    try:
        with os.fdopen(descriptor, "rb") as file:
            content = file.read(_LIMIT + 1)
        text = content.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
    except (OSError, ValueError, OverflowError):
        raise StudyError(
            t("{option} {descriptor}: no passphrase can be read there; write it as UTF-8").format(
                option=option, descriptor=descriptor
            )
        ) from None
    if not text or len(content) > _LIMIT:
        raise StudyError(
            t("{option} {descriptor}: there is no passphrase, or it is too long").format(
                option=option, descriptor=descriptor
            )
        )
    return text


def study_keys(args: argparse.Namespace, folder: Path) -> Keyring | None:
    """The keys of the study in a folder; None where it is not encrypted.

    A descriptor can be read once, and nobody is asked twice: keys found once stay with the arguments.

    Args:
        args: the parsed arguments.
        folder: the study.

    Raises:
        StudyError: the passphrase is needed, and nobody can be asked.
        WrongPassphrase: it opens nothing.
    """
    from fieldkit.study.protection import needs_passphrase

    if not needs_passphrase(folder):
        refuse_passphrase_of_none(args, folder)
        return None
    if getattr(args, "unlocked", None) is None:
        args.unlocked = _unlock(args, folder)
    keys: Keyring = args.unlocked
    return keys


def refuse_passphrase_of_none(args: argparse.Namespace, folder: Path) -> None:
    """Refuse a passphrase for a study that is there and not encrypted: somebody may have changed that.

    Raises:
        StudyError: one was given.
    """
    from fieldkit.storage.opening import has_store
    from fieldkit.study.errors import StudyError
    from fieldkit.study.locate import STORE

    if args.passphrase_fd is not None and has_store(folder / STORE):
        raise StudyError(
            t(
                "{folder}: a passphrase was given, but this study is not encrypted: if it was, "
                "somebody changed it; if not, `fieldkit passphrase --add` encrypts it"
            ).format(folder=folder)
        )


def _unlock(args: argparse.Namespace, folder: Path) -> Keyring:
    from fieldkit.storage.errors import WrongPassphrase
    from fieldkit.study.errors import StudyError

    if args.passphrase_fd is not None:
        return _unlock_with(args, folder, read_secret(args.passphrase_fd))
    if not interactive():
        raise StudyError(
            t("{folder}: encrypted: give its passphrase with --passphrase-fd N").format(folder=folder)
        )
    from fieldkit.cli.ask import ask_secret

    for _ in range(TRIES - 1):
        try:
            return _unlock_with(args, folder, ask_secret(t("Passphrase (or recovery code):")))
        except WrongPassphrase as error:
            complain(str(error))
    return _unlock_with(args, folder, ask_secret(t("Passphrase (or recovery code):")))


def _unlock_with(args: argparse.Namespace, folder: Path, secret: str) -> Keyring:
    """Open the keys; what opened them stays only with the arguments of a command that asked for it."""
    from fieldkit.study.protection import unlock

    keys = unlock(folder, secret)
    if hasattr(args, "secret"):
        args.secret = secret
    return keys


def decide_protection(args: argparse.Namespace, study: Study) -> None:
    """Settle, before the first write to a study without a store, whether it shall be encrypted.

    Where nobody has said and nobody can be asked, that write is refused.
    """
    if study.store is not None:
        return
    if args.passphrase_fd is not None:
        study.decide_protection(read_secret(args.passphrase_fd))
    elif args.no_passphrase:
        study.decide_protection(None)
    elif interactive():
        from fieldkit.cli.ask import ask_protection

        study.decide_protection(ask_protection())
    else:
        return
    code = study.begin_store().recovery_code
    if code is not None:
        for line in recovery_lines(code):
            warn(line)


def recovery_lines(code: str) -> list[str]:
    """What is said of a recovery code, which is shown this once."""
    return [
        t("recovery code: {code}").format(code=code),
        t(
            "Write it down and keep it apart from the laptop: it opens the study if the passphrase is "
            "forgotten, and it is not shown again."
        ),
    ]


def tell_recovery_code(code: str) -> None:
    """Print a recovery code on standard output."""
    for line in recovery_lines(code):
        say(line)
