"""What a store does without but nobody should lose unseen: torn ends and damaged stretches, put aside."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from fieldkit.storage import files
from fieldkit.storage.keys import Keys, open_file, seal_file

NAME = "aside"
SEALED = ".sealed"
"""Ending of what lies aside encrypted."""

_PURPOSE = "aside"


def put_aside(folder: Path, stem: str, data: bytes, keys: Keys) -> Path:
    """Keep bytes that could not be used.

    Args:
        folder: the store.
        stem: what the file's name begins with.
        data: the bytes.
        keys: encrypt them where the store is encrypted.

    Returns:
        Where they lie.
    """
    files.make_folder(folder / NAME)
    return _keep(folder / NAME / f"{stem}-{sha256(data).hexdigest()[:8]}", data, keys)


def read_aside(path: Path, keys: Keys) -> bytes:
    """Return what was put aside.

    Raises:
        StoreDamaged: when it is encrypted and does not open with these keys.
    """
    with files.reading(path) as fd:
        data = files.read_at(fd, files.size(fd), 0)
    return open_file(keys, _PURPOSE, data) if path.suffix == SEALED else data


def seal_leftovers(folder: Path, keys: Keys) -> None:
    """Encrypt what lies aside in the clear from before the study had a passphrase."""
    if not keys.sealed or not (folder / NAME).is_dir():
        return
    for path in sorted((folder / NAME).iterdir()):
        if path.suffix != SEALED and path.is_file() and not path.is_symlink():
            _keep(path, read_aside(path, keys), keys)
            files.unlink(path)


def _keep(path: Path, data: bytes, keys: Keys) -> Path:
    if keys.sealed:
        path, data = path.with_name(path.name + SEALED), seal_file(keys, _PURPOSE, data)
    if not path.exists():
        files.replace_file(path, data)
    return path
