"""The two copies of a key file: made equal again, destroyed, and held against what the journal says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fieldkit.say import t
from fieldkit.storage import files
from fieldkit.storage.errors import StoreError, StoreSealed
from fieldkit.storage.keyfile import COPY, NAME, KeyFile, parse_keyfile, write_keyfile
from fieldkit.storage.keys import Keyring

_REMEDY = {"passphrase": "fieldkit passphrase --recovery", "recovery": "fieldkit passphrase"}
"""What makes the other slot anew, by the kind of the one that opened the keys."""


def mend_keyfile(folder: Path, keyring: Keyring) -> str | None:
    """Make the two copies equal again, and finished; only one that opened is ever written over the other.

    Args:
        folder: the store, whose journal these keys seal.
        keyring: the keys, as they were unlocked or made.

    Returns:
        What a person should know of it, or None.

    Raises:
        OSError: a copy could not be written.
    """
    found = {name: _readable(folder / name) for name in (NAME, COPY)}
    opened = {name: copy for name, copy in found.items() if copy is not None and _opened(copy, keyring)}
    if not opened:
        return None
    finished = [replace(copy, unfinished=False) for copy in opened.values()]
    if any(copy != finished[0] for copy in finished):
        remedy = _REMEDY["recovery" if keyring.slot is None else keyring.slot.kind]
        return t(
            "{path}: differs from {name} beside it in what else opens this study, and one of them "
            "may have been put there: `{remedy}` makes both anew"
        ).format(path=folder / COPY, name=NAME, remedy=remedy)
    if any(copy != finished[0] for copy in found.values()):
        write_keyfile(folder, finished[0])
    if len(opened) == len(found):
        return None
    other = next(name for name in found if name not in opened)
    return t("{path}: was damaged, missing or another, and was made again from the copy that opens").format(
        path=folder / other
    )


def destroy_keys(folder: Path) -> None:
    """Overwrite and remove both copies, half-written ones too: what was sealed cannot be read any more."""
    for name in (NAME, COPY):
        files.erase(folder / name)
        files.erase(folder / f"{name}.new")
    files.sync_folder(folder)


def finished_keys(folder: Path) -> str | None:
    """Return the name of a copy that shows that something was sealed here, or None.

    One that cannot be read counts: it is never written before a journal in such a way.
    """
    for name in (NAME, COPY):
        try:
            if not parse_keyfile(folder / name).unfinished:
                return name
        except FileNotFoundError:
            continue
        except (StoreError, OSError):
            return name
    return None


def refuse_denied(folder: Path, vault: str | None) -> None:
    """Refuse a journal that says it is not encrypted, beside keys that say it was.

    Args:
        folder: the store.
        vault: whose keys open its journal, as the journal says.

    Raises:
        StoreSealed: somebody may have put that journal there, to have words written in the clear.
    """
    name = finished_keys(folder) if vault is None else None
    if name is not None:
        raise StoreSealed(
            t(
                "{path}: shows that this study was encrypted, and the journal beside it is not: it "
                "may have been put there; restore a backup, or, if it never was encrypted, remove "
                "{name} and {copy}"
            ).format(path=folder / name, name=NAME, copy=COPY)
        )


def drop_unfinished(folder: Path) -> str | None:
    """Remove keys that a store, not encrypted, was to be sealed with; returns what a person should know."""
    if not any((folder / name).exists() for name in (NAME, COPY)):
        return None
    for name in (NAME, COPY):
        files.unlink(folder / name)
    return t(
        "{folder}: giving this study a passphrase was not finished, so it is not encrypted: "
        "`fieldkit passphrase --add` does it"
    ).format(folder=folder)


def _readable(path: Path) -> KeyFile | None:
    try:
        return parse_keyfile(path)
    except (StoreError, OSError):
        return None


def _opened(copy: KeyFile, keyring: Keyring) -> bool:
    """Whether these very keys came out of a copy."""
    of_these = (copy.vault, copy.epoch) == (keyring.vault, keyring.epoch)
    return of_these and keyring.slot is not None and keyring.slot in copy.slots.values()
