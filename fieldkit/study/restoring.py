"""What a backup holds: making a study of it again, and checking it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.backup import Manifest, check_backup, extract_backup
from fieldkit.storage.store import Store
from fieldkit.study.create import new_place
from fieldkit.study.errors import StudyError
from fieldkit.study.leftovers import SCRATCH, SCRATCH_OF_SYSTEM
from fieldkit.study.locate import STORE

if TYPE_CHECKING:
    from fieldkit.storage.keys import Keyring
    from fieldkit.storage.verification import Verification


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
        files.make_parents(folder)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as scratch:
            new = Path(scratch) / "study"
            extract_backup(backup, new)
            if folder.exists():
                folder.rmdir()
            new.rename(folder)
    except OSError as error:
        raise StudyError(
            t("{path}: could not be restored there ({reason})").format(path=path, reason=reason_of(error))
        ) from None
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
        return tempfile.TemporaryDirectory(prefix=SCRATCH, dir=backup.absolute().parent)
    except OSError:
        return tempfile.TemporaryDirectory(prefix=SCRATCH_OF_SYSTEM)
