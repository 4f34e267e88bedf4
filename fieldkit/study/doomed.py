"""Destroying a file or folder that holds what was said, so that being stopped half-way does no harm."""

from __future__ import annotations

from pathlib import Path

from fieldkit.storage import files

_ENDING = ".purged"


def is_doomed(path: Path) -> bool:
    """Whether something is what was being destroyed when that was stopped."""
    return path.name.endswith(_ENDING)


def destroy(path: Path) -> Path | None:
    """Overwrite and remove a file, or a folder with all that is in it.

    It is renamed before: half-destroyed, nothing but the name would tell that it may go.

    Args:
        path: what to destroy.

    Returns:
        None; or where it lies now, if it could not be destroyed.
    """
    doomed = path if is_doomed(path) else path.with_name(path.name + _ENDING)
    try:
        files.rename(path, doomed)
        if doomed.is_dir():
            files.erase_tree(doomed)
        else:
            files.erase(doomed)
    except OSError:
        return doomed if doomed.exists() else path
    return None
