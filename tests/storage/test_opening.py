"""Opening what cannot simply be opened: each case one clear line, and nothing harmed."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.storage import (
    NotDurable,
    Put,
    Store,
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
    files,
)


def filled(folder: Path) -> None:
    with Store.create(folder) as store:
        store.commit([Put("t", "r", {"n": 1})], author="AB")


def refuse(*_: object) -> None:
    raise OSError(errno.EROFS, "Read-only file system")


def test_a_second_store_in_one_folder_is_refused(folder: Path) -> None:
    filled(folder)
    with pytest.raises(StoreError, match="there is a store already"):
        Store.create(folder)


@pytest.mark.parametrize("action", [Store.create, Store.open])
def test_a_file_in_the_folders_place(folder: Path, action) -> None:
    folder.write_text("mine")
    with pytest.raises(StoreError, match="a file is in the store's place"):
        action(folder)
    assert folder.read_text() == "mine"


def test_no_store(folder: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        Store.open(folder)
    assert not folder.exists()


def test_a_folder_with_other_files_takes_a_store(folder: Path) -> None:
    folder.mkdir()
    (folder / "README.md").write_text("format")
    filled(folder)
    assert (folder / "README.md").read_text() == "format"


def test_a_newer_format_is_left_untouched(folder: Path) -> None:
    filled(folder)
    journal = folder / "journal"
    journal.write_bytes(journal.read_bytes().replace(b"fieldkit journal 2\n", b"fieldkit journal 12\n", 1))
    before = journal.read_bytes()
    with pytest.raises(StoreTooNew, match="format 12; this one reads 2"):
        Store.open(folder)
    assert journal.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"fieldkit journal 1\n", b"fieldkit journal 2\n{}\n", b"\n\n"]
)
def test_a_journal_of_something_else(folder: Path, content: bytes) -> None:
    filled(folder)
    (folder / "journal").write_bytes(content)
    with pytest.raises(StoreDamaged):
        Store.open(folder)
    assert (folder / "journal").read_bytes() == content


def test_a_second_process_is_told_who_writes(folder: Path) -> None:
    script = (
        "import sys, pathlib; from fieldkit.storage import Store\n"
        f"store = Store.open(pathlib.Path({str(folder)!r}))\n"
        "print('open', flush=True); sys.stdin.readline()"
    )
    filled(folder)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreLocked, match=f"process {other.pid} on .* since 20"):
            Store.open(folder)
        with Store.open(folder, write=False) as reader:
            assert f"process {other.pid}" in str(reader.holder)
            assert reader.get("t", "r") == {"n": 1}
        other.kill()
    with Store.open(folder) as store:
        assert store.holder is None
        assert store.notices == []


def test_a_read_only_medium_opens_for_viewing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(folder)
    monkeypatch.setattr(files, "open_append", refuse)
    monkeypatch.setattr(files, "open_update", refuse)
    with Store.open(folder) as store:
        assert store.read_only
        assert [notice.kind for notice in store.notices] == ["read-only"]
        assert store.get("t", "r") == {"n": 1}
        with pytest.raises(StoreReadOnly):
            store.commit([Put("t", "x", {})], author="AB")


def test_a_copied_store_goes_on_under_a_new_device_id(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    with Store.open(folder) as store:
        device = store.device_id
        assert store.notices == []
    shutil.copytree(folder, tmp_path / "copy")
    with Store.open(tmp_path / "copy") as copy:
        assert copy.device_id != device
        assert [notice.kind for notice in copy.notices] == ["device"]
        kept = copy.device_id
    with Store.open(tmp_path / "copy") as copy:
        assert (copy.device_id, copy.notices) == (kept, [])


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_files_are_private_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0)
    try:
        with Store.create(folder) as store:
            store.commit([Put("t", "r", {})], author=None)
            store.drafts.append("i", "k", "v")
            store.save_snapshot()
        with (folder / "journal").open("ab") as journal:
            journal.write(b"torn")
        Store.open(folder).close()
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}
    assert {name: mode for name, mode in modes.items() if mode not in (0o600, 0o700)} == {}
    assert {"journal", "anchor", "snapshot", "lock", "device.json", "drafts", "aside"} <= set(modes)


def test_what_was_acknowledged_outlives_a_killed_process(folder: Path) -> None:
    script = (
        "import pathlib; from fieldkit.storage import Put, Store\n"
        f"store = Store.open(pathlib.Path({str(folder)!r}))\n"
        "for n in range(10**6):\n"
        "    commit = store.commit([Put('t', '', {'n': n, 'text': 'x' * 3000})], author=None)\n"
        "    print(commit.ids[0], flush=True)"
    )
    filled(folder)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(40)]
        process.kill()
        told += [line.strip() for line in process.stdout if line.endswith("\n")]
    with Store.open(folder) as store:
        assert {told_id for told_id in told if store.revision(told_id) is None} == set()
        assert [notice for notice in store.notices if notice.kind != "torn"] == []


def test_importing_the_store_loads_nothing_heavy() -> None:
    heavy = "{'pydantic', 'yaml', 'tinydb', 'textual'}"
    script = f"import sys, fieldkit.storage; print(*sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


class TestFailedWrites:
    def test_a_short_write_is_taken_back_and_the_next_one_holds(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(folder)
        with Store.open(folder) as store:

            def half(fd: int, data: bytes, offset: int) -> None:
                os.pwrite(fd, data[: len(data) // 2], offset)
                raise OSError(errno.ENOSPC, "No space left on device")

            with monkeypatch.context() as patch:
                patch.setattr(files, "write_at", half)
                with pytest.raises(NotDurable, match="not saved: No space left"):
                    store.commit([Put("t", "lost", {})], author="AB")
            assert store.get("t", "lost") is None
            store.commit([Put("t", "next", {})], author="AB")
        with Store.open(folder) as again:
            assert (set(again.rows("t")), again.notices) == ({"r", "next"}, [])

    def test_after_a_failed_sync_nothing_is_acknowledged_until_reopened(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(folder)
        with Store.open(folder) as store:
            rows = store.rows("t")

            def fail(fd: int) -> None:
                raise OSError(errno.EIO, "Input/output error")

            with monkeypatch.context() as patch:
                patch.setattr(files, "sync_data", fail)
                with pytest.raises(NotDurable, match="Input/output error"):
                    store.commit([Put("t", "lost", {})], author="AB")
            with pytest.raises(NotDurable, match="open the study again"):
                store.commit([Put("t", "next", {})], author="AB")
            store.reopen()
            assert store.get("t", "lost") is None
            store.commit([Put("t", "next", {})], author="AB")
            assert "next" in rows
            assert store.verify().ok
        with Store.open(folder) as again:
            assert again.get("t", "next") == {}


@pytest.mark.parametrize("name", ["journal", "anchor", "snapshot", "heading", "device.json"])
def test_a_pipe_in_a_files_place_is_not_waited_for(folder: Path, name: str) -> None:
    filled(folder)
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    with contextlib.suppress(StoreError):
        Store.open(folder, write=False).close()
