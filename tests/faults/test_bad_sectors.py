"""A disk that cannot read one block any more: the rest is read, and nothing is written over it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fieldkit.storage import Put, Store, StoreError, files
from tests.faults.layer import Layer
from tests.faults.scenarios import begun
from tests.storage.by_hand import saved

BLOCK = 4096


def unreadable(monkeypatch: pytest.MonkeyPatch, path: Path, block: int) -> None:
    """Let every read that touches one block of a file fail."""
    read = files.read_at
    start, end = block * BLOCK, (block + 1) * BLOCK
    number = path.stat().st_ino

    def failing(fd: int, count: int, offset: int) -> bytes:
        if os.fstat(fd).st_ino == number and offset < end and min(offset + count, files.size(fd)) > start:
            raise OSError(errno.EIO, "Input/output error")
        return read(fd, count, offset)

    monkeypatch.setattr(files, "read_at", failing)


@pytest.mark.parametrize("passphrase", [None, "a passphrase of some words"])
def test_one_block_costs_the_records_in_it(
    light: Path, unsynced: None, monkeypatch: pytest.MonkeyPatch, passphrase: str | None
) -> None:
    folder = light / "store"
    journal = folder / "journal"
    places: dict[str, tuple[int, int]] = {}
    with Store.create(folder, passphrase=passphrase) as store:
        keys = store.keys
        for number in range(30):
            start = saved(folder)
            store.commit([Put("t", f"r{number}", {"text": "x" * 700})], author="AB")
            places[f"r{number}"] = start, saved(folder)
    before = journal.read_bytes()
    for block in range(len(before) // BLOCK + 1):
        with monkeypatch.context() as patch:
            unreadable(patch, journal, block)
            problems = Store.verify_folder(folder, keys).problems
            if block == 0:
                # The heading is in it, and with it what the frames are tied to.
                with pytest.raises(StoreError):
                    Store.open(folder, keys=keys, write=False)
                assert problems
                continue
            lost = {
                name
                for name, (start, end) in places.items()
                if start < (block + 1) * BLOCK and end - 16 > block * BLOCK
            }
            with Store.open(folder, keys=keys, write=False) as store:
                assert set(places) - set(store.rows("t")) == lost
                assert any(f"cannot read it at byte {block * BLOCK}" in n.message for n in store.notices)
            assert any(f"byte {block * BLOCK}: the disk cannot read it" in problem for problem in problems)
            with pytest.raises(StoreError, match="copy the study to another disk") as refused:
                Store.open(folder, keys=keys)
            assert "\n" not in str(refused.value)
        assert journal.read_bytes() == before
    with Store.open(folder, keys=keys) as store:
        assert set(store.rows("t")) == set(places)
        assert store.notices == []


def test_a_draft_that_cannot_be_read_now_is_left_as_it_is(
    light: Path, unsynced: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = light / "store"
    with Store.create(folder) as store:
        store.drafts.append("i1", "role", "first " * 1_000)
        store.drafts.append("i1", "role", "second " * 1_000)
    draft = folder / "drafts" / "i1.draft"
    before = draft.read_bytes()
    with Store.open(folder) as store:
        with monkeypatch.context() as patch:
            unreadable(patch, draft, len(before) // BLOCK)
            with pytest.raises(StoreError, match="the disk cannot read it"):
                store.drafts.latest("i1")
        assert draft.read_bytes() == before
        assert store.drafts.latest("i1") == {"role": "second " * 1_000}


@pytest.mark.parametrize("scenario", ["commits", "commits, sealed"])
def test_verifying_on_a_disk_that_fails_says_so(
    light: Path, unsynced: None, monkeypatch: pytest.MonkeyPatch, scenario: str
) -> None:
    layer = Layer(monkeypatch)
    session = begun(light / "store", scenario)
    keys = session.at_work.keys
    session.close()
    for number in range(1, 100):
        with layer.failing(number, "from then on reading"):
            problems = Store.verify_folder(session.folder, keys).problems
        if layer.failed is None:
            assert problems == ()
            return
        assert problems
        assert all("\n" not in problem for problem in problems)
