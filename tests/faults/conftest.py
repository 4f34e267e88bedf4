"""What the tests of faults share: passphrases cost nothing, and syncing is only asked for where it counts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from fieldkit.storage import files, keyfile

MEMORY = Path("/dev/shm")


@pytest.fixture(autouse=True)
def _quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """No fault depends on how dear it is to guess a passphrase; tests/storage/test_keys.py guesses dearly."""
    monkeypatch.setattr(
        keyfile, "_derive", lambda slot, secret: sha256(f"{slot.salt}{secret}".encode()).digest()
    )


@pytest.fixture
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave syncing out where files are damaged by hand, after they were written."""
    monkeypatch.setattr(files, "sync_data", lambda fd: None)
    monkeypatch.setattr(files, "sync_folder", lambda folder: None)


@pytest.fixture
def light(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has such, for stores that are opened thousands of times."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)
