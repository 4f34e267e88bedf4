"""fieldkit new: make a study in a folder of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldkit.cli.output import interactive, print_json, say
from fieldkit.cli.secrets import passphrase_option, read_secret, tell_recovery_code
from fieldkit.say import t

SHIPPED = "iom-membership"
"""Name of the template that comes with fieldkit."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help=t("the folder to make; you are asked without it")
    )
    parser.add_argument(
        "--template",
        metavar="NAME",
        help=t("{shipped} (unless given), or a study's folder to take the guides from").format(
            shipped=SHIPPED
        ),
    )
    parser.add_argument("--author", metavar="INITIALS", help=t("who works in it on this laptop"))
    parser.add_argument(
        "--no-passphrase",
        action="store_true",
        help=t(
            "keep what is recorded unencrypted: whoever gets at the disk, or at a copy, can read every word"
        ),
    )
    passphrase_option(parser)
    parser.add_argument("--json", action="store_true", help=t("print where it is as JSON"))


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.study.create import create_study, new_place
    from fieldkit.study.errors import StudyError

    passphrase = _passphrase(args)
    if interactive():
        _ask(args)
    if args.path is None:
        raise StudyError(t("where shall the study be? name a folder: fieldkit new PATH"))
    new_place(args.path)
    template = None if args.template in (None, SHIPPED) else args.template
    if passphrase is None and not args.no_passphrase:
        if not interactive():
            raise StudyError(
                t("say how it shall be kept: --passphrase-fd N, or --no-passphrase (not encrypted)")
            )
        from fieldkit.cli.ask import ask_protection

        passphrase = ask_protection()
    if template is not None and Path(template).suffix.lower() == ".json":
        from fieldkit.exchange.share import study_of_share

        folder = study_of_share(Path(template), args.path, passphrase=passphrase)
    else:
        folder = create_study(args.path, template=template, author=args.author, passphrase=passphrase)
    code = _recovery_code(folder, passphrase)
    if args.json:
        print_json({"study": str(folder), "encrypted": code is not None, "recovery_code": code})
        return 0
    say(t("{folder}: a new study").format(folder=folder))
    if code is None:
        told = t(
            "What is recorded in it is NOT encrypted: who gets at this disk, or a copy, can read every word."
        )
        say(told)
        say(t("`fieldkit passphrase --add` encrypts it later."))
    else:
        say(t("What is recorded in it is encrypted: with passphrase and code lost, nobody can ever read it."))
        tell_recovery_code(code)
    say(t("Next: fieldkit {path}").format(path=args.path))
    return 0


def _passphrase(args: argparse.Namespace) -> str | None:
    from fieldkit.study.errors import StudyError

    if args.passphrase_fd is None:
        return None
    if args.no_passphrase:
        raise StudyError(t("--passphrase-fd and --no-passphrase contradict each other: give one of them"))
    return read_secret(args.passphrase_fd)


def _recovery_code(folder: Path, passphrase: str | None) -> str | None:
    """The code of a study just made, which nobody has seen yet."""
    if passphrase is None:
        return None
    from fieldkit.study.protection import renew_recovery_code, unlock

    return renew_recovery_code(folder, unlock(folder, passphrase))


def _ask(args: argparse.Namespace) -> None:
    """Ask for what the arguments leave open."""
    from fieldkit.cli.ask import ask_author, ask_text

    if args.path is None:
        args.path = Path(ask_text(t("Folder of the new study:"), default="my-study"))
    if args.author is None:
        args.author = ask_author()
