"""Where the backups of a study are: what this laptop remembers of them, finding them, and destroying them."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.storage import files
from fieldkit.storage.backup import SUFFIX, read_manifest
from fieldkit.storage.errors import StoreError
from fieldkit.study.local import read_local, write_local

if TYPE_CHECKING:
    from fieldkit.study.study import Study

FOLDER = "backups"
"""Where backups go unless somebody says otherwise: a folder of the study."""

_DOOMED = ".purged"
"""Ending of a backup of this study that is being destroyed."""


def backup_folder(study: Path) -> Path:
    """The folder where the next backup goes: the one that was named last, else one in the study.

    Args:
        study: the study's folder.
    """
    told = read_local(study).get("backup_folder")
    return Path(told) if isinstance(told, str) else study / FOLDER


def listed_backups(folder: Path) -> list[Path]:
    """The backups that this laptop remembers having made of a study, oldest first.

    Args:
        folder: the study.
    """
    listed = read_local(folder).get("backups")
    told = listed if isinstance(listed, list) else []
    return [Path(path) for path in told if isinstance(path, str) and path.endswith(SUFFIX)]


def known_backups(folder: Path, study_id: str) -> tuple[list[Path], list[Path]]:
    """The backups of a study that this laptop knows: those that are there, and those out of reach now.

    Nothing but a file that says it is a backup of this very study counts, whatever else lies there.

    Args:
        folder: the study.
        study_id: its id.
    """
    told = listed_backups(folder)
    # Whoever forgot the list, or copied one by hand within its folder, has them found all the same.
    folders = {folder / FOLDER, backup_folder(folder), *(path.parent for path in told)}
    found = {path for each in folders if each.is_dir() for path in each.glob(f"*{SUFFIX}*")}
    here, left = [], [path for path in told if not path.parent.is_dir()]
    for path in sorted(found):
        if path.name.endswith(_DOOMED):
            here.append(path)
            continue
        try:
            own = read_manifest(path).study == study_id
        except StoreError:
            # Neither another study's nor surely this one's: for a person to look at.
            left.append(path)
            continue
        if own:
            here.append(path)
    return here, left


def destroy_backups(study: Study) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Destroy the backups of a study that this laptop knows, and forget that there were any.

    Args:
        study: the study.

    Returns:
        Those destroyed; and those that are left: out of reach, unreadable, or not to be removed.
    """
    if study.store is None:
        return (), ()
    here, away = known_backups(study.folder, study.store.study_id)
    removed, left = [], list(away)
    for path in here:
        doomed = path if path.name.endswith(_DOOMED) else path.with_name(path.name + _DOOMED)
        try:
            # Stopped half-way through erasing it, nothing else would tell whose it was.
            files.rename(path, doomed)
            files.erase(doomed)
            removed.append(path)
        except OSError:
            left.append(doomed if doomed.exists() else path)
    with contextlib.suppress(OSError):
        write_local(study.folder, backups=[str(path) for path in left], backed_up_at=None)
    return tuple(removed), tuple(left)
