"""A purge of everything that was decided: the file `purge` says so until nothing of it is left to do.

It stands in the store before anything is destroyed, and holds what the end needs: the record that this
happened, and the heading and keys of the empty store that takes the place. So whoever opens the store goes on
from where it was stopped, and needs no passphrase to destroy what is left.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.aside import NAME as ASIDE
from fieldkit.storage.errors import StoreDamaged, StoreError
from fieldkit.storage.heading import heading_bytes, parse_heading
from fieldkit.storage.journal import KIND, SPARE, read_small
from fieldkit.storage.keycopies import destroy_keys
from fieldkit.storage.keyfile import place_keys
from fieldkit.storage.lock import Lock
from fieldkit.storage.writes import Put

NAME = "purge"
"""The file's name in the store; its first line names it, too."""

_FOLDERS = ("drafts", ASIDE)
_FILES = ("snapshot", "anchor", KIND, SPARE)


@dataclass(frozen=True, slots=True)
class Decision:
    """That everything is to be destroyed.

    Attributes:
        record: the record of it, to be written once that is done.
        author: initials that it is written under.
        heading: the first two lines of the journal that takes the place.
        keys: the content of its key file; None where it is not encrypted.
    """

    record: Put
    author: str
    heading: bytes
    keys: bytes | None


def decide(folder: Path, decision: Decision) -> None:
    """Write a decision down, durably; from now on any opening of the store carries it out.

    Raises:
        OSError: it could not be written; whether it stands can be told by `read_decision`.
    """
    told = {
        "record": asdict(decision.record),
        "author": decision.author,
        "heading": decision.heading.decode(),
        "keys": None if decision.keys is None else decision.keys.decode(),
    }
    files.replace_file(folder / NAME, heading_bytes(NAME, told))


def total_purge_decided(folder: Path) -> bool:
    """Whether a purge of everything was decided in a store and is not settled."""
    return (folder / NAME).exists()


def read_decision(folder: Path) -> Decision | None:
    """Return the decision that stands in a store, or None.

    Raises:
        StoreDamaged: something stands there that is none.
        StoreError: it cannot be read.
    """
    path = folder / NAME
    try:
        with files.reading(path) as fd:
            data = files.read_at(fd, files.size(fd), 0)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            t("{path}: cannot be read: {reason}").format(path=path, reason=reason_of(error))
        ) from error
    try:
        told, _ = parse_heading(data, path, NAME)
        keys = told["keys"]
        return Decision(
            record=Put(**told["record"]),
            author=told["author"],
            heading=told["heading"].encode(),
            keys=None if keys is None else keys.encode(),
        )
    except (StoreDamaged, KeyError, TypeError, AttributeError):
        raise StoreDamaged(
            t(
                "{path}: damaged: it tells that everything here is to be destroyed: delete "
                "{folder} if that was decided, or this file if not"
            ).format(path=path, folder=folder)
        ) from None


def destroy(folder: Path, decision: Decision) -> None:
    """Destroy what a store holds, keys first, and put the empty one in its place, unless it stands there.

    Args:
        folder: the store; the caller has its lock.
        decision: the decision that stands in it.

    Raises:
        OSError: not all could be done; it can be called again.
    """
    if (read_small(folder / KIND) or b"").startswith(decision.heading):
        return
    destroy_keys(folder)
    for name in _FOLDERS:
        files.erase_folder(folder / name)
    for path in (*map(folder.joinpath, _FILES), *folder.glob("*.new")):
        files.erase(path)
    files.sync_folder(folder)
    if decision.keys is not None:
        place_keys(folder, decision.keys)
    files.replace_file(folder / SPARE, decision.heading)
    files.replace_file(folder / KIND, decision.heading)


def finish_destroying(folder: Path) -> None:
    """Destroy what is left of a store in which a purge of everything was decided; does nothing in others.

    Raises:
        StoreLocked: another process has it open, and may be doing that.
        StoreError: not all could be destroyed.
    """
    if not total_purge_decided(folder):
        return
    try:
        lock = Lock(folder / "lock")
        try:
            decision = read_decision(folder)
            if decision is not None:
                destroy(folder, decision)
        finally:
            lock.release()
    except OSError as error:
        raise StoreError(
            t(
                "{folder}: a purge of everything was decided, and not all could be destroyed "
                "({reason}): open it where it can be written"
            ).format(folder=folder, reason=reason_of(error))
        ) from error


def forget(folder: Path) -> None:
    """Take a decision away, durably, once there is nothing left of it to do."""
    files.unlink(folder / NAME)
    files.sync_folder(folder)
