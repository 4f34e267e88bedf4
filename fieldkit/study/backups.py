"""Backups of a study: at most one a day by itself, more on demand, never more kept than a set number."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.storage import files
from fieldkit.storage.backup import (
    SUFFIX,
    Manifest,
    check_backup,
    extract_backup,
    read_manifest,
    write_backup,
)
from fieldkit.storage.errors import StoreError
from fieldkit.storage.store import Store
from fieldkit.study.create import new_place
from fieldkit.study.errors import StudyError
from fieldkit.study.local import read_local, write_local
from fieldkit.study.locate import GUIDES, STORE

if TYPE_CHECKING:
    from fieldkit.storage.keys import Keyring
    from fieldkit.storage.verification import Verification
    from fieldkit.study.study import Study

FOLDER = "backups"
"""Where backups go unless somebody says otherwise: a folder of the study."""

KEEP = 7
"""How many are kept unless somebody says otherwise."""

MOST_BYTES = 256 << 20
"""Of a larger journal no backup is made by itself: that would take the disk from whoever types."""

_FILE_LIMIT = 4 << 20
_DOOMED = ".purged"
"""Ending of a backup of this study that is being destroyed."""


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
        raise StudyError(f"{study.folder}: nothing has been recorded in this study yet: no backup was made")
    if keep is not None and keep < 1:
        raise StudyError(f"--keep {keep}: keep at least one")
    told = read_local(study.folder)
    place = folder.expanduser().absolute() if folder else _remembered(study.folder)
    kept = keep or _count(told.get("backup_keep"))
    _make_folder(place, study.folder)
    moment = datetime.now(UTC)
    target = _free_name(place, study.folder.name, moment)
    # What was erased and not yet swept out of the journal is not to live on in a backup.
    study.store.sweep()
    manifest = write_backup(study.store, target, _guides(study.folder))
    removed = _remove_oldest(place, study.store.study_id, kept, target)
    known = [path for path in told.get("backups", []) if path not in map(str, removed)]
    with contextlib.suppress(OSError):
        write_local(
            study.folder,
            backup_folder=str(place) if folder else told.get("backup_folder"),
            backup_keep=keep or told.get("backup_keep"),
            backups=[*(path for path in known if path != str(target)), str(target)],
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


def last_backup(folder: Path) -> str | None:
    """The day on which this laptop made the last backup of a study, ISO 8601, UTC; None where it made none.

    Args:
        folder: the study.
    """
    told = read_local(folder).get("backed_up_at")
    return told if isinstance(told, str) else None


def known_backups(folder: Path, study_id: str) -> tuple[list[Path], list[Path]]:
    """The backups of a study that this laptop knows: those that are there, and those out of reach now.

    Nothing but a file that says it is a backup of this very study counts, whatever else lies there.

    Args:
        folder: the study.
        study_id: its id.
    """
    listed = read_local(folder).get("backups", [])
    told = [Path(path) for path in listed if isinstance(path, str) and path.endswith(SUFFIX)]
    # Whoever forgot the list, or copied one by hand within its folder, has them found all the same.
    folders = {folder / FOLDER, _remembered(folder), *(path.parent for path in told)}
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


def restore_backup(backup: Path, path: Path) -> Path:
    """Make a study of a backup, in a folder that is new or empty; whole or not at all.

    Args:
        backup: the backup's file.
        path: the folder to make.

    Returns:
        The study's folder.

    Raises:
        StudyError: something is there already, or it cannot be written.
        StoreError: the backup is none, or damaged.
    """
    folder = new_place(path)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as scratch:
            new = Path(scratch) / "study"
            extract_backup(backup, new)
            if folder.exists():
                folder.rmdir()
            new.rename(folder)
    except OSError as error:
        raise StudyError(f"{path}: could not be restored there ({error.strerror or error})") from None
    return folder


def verify_backup(backup: Path, keys_of: Keyring | None) -> tuple[Manifest, Verification | None]:
    """Read all of a backup; its records too, where it is not encrypted or its keys are at hand.

    Args:
        backup: the backup's file.
        keys_of: of an encrypted one; None checks its bytes only.

    Returns:
        What it says of itself, and what was found in its store; None where that was not looked at.

    Raises:
        StoreError: it is none, or damaged.
    """
    manifest = check_backup(backup)
    if manifest.sealed and keys_of is None:
        return manifest, None
    with _scratch(backup) as scratch:
        extract_backup(backup, Path(scratch) / "study")
        return manifest, Store.verify_folder(Path(scratch) / "study" / STORE, keys_of)


def backup_keys(backup: Path, secret: str) -> Keyring:
    """Open the keys in an encrypted backup.

    Args:
        backup: the backup's file.
        secret: the passphrase it had when it was made, or the recovery code.

    Raises:
        WrongPassphrase: neither opens with it.
        StoreError: it is no backup, or holds no keys.
    """
    from fieldkit.study.protection import unlock

    with _scratch(backup) as scratch:
        extract_backup(backup, Path(scratch) / "study")
        return unlock(Path(scratch) / "study", secret)


def _scratch(backup: Path) -> tempfile.TemporaryDirectory[str]:
    """A private folder beside a backup; where that medium takes nothing, among the system's own."""
    try:
        return tempfile.TemporaryDirectory(prefix=".fieldkit-", dir=backup.absolute().parent)
    except OSError:
        return tempfile.TemporaryDirectory(prefix="fieldkit-")


def _make_folder(place: Path, study: Path) -> None:
    try:
        if place.parent == study:
            files.make_folder(place)
        else:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        told = f"{place}: backups cannot be kept there ({error.strerror or error}); name a folder with --to"
        raise StudyError(told) from None


def _remembered(study: Path) -> Path:
    told = read_local(study).get("backup_folder")
    return Path(told) if isinstance(told, str) else study / FOLDER


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


def _remove_oldest(place: Path, study_id: str, keep: int, newest: Path) -> tuple[Path, ...]:
    """Remove this study's oldest backups in a folder; what is no backup of it stays."""
    own = []
    for path in place.glob(f"*{SUFFIX}"):
        with contextlib.suppress(StoreError):
            manifest = read_manifest(path)
            if manifest.study == study_id:
                own.append((path != newest, manifest.made_at, path))
    # The newest stays whatever the clocks say.
    own.sort(key=lambda entry: (entry[0], entry[1]))
    older = [path for other, _, path in own if other]
    surplus = older[: max(0, len(older) - (keep - 1))]
    for path in surplus:
        with contextlib.suppress(OSError):
            path.unlink()
    return tuple(surplus)


def _count(value: object) -> int:
    return value if type(value) is int and value > 0 else KEEP
