"""A store's folder before anything in it is read: there is a store, and nothing in it leads elsewhere."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from fieldkit.say import reason_of, t
from fieldkit.storage.errors import StoreDamaged, StoreError
from fieldkit.storage.journal import KIND
from fieldkit.storage.keycopies import finished_keys
from fieldkit.storage.total_purge import NAME as DECISION

_WRITTEN_IN_PLACE = (KIND, "anchor", "lock")
_REMAINS = ("anchor", "snapshot", "drafts", DECISION)
"""What is beside a journal once something was saved."""


def require_store(folder: Path) -> None:
    """Refuse a folder without a store, or with links in it.

    Raises:
        StoreError: there is none, or it is not as fieldkit makes one.
    """
    refuse_linked(folder)
    if folder.exists() and not folder.is_dir():
        raise StoreError(t("{folder}: a file is in the store's place: move it away").format(folder=folder))
    if not (folder / KIND).is_file():
        refuse_remains(folder)
        raise StoreError(t("{folder}: there is no store here").format(folder=folder))
    refuse_links(folder)


def refuse_remains(folder: Path) -> None:
    """Refuse a folder whose journal is gone: what is left beside it shows that there was one."""
    left = remains(folder)
    if left is not None:
        raise StoreDamaged(
            t(
                "{path}: is missing, though {left} beside it shows that there was a store: put it "
                "back, or restore a backup; nothing was changed"
            ).format(path=folder / KIND, left=left)
        )


def remains(folder: Path) -> str | None:
    """Return the name of something that is beside a journal only once there was one, or None."""
    return next((name for name in _REMAINS if (folder / name).exists()), None) or finished_keys(folder)


def refuse_linked(folder: Path) -> None:
    """Refuse a link in the folder's own place: what was said must not land where it leads."""
    if folder.is_symlink():
        raise StoreError(
            t(
                "{folder}: is a link, and a study keeps what was said in its own folder: remove "
                "the link, or put the folder that it leads to in its place; nothing was changed"
            ).format(folder=folder)
        )


def refuse_shared(folder: Path) -> None:
    """Refuse files that are written in place and have a second name: what that leads to is written as well.

    Raises:
        StoreError: one of them has.
    """
    for name in _WRITTEN_IN_PLACE:
        with contextlib.suppress(FileNotFoundError):
            if (folder / name).stat().st_nlink > 1:
                raise StoreError(
                    t(
                        "{path}: has another name elsewhere (a hard link), and that would be written too: "
                        "put a copy in its place; nothing was changed"
                    ).format(path=folder / name)
                )


def refuse_links(folder: Path) -> None:
    """Refuse a folder in which a link was put in a file's place: what is written must not land elsewhere."""
    try:
        with os.scandir(folder) as entries:
            link = next((entry.name for entry in entries if entry.is_symlink()), None)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            t("{folder}: cannot be read: {reason}").format(folder=folder, reason=reason_of(error))
        ) from error
    if link is not None:
        raise StoreError(
            t(
                "{path}: is a link, and a store's files must lie in it: remove the link, or put "
                "what it leads to in its place; nothing was changed"
            ).format(path=folder / link)
        )
