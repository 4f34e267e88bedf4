"""Write a file whole or not at all, and never over another one unasked."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fieldkit.exchange.errors import ExchangeError
from fieldkit.say import reason_of, t


@contextlib.contextmanager
def whole_file(target: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open a file that appears under its name only once everything is in it and on the disk.

    It is written beside the target, readable by its owner only, and renamed at the end. When the
    block raises, nothing stays behind and an older file of that name is as it was.

    Args:
        target: where the file shall be.
        force: replace a file that is there already.

    Yields:
        The file, open for writing bytes.

    Raises:
        ExchangeError: there is a file already, or the folder cannot be written to.
    """
    _check(target, force)
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        # A planted link of that name is refused (O_EXCL), never followed.
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
    except OSError as error:
        raise ExchangeError(
            t("{target}: cannot be written ({reason}); choose another folder").format(
                target=target, reason=reason_of(error)
            )
        ) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(temporary, target, force)
    except OSError as error:
        raise ExchangeError(
            t("{target}: could not be written ({reason}); nothing was kept").format(
                target=target, reason=reason_of(error)
            )
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _check(target: Path, force: bool) -> None:
    if target.is_dir():
        raise ExchangeError(
            t("{target}: this is a folder; name a file in it, such as {path}").format(
                target=target, path=target / "findings.xlsx"
            )
        )
    if not target.parent.is_dir():
        raise ExchangeError(
            t("{target}: there is no folder {parent}; make it first").format(
                target=target, parent=target.parent
            )
        )
    if not force and (target.exists() or target.is_symlink()):
        raise _exists(target)


def _put_in_place(temporary: Path, target: Path, force: bool) -> None:
    if force:
        temporary.replace(target)
        return
    try:
        # Unlike a rename, a link fails where another program made the target in the meantime.
        target.hardlink_to(temporary)
    except FileExistsError:
        raise _exists(target) from None
    except OSError:
        _check(target, force)
        temporary.replace(target)


def _exists(target: Path) -> ExchangeError:
    return ExchangeError(
        t("{target}: there is such a file already; name another, or add --force to replace it").format(
            target=target
        )
    )
