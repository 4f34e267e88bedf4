"""Who can read a study: the passphrase that opens it, and giving it one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.say import reason_of, t
from fieldkit.storage.errors import StoreError
from fieldkit.storage.folder import refuse_linked
from fieldkit.storage.lock import Lock
from fieldkit.storage.opening import has_store, is_sealed
from fieldkit.storage.total_purge import finish_destroying
from fieldkit.study.errors import StudyError
from fieldkit.study.locate import STORE
from fieldkit.study.memory import keep_from_others
from fieldkit.study.passphrases import check_passphrase
from fieldkit.study.witness import refuse_unsealed, remember

if TYPE_CHECKING:
    from fieldkit.storage.keys import Keyring
    from fieldkit.study.study import Study


def needs_passphrase(folder: Path) -> bool:
    """Whether a study is encrypted, so that opening it takes a passphrase or the recovery code.

    Where a purge of everything was decided, what is left is destroyed first: that takes no passphrase.

    Args:
        folder: the study.

    Raises:
        StoreError: its store cannot be read, not all could be destroyed, or it is not encrypted any more.
    """
    refuse_linked(folder / STORE)
    finish_destroying(folder / STORE)
    if not has_store(folder / STORE):
        return False
    if is_sealed(folder / STORE):
        return True
    refuse_unsealed(folder)
    return False


def unlock(folder: Path, secret: str) -> Keyring:
    """Open a study's keys; takes a tenth of a second and 64 MiB, by intention.

    Args:
        folder: the study.
        secret: its passphrase, or its recovery code.

    Returns:
        The keys, for `Study.open`.

    Raises:
        WrongPassphrase: neither opens with it.
        StoreError: the key file cannot be read.
    """
    from fieldkit.storage.keyfile import unlock as open_keys

    keep_from_others()
    return open_keys(folder / STORE, secret)


def change_passphrase(folder: Path, keys: Keyring, passphrase: str) -> None:
    """Let another passphrase open a study; the recovery code stays.

    What is encrypted stays as it is: only the keys are wrapped anew. Killed at any step, the old passphrase
    or the new one opens it. A backup made before opens with the old one.

    Args:
        folder: the study.
        keys: as `unlock` returned them.
        passphrase: the new one.

    Raises:
        StudyError: it will not do, or it could not be written.
    """
    from fieldkit.storage.keyfile import change_passphrase as rewrap

    checked = check_passphrase(passphrase)
    _written(folder, lambda: rewrap(folder / STORE, keys, checked))


def renew_recovery_code(folder: Path, keys: Keyring) -> str:
    """Make a new recovery code; the one before opens nothing any more.

    Args:
        folder: the study.
        keys: as `unlock` returned them.

    Returns:
        The code, to be shown once and kept on paper.

    Raises:
        StudyError: it could not be written.
    """
    from fieldkit.storage.keyfile import renew_recovery_code as renew

    codes: list[str] = []
    _written(folder, lambda: codes.append(renew(folder / STORE, keys)))
    return codes[0]


def protect(study: Study, passphrase: str) -> str:
    """Encrypt a study that is not; afterwards nothing of what was said lies in its folder in the clear.

    Words that are still in drafts are recorded first.

    Args:
        study: the study, open for writing.
        passphrase: what shall open it.

    Returns:
        The recovery code, to be shown once and kept on paper.

    Raises:
        StudyError: the passphrase will not do, there is nothing to encrypt, or it is encrypted already.
        StoreError: it could not be done; the study is as it was.
    """
    passphrase = check_passphrase(passphrase)
    if study.store is None:
        raise StudyError(
            t("{folder}: nothing has been recorded here yet; the first write asks for a passphrase").format(
                folder=study.folder
            )
        )
    record_drafts(study)
    keep_from_others()
    code = study.store.protect(passphrase)
    remember(study.folder, sealed=True)
    _replace_backups(study)
    return code


def _replace_backups(study: Study) -> None:
    """Put an encrypted backup in the place of those that are not; what cannot be reached is told."""
    from fieldkit.study.backup_places import destroy_backups
    from fieldkit.study.backups import back_up
    from fieldkit.study.leftovers import LEFT_BEHIND, destroy_leftovers

    removed, left = destroy_backups(study)
    study.notices += [t(LEFT_BEHIND).format(path=path) for path in destroy_leftovers(study)[1]]
    clear = t("{path}: this backup may hold words in the clear: destroy it by hand")
    study.notices += [clear.format(path=path) for path in left]
    if removed:
        back_up(study)


def record_drafts(study: Study, *, of_none: bool = False) -> None:
    """Record the words that are still in drafts, and drop the drafts.

    Args:
        study: the study.
        of_none: pass over drafts of interviews that are not there, instead of refusing.

    Raises:
        StudyError: a draft is of an interview that is not there.
        StoreError: the words could not be recorded; they stay in their drafts.
    """
    from fieldkit.study.conduct import Conduct

    store = study.store
    for name in store.drafts.names() if store else []:
        if study.row("interviews", name) is None:
            if of_none:
                continue
            raise StudyError(
                t("words are in the draft of an interview {name} that is not there; look at it first").format(
                    name=name
                )
            )
        conduct = Conduct(study, name)
        if not conduct.save_all():
            raise StoreError(
                conduct.failure
                or t("the words drafted in interview {name} could not be recorded").format(name=name)
            )
        if store is not None:
            store.drafts.clear(name)


def _written(folder: Path, action: Callable[[], object]) -> None:
    """Change the key file while nobody else writes: opening mends it, perhaps from the old one."""
    try:
        lock = Lock(folder / STORE / "lock")
        try:
            action()
        finally:
            lock.release()
    except OSError as error:
        told = t("{path}: the keys could not be written: {reason}; nothing changed")
        raise StudyError(told.format(path=folder / STORE, reason=reason_of(error))) from None
