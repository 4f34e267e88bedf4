"""What opens after a torn write or damage: everything that was whole, and a notice about the rest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldkit.storage import Put, Store
from fieldkit.storage.frames import HEADER_SIZE, MAGIC, TAG_SIZE
from tests.storage.by_hand import saved


def filled(folder: Path, commits: int = 4) -> list[int]:
    """Make a store of some commits, the second of two records; return where in the journal each one ends."""
    ends = []
    with Store.create(folder) as store:
        for number in range(commits):
            writes = [Put("t", f"r{number}", {"n": number, "text": "é" * 5})]
            if number == 1:
                writes.append(Put("t", "twin", {"n": number}))
            store.commit(writes, author="AB")
            ends.append(saved(folder))
    return ends


def frame_starts(data: bytes) -> list[int]:
    starts, at = [], data.find(MAGIC)
    while at >= 0:
        starts.append(at)
        at = data.find(MAGIC, at + 1)
    return starts


def shown(folder: Path) -> tuple[set[str], list[str]]:
    with Store.open(folder) as store:
        return set(store.rows("t")), [notice.kind for notice in store.notices]


EXPECTED = [set(), {"r0"}, {"r0", "r1", "twin"}, {"r0", "r1", "twin", "r2"}, {"r0", "r1", "twin", "r2", "r3"}]


def test_a_journal_cut_anywhere_opens_as_a_prefix_of_whole_commits(folder: Path) -> None:
    ends = filled(folder)
    data = (folder / "journal").read_bytes()
    start = frame_starts(data)[0]
    (folder / "anchor").unlink()
    edges = {place + step for place in ends for step in (-1, 0, 1)} | {start, start + 1}
    for length in sorted(edges | set(range(start, len(data), 37))):
        if length > len(data):
            continue
        (folder / "anchor").unlink(missing_ok=True)
        (folder / "journal").write_bytes(data[:length])
        whole = sum(end <= length for end in ends)
        torn = length not in (start, *ends)
        assert shown(folder) == (EXPECTED[whole], ["torn"] if torn else [])
        # The torn bytes were put aside, so the next opening finds nothing amiss.
        assert shown(folder) == (EXPECTED[whole], [])


def test_saved_data_that_is_gone_is_told_by_the_anchor(folder: Path) -> None:
    ends = filled(folder)
    with (folder / "journal").open("r+b") as journal:
        journal.truncate(ends[1])
    with Store.open(folder) as store:
        assert set(store.rows("t")) == EXPECTED[2]
        (notice,) = store.notices
        assert notice.kind == "damage"
        assert f"the last {ends[3] - ends[1]} bytes that were saved are gone" in notice.message


@pytest.mark.parametrize("part", ["magic", "length", "payload", "tag"])
def test_damage_in_the_middle_costs_one_frame_and_is_named(folder: Path, part: str) -> None:
    filled(folder)
    journal = folder / "journal"
    data = bytearray(journal.read_bytes())
    starts = frame_starts(data)
    at = {
        "magic": starts[1],
        "length": starts[1] + 26,
        "payload": starts[1] + HEADER_SIZE + 40,
        "tag": starts[2] - TAG_SIZE,
    }[part]
    data[at] ^= 0xFF
    journal.write_bytes(data)
    verification = Store.verify_folder(folder)
    with Store.open(folder) as store:
        if part == "tag":
            # The record itself is whole: only verifying, which reads the tags, can tell.
            assert set(store.rows("t")) == EXPECTED[4]
        else:
            assert set(store.rows("t")) == EXPECTED[4] - {"r1"}
            assert [notice.kind for notice in store.notices] == ["damage"]
            assert "(a state of t r1)" in store.notices[0].message or part == "payload"
            (aside,) = (folder / "aside").iterdir()
            assert aside.read_bytes() == data[starts[1] : starts[2]]
        store.commit([Put("t", "after", {})], author="AB")
    assert not verification.ok
    assert journal.read_bytes().startswith(data)
    with Store.open(folder, write=False) as again:
        assert "after" in again.rows("t")


def test_an_unacknowledged_commit_with_a_hole_in_it_is_torn_as_a_whole(folder: Path) -> None:
    ends = filled(folder, commits=2)
    anchor = (folder / "anchor").read_bytes()
    journal = folder / "journal"
    with Store.open(folder) as store:
        store.commit([Put("t", name, {"n": 1}) for name in ("x", "y", "z")], author="AB")
    data = bytearray(journal.read_bytes())
    starts = frame_starts(data)
    data[starts[4] : starts[5]] = bytes(starts[5] - starts[4])
    journal.write_bytes(data)
    (folder / "anchor").write_bytes(anchor)
    assert shown(folder) == (EXPECTED[2], ["torn"])
    assert journal.stat().st_size == ends[1]


def test_a_missing_frame_is_noticed_by_the_chain(folder: Path) -> None:
    filled(folder)
    data = (folder / "journal").read_bytes()
    starts = frame_starts(data)
    (folder / "journal").write_bytes(data[: starts[3]] + data[starts[4] :])
    names, kinds = shown(folder)
    assert names == EXPECTED[4] - {"r2"}
    assert kinds == ["damage", "damage"]


def test_a_reader_changes_nothing(folder: Path) -> None:
    ends = filled(folder)
    with (folder / "journal").open("r+b") as journal:
        journal.truncate(ends[3] - 9)
    (folder / "anchor").unlink()
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with Store.open(folder, write=False) as store:
        assert set(store.rows("t")) == EXPECTED[3]
        assert [notice.kind for notice in store.notices] == ["torn"]
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


class TestSnapshot:
    @pytest.fixture
    def saved(self, folder: Path) -> Path:
        filled(folder)
        with Store.open(folder) as store:
            store.commit([Put("u", "gone", {}), Put("u", "kept", {"a": 1})], author=None)
            store.db.table("u").remove(doc_ids=[1])
            store.save_snapshot()
            store.commit([Put("t", "r0", {"n": "after"})], author="AB")
        return folder

    def state(self, folder: Path) -> object:
        with Store.open(folder, write=False) as store:
            tables = {name: list(store.rows(name).items()) for name in store.tables()}
            numbers = [(doc.doc_id, dict(doc)) for doc in store.db.table("u")]
            return tables, numbers, store.state.lamport, [r.id for r in store.revisions()], store.notices

    def test_opening_with_and_without_it_gives_the_same(self, saved: Path) -> None:
        with_it = self.state(saved)
        (saved / "snapshot").unlink()
        assert self.state(saved) == with_it

    @pytest.mark.parametrize("fault", ["flip", "short", "empty", "text", "foreign", "cut journal"])
    def test_any_fault_in_it_only_costs_a_replay(self, saved: Path, tmp_path: Path, fault: str) -> None:
        path = saved / "snapshot"
        data = path.read_bytes()
        if fault == "foreign":
            filled(tmp_path / "foreign")
            with Store.open(tmp_path / "foreign") as store:
                store.save_snapshot()
            shutil.copy(tmp_path / "foreign" / "snapshot", path)
        elif fault == "cut journal":
            (saved / "anchor").unlink()
            journal = (saved / "journal").read_bytes()
            (saved / "journal").write_bytes(journal[: frame_starts(journal)[2]])
        else:
            middle = len(data) // 2
            flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
            path.write_bytes({"flip": flipped, "short": data[:-3], "empty": b"", "text": b"{}\n{}"}[fault])
        with_it = self.state(saved)
        path.unlink()
        assert self.state(saved) == with_it


def test_verify_finds_nothing_wrong_with_a_good_store(folder: Path) -> None:
    filled(folder)
    found = Store.verify_folder(folder)
    assert (found.ok, found.revisions, found.problems) == (True, 5, ())


def test_verify_reports_a_torn_end_and_changes_nothing(folder: Path) -> None:
    filled(folder)
    journal = folder / "journal"
    journal.write_bytes(journal.read_bytes() + b"half a fra")
    before = journal.read_bytes()
    (problem,) = Store.verify_folder(folder).problems
    assert "unfinished write" in problem
    assert journal.read_bytes() == before


def test_verify_tells_another_journal_than_the_one_last_saved(folder: Path, tmp_path: Path) -> None:
    filled(folder, commits=2)
    filled(tmp_path / "other", commits=4)
    shutil.copy(tmp_path / "other" / "journal", folder / "journal")
    assert not Store.verify_folder(folder).ok
