"""What this laptop remembers outside a study's folder: that the study lying there is encrypted.

Whoever can write to the folder can put a store that is not encrypted in the place of one that is, and take
its keys away too: nothing in the folder tells then that words would be written in the clear.
"""

from __future__ import annotations

import contextlib
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.say import t
from fieldkit.storage import files
from fieldkit.storage.errors import StoreSealed

if TYPE_CHECKING:
    from fieldkit.storage.store import Store


def remember(folder: Path, *, sealed: bool) -> None:
    """Remember whether the study in a folder is encrypted, as its user has just decided or shown.

    Args:
        folder: the study.
        sealed: whether it is.
    """
    path = _witness(folder)
    # Where nothing can be kept, the folder alone has to tell.
    with contextlib.suppress(OSError):
        if not sealed:
            files.unlink(path)
        elif not path.exists():
            files.make_folder(path.parent)
            files.replace_file(path, b"")


def refuse_unsealed(folder: Path) -> None:
    """Refuse a study that is not encrypted where this laptop remembers one that is.

    Args:
        folder: the study.

    Raises:
        StoreSealed: somebody may have replaced it.
    """
    path = _witness(folder)
    known = False
    with contextlib.suppress(OSError):
        known = path.exists()
    if known:
        raise StoreSealed(
            t(
                "{folder}: was encrypted when it was last opened here, and is not now: somebody "
                "may have replaced it; restore a backup, or, if another study was put there, "
                "remove {path}"
            ).format(folder=folder, path=path)
        )


def hold_against(folder: Path, store: Store) -> None:
    """Hold a store that was just opened against what is remembered of its study.

    Args:
        folder: the study.
        store: its store; closed where it is refused.

    Raises:
        StoreSealed: it is not encrypted, and was.
    """
    if store.sealed:
        remember(folder, sealed=True)
        return
    try:
        refuse_unsealed(folder)
    except StoreSealed:
        store.close()
        raise


def _witness(folder: Path) -> Path:
    """The file whose presence tells it; its name does not tell where the study lies."""
    from platformdirs import user_state_path

    name = sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return user_state_path("fieldkit", appauthor=False) / "encrypted" / name
