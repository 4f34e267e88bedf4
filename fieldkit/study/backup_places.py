"""Where the backups of a study are: what this laptop remembers of them, finding them, and destroying them."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.storage.backup import SUFFIX, read_manifest
from fieldkit.storage.errors import StoreError
from fieldkit.study.doomed import destroy, is_doomed
from fieldkit.study.local import read_local, write_local

if TYPE_CHECKING:
    from fieldkit.study.study import Study

FOLDER = "backups"
"""Where backups go unless somebody says otherwise: a folder of the study."""

_UNFINISHED = ".new"
"""Ending of a backup that is being written."""


def backup_folder(study: Path) -> Path:
    """The folder where the next backup goes: the one that was named last, else one in the study.

    Args:
        study: the study's folder.
    """
    told = read_local(study).get("backup_folder")
    return Path(told) if isinstance(told, str) else study / FOLDER


def listed_backups(folder: Path) -> list[Path]:
    """The backups that this laptop remembers having made, or begun, of a study, oldest first.

    Args:
        folder: the study.
    """
    listed = read_local(folder).get("backups")
    told = listed if isinstance(listed, list) else []
    return [Path(path) for path in told if isinstance(path, str) and SUFFIX in path]


def known_places(folder: Path) -> set[Path]:
    """The folders in which backups of a study may lie, as far as this laptop knows and can reach them.

    Args:
        folder: the study.
    """
    # Whoever forgot the list, or copied a backup by hand within its folder, has it found all the same.
    told = {folder / FOLDER, backup_folder(folder), *(path.parent for path in listed_backups(folder))}
    return {place for place in told if place.is_dir()}


def known_backups(folder: Path, study_id: str) -> tuple[list[Path], list[Path]]:
    """The backups of a study that this laptop knows: those that are there, and those out of reach now.

    Nothing but a file that says it is a backup of this very study counts, whatever else lies there, and one
    that was not finished where this laptop began it.

    Args:
        folder: the study.
        study_id: its id.
    """
    told = listed_backups(folder)
    found = {path for place in known_places(folder) for path in place.glob(f"*{SUFFIX}*")}
    begun = {path.with_name(path.name + _UNFINISHED) for path in told}
    here, left = [], [path for path in told if not path.parent.is_dir()]
    for path in sorted(found):
        unfinished = path.name.endswith(_UNFINISHED) and path.parent == folder / FOLDER
        if is_doomed(path) or path in begun or unfinished:
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
        still = destroy(path)
        if still is None:
            removed.append(path)
        else:
            left.append(still)
    with contextlib.suppress(OSError):
        write_local(study.folder, backups=[str(path) for path in left], backed_up_at=None)
    return tuple(removed), tuple(left)
