"""A disk that is full: nothing is called saved, no word is lost, and saving goes on when there is room."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.storage import NotDurable, Put, Store
from fieldkit.study.conduct import Conduct
from fieldkit.study.create import create_study
from fieldkit.study.interviews import interview_for
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study
from tests.faults.processes import FINISHED, in_a_process
from tests.storage.by_hand import saved

LARGE = {"text": "x" * 200_000}


class Disk:
    """A place that can be filled and freed.

    Where a file system of one megabyte may be mounted it is that; elsewhere files may grow no further.
    """

    def __init__(self, folder: Path, *, mounted: bool) -> None:
        self.folder = folder
        self.mounted = mounted

    def fill(self, longest: int) -> None:
        """Leave a few bytes of room; `longest` is the length of the file that shall not grow."""
        if not self.mounted:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (longest + 100, resource.RLIM_INFINITY))
            return
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError:
                pass

    def free(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        (self.folder / "ballast").unlink(missing_ok=True)


@pytest.fixture(params=["limit", "disk"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = request.param == "disk" and mount(folder)
    yield Disk(folder, mounted=mounted)
    if mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)


def mount(folder: Path) -> bool:
    """Mount a small file system in memory; returns whether that is permitted."""
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def apart(work: Callable[[], None]) -> None:
    """Do something in a process of its own, whose limits are its own; what fails there fails here."""
    child, reader = in_a_process(lambda writer: work())
    os.close(reader)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == FINISHED


@pytest.mark.parametrize("passphrase", [None, "a passphrase of some words"])
def test_a_store_on_a_full_disk(disk: Disk, passphrase: str | None) -> None:
    folder = disk.folder / "store"

    def work() -> None:
        store = Store.create(folder, passphrase=passphrase)
        keys = store.keys
        store.commit([Put("t", "before", LARGE)], author="AB")
        store.drafts.append("i1", "role", "drafted before")
        disk.fill((folder / "journal").stat().st_size)
        journal = saved(folder)
        for action in (
            lambda: store.commit([Put("t", "lost", LARGE)], author="AB"),
            lambda: store.commit([Put("t", "lost", {}), Put("t", "too", LARGE)], author="AB"),
            lambda: store.drafts.append("i1", "role", LARGE["text"] * 2),
        ):
            with pytest.raises(NotDurable) as refused:
                action()
            assert "\n" not in str(refused.value)
        assert list(store.rows("t")) == ["before"]
        assert store.drafts.latest("i1") == {"role": "drafted before"}
        # What failed left nothing: the journal is as long as what was saved, and reads as whole.
        assert (folder / "journal").stat().st_size == saved(folder) == journal
        assert store.verify().problems == ()
        store.close()
        # A full disk keeps nobody from opening and reading.
        with Store.open(folder, keys=keys) as again:
            assert again.notices == []
            assert again.get("t", "before") == LARGE
            with pytest.raises(NotDurable):
                again.commit([Put("t", "lost", LARGE)], author="AB")
            disk.free()
            again.commit([Put("t", "after", LARGE)], author="AB")
            again.drafts.append("i1", "role", "drafted after")
        with Store.open(folder, keys=keys) as last:
            assert set(last.rows("t")) == {"before", "after"}
            assert last.drafts.latest("i1") == {"role": "drafted after"}
            assert last.notices == []
            assert last.verify().ok

    apart(work)


@pytest.mark.parametrize("action", ["compact", "save_snapshot", "protect"])
def test_what_needs_room_and_gets_none_leaves_the_store_as_it_was(disk: Disk, action: str) -> None:
    folder = disk.folder / "store"
    # Random enough that packing it takes as much room again.
    bodies = {f"r{n}": {"text": os.urandom(4_000).hex()} for n in range(40)}

    def work() -> None:
        with Store.create(folder) as store:
            store.commit([Put("t", name, body) for name, body in bodies.items()], author="AB")
            disk.fill(0)
            act = {
                "compact": store.compact,
                "save_snapshot": store.save_snapshot,
                "protect": lambda: store.protect("a passphrase of some words"),
            }[action]
            with pytest.raises(NotDurable):
                act()
            assert not store.sealed
            assert dict(store.rows("t").items()) == bodies
            disk.free()
            act()
            store.commit([Put("t", "after", {})], author="AB")
            keys = store.keys
        with Store.open(folder, keys=keys) as again:
            assert dict(again.rows("t").items()) == {**bodies, "after": {}}
            assert again.notices == []
            assert again.verify().ok

    apart(work)


def test_words_typed_on_a_full_disk_stay_and_are_saved_when_there_is_room(disk: Disk) -> None:
    role = ResponseKey("role")
    words = [{"kind": "verbatim", "text": "mot " * 50_000}]

    def work() -> None:
        made = create_study(disk.folder / "study", author="MT")
        with Study.open(made) as study:
            study.decide_protection(None)
            interview = interview_for(
                study, add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"})).id
            )
            conduct = Conduct(study, interview.id)
            conduct.start()
            disk.fill((made / "store" / "journal").stat().st_size)
            conduct.type_notes(role, words)
            conduct.autosave()
            assert not conduct.save_all()
            assert conduct.failure is not None
            assert "not saved" in conduct.failure
            assert conduct.saved != "saved"
            assert conduct.answer(role).paragraphs == words
            disk.free()
            assert conduct.save_all()
            assert conduct.failure is None
            assert conduct.saved == "saved"
        with Study.open(made) as study:
            (body,) = study.rows("responses").values()
            assert [paragraph["text"] for paragraph in body["paragraphs"]] == [words[0]["text"]]

    apart(work)
