"""What commands that were killed left of a study in the places that it knows, and destroying that.

Restoring, making and checking unpack into a scratch folder beside what they work on; an export is written
beside its target. Each removes its own, unless it is killed.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.say import mark
from fieldkit.storage.opening import study_of
from fieldkit.study.backup_places import FOLDER, known_places
from fieldkit.study.doomed import destroy, is_doomed
from fieldkit.study.locate import STORE

if TYPE_CHECKING:
    from fieldkit.study.study import Study

SCRATCH = ".fieldkit-"
"""What the scratch folder of a backup that is looked into begins with."""

SCRATCH_OF_SYSTEM = "fieldkit-"
"""What it begins with among the system's own, where the backup's medium takes nothing."""

LEFT_BEHIND = mark(
    "{path}: left by a command that was killed, perhaps of this study: look at it, and destroy it by hand"
)
"""What is said of what is left."""

_SCRATCH = re.compile(r"(?:\.?fieldkit-|\..+\.)[a-z0-9_]{8}(?:\.purged)?")
_EXPORT = re.compile(r"\..+(?:\.[0-9a-f]{8}\.part|\.xlsx\.[a-z0-9_]{8})(?:\.purged)?")
"""An export that is being written, and the scratch folder of a workbook."""


def destroy_leftovers(study: Study) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Destroy what killed commands left: in the study's folder, beside it, beside its backups.

    Args:
        study: the study.

    Returns:
        What was destroyed; and what is left, since it could not be removed or does not tell whose it is.
    """
    if study.store is None:
        return (), ()
    removed, left = [], []
    for path, own in _found(study.folder, study.store.study_id):
        still = destroy(path) if own else path
        if still is None:
            removed.append(path)
        else:
            left.append(still)
    return tuple(removed), tuple(left)


def _found(folder: Path, study_id: str) -> Iterator[tuple[Path, bool]]:
    """Yield what may hold something of a study, and whether it surely does."""
    within = {folder, folder / FOLDER}
    for place in sorted(within | known_places(folder) | {folder.parent, Path(tempfile.gettempdir())}):
        for path in _entries(place):
            content = path / "study" / STORE
            if _SCRATCH.fullmatch(path.name) and (_holds(content) or is_doomed(path)):
                of = study_of(content)
                if of in (None, study_id):
                    yield path, of == study_id or is_doomed(path) or place in within
            elif _EXPORT.fullmatch(path.name):
                yield path, is_doomed(path) or place in within


def _entries(place: Path) -> list[Path]:
    try:
        return sorted(path for path in place.iterdir() if not path.is_symlink())
    except OSError:
        return []


def _holds(folder: Path) -> bool:
    """Whether there is any file in a folder; not in one that is another user's."""
    try:
        return any(path.is_file() for path in folder.rglob("*"))
    except OSError:
        return False
