"""Making backups of a study: one a day by itself, more on demand, of its own no more than a set number."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.backup import SUFFIX, read_manifest, write_backup
from fieldkit.storage.errors import StoreError
from fieldkit.study.backup_places import backup_folder, listed_backups
from fieldkit.study.errors import StudyError
from fieldkit.study.local import last_backup, read_local, write_local
from fieldkit.study.locate import GUIDES, STORE

if TYPE_CHECKING:
    from fieldkit.study.study import Study

KEEP = 7
"""How many are kept unless somebody says otherwise."""

MOST_BYTES = 256 << 20
"""Of a larger journal no backup is made by itself: that would take the disk from whoever types."""

_FILE_LIMIT = 4 << 20


@dataclass(frozen=True)
class Backup:
    """A backup that was written and read back.

    Attributes:
        path: its file.
        made_at: when, ISO 8601, UTC.
        sealed: whether what it holds is encrypted.
        removed: older backups that it replaced.
    """

    path: Path
    made_at: str
    sealed: bool
    removed: tuple[Path, ...]


def back_up(study: Study, folder: Path | None = None, keep: int | None = None) -> Backup:
    """Write a backup, read it back, and remove the oldest beyond what is kept.

    Args:
        study: the study, open for writing.
        folder: where to; remembered for the next time. None is where the last one went.
        keep: how many of this study are kept there; remembered likewise.

    Raises:
        StudyError: there is nothing to back up, or `keep` is not at least 1.
        StoreError: it could not be written, or not read back; older ones stay.
    """
    if study.store is None:
        raise StudyError(
            t("{folder}: nothing has been recorded in this study yet: no backup was made").format(
                folder=study.folder
            )
        )
    if keep is not None and keep < 1:
        raise StudyError(t("--keep {keep}: keep at least one").format(keep=keep))
    told = read_local(study.folder)
    place = folder.expanduser().absolute() if folder else backup_folder(study.folder)
    kept = keep or _count(told.get("backup_keep"))
    _make_folder(place, study.folder)
    moment = datetime.now(UTC)
    target = _free_name(place, study.folder.name, moment)
    # What was erased and not yet swept out of the journal is not to live on in a backup.
    study.store.sweep()
    listed = listed_backups(study.folder)
    _remember(study.folder, [*listed, target])
    try:
        manifest = write_backup(study.store, target, _guides(study.folder))
    except BaseException:
        _remember(study.folder, listed)
        raise
    removed = _remove_oldest(listed, place, study.store.study_id, kept, target)
    _remember(
        study.folder,
        [*(path for path in listed if path not in removed), target],
        backup_folder=str(place) if folder else told.get("backup_folder"),
        backup_keep=keep or told.get("backup_keep"),
        backed_up_at=moment.date().isoformat(),
    )
    return Backup(target, manifest.made_at, manifest.sealed, removed)


def back_up_if_due(study: Study) -> Backup | None:
    """Write today's backup, unless it was written, or there is nothing in the store worth one.

    Args:
        study: the study; it may be written to meanwhile.

    Returns:
        The backup, or None where none was due: of a practice study, and of a large one, none ever is.

    Raises:
        StudyError: backups cannot be kept where they go.
        StoreError: it could not be written, or not read back; or the study was locked meanwhile.
        OSError: the store cannot be read.
    """
    if study.store is None or study.read_only or not study.store.tables() or study.practice:
        return None
    if last_backup(study.folder) == datetime.now(UTC).date().isoformat():
        return None
    if (study.folder / STORE / "journal").stat().st_size > MOST_BYTES:
        return None
    return back_up(study)


def _remember(study: Path, backups: list[Path], **changes: Any) -> None:
    """Keep the list of backups; before one is written, too: half-written it does not tell whose it is."""
    with contextlib.suppress(OSError):
        write_local(study, backups=[str(path) for path in backups], **changes)


def _make_folder(place: Path, study: Path) -> None:
    try:
        if place.parent == study:
            files.make_folder(place)
        else:
            files.make_parents(place)
            place.mkdir(mode=files.PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        told = t("{place}: backups cannot be kept there ({reason}); name a folder with --to")
        raise StudyError(told.format(place=place, reason=reason_of(error))) from None


def _free_name(place: Path, study: str, moment: datetime) -> Path:
    stem = f"{study}-{moment.strftime('%Y%m%dT%H%M%SZ')}"
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 1000))
    return next(path for name in names if not (path := place / f"{name}{SUFFIX}").exists())


def _guides(folder: Path) -> dict[str, Path]:
    """The files that say what is asked: a restored study must be whole."""
    found = sorted((folder / GUIDES).iterdir()) if (folder / GUIDES).is_dir() else []
    return {
        f"{GUIDES}/{path.name}": path
        for path in found
        if path.suffix in (".yaml", ".yml") and path.is_file() and path.stat().st_size <= _FILE_LIMIT
    }


def _remove_oldest(
    listed: list[Path], place: Path, study_id: str, keep: int, newest: Path
) -> tuple[Path, ...]:
    """Remove the oldest in a folder of the backups that this laptop made, in the order in which it did.

    What a file says of its date counts for nothing, and what this laptop did not make stays: neither pushes
    out a backup that is genuine.
    """
    # A study that was moved has its backups beside it still, and only their names as they were.
    found = [place / name for name in dict.fromkeys(path.name for path in listed)]
    own = [path for path in found if path != newest and _is_of(path, study_id)]
    removed = []
    for path in own[: max(0, len(own) - (keep - 1))]:
        with contextlib.suppress(OSError):
            files.unlink(path)
            removed.append(path)
    return tuple(removed)


def _is_of(path: Path, study_id: str) -> bool:
    try:
        return read_manifest(path).study == study_id
    except StoreError:
        return False


def _count(value: object) -> int:
    return value if type(value) is int and value > 0 else KEEP
