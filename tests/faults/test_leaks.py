"""What lies around a store: private whatever the umask, nowhere else than it seems, and without a word."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.cli import record as record_command
from fieldkit.cli.main import main
from fieldkit.storage import Put, Store, StoreError
from fieldkit.study.create import create_study
from fieldkit.study.interviews import interview_for
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study
from tests.faults.processes import FINISHED, in_a_process, lines_of

SECRET = "seven herons cross the bay"


def apart(work: Callable[[], None], *, log: Path) -> None:
    """Do something in a process of its own, with what it prints in a file; what fails there fails here."""

    def written(writer: int) -> None:
        with log.open("a") as out:
            sys.stdout = sys.stderr = out
            work()

    child, reader = in_a_process(written)
    lines_of(reader)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == FINISHED, log.read_text()


def descriptor(text: str) -> str:
    reader, writer = os.pipe()
    os.write(writer, text.encode())
    os.close(writer)
    return str(reader)


@pytest.mark.parametrize("mask", [0o000, 0o777])
def test_every_file_is_private_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "study"
    where = ("-s", str(folder))

    def work() -> None:
        os.umask(mask)
        assert main(["new", str(folder), "--author", "MT", "--no-passphrase"]) == 0
        assert main(["respondent", "add", "--group", "CIC", "--name", "Zoë", *where]) == 0
        assert main(["interview", "--respondent", "CIC-01", "--no-open", *where]) == 0
        record = ["record", "--interview", "CIC-01", "--item", "role", "--notes", "words", *where]
        assert main(record) == 0
        with (folder / "store" / "journal").open("ab") as journal:
            journal.write(b"half a frame")
        with Store.open(folder / "store") as store:
            store.save_snapshot()
            store.compact()
            store.drafts.append("i1", "role", "drafted")
            store.drafts.clear("i1")
        assert main(["passphrase", "--add", "--passphrase-fd", descriptor(SECRET), *where]) == 0
        from fieldkit.study.protection import unlock

        with Store.open(folder / "store", keys=unlock(folder, SECRET)) as store:
            store.save_snapshot()
            store.drafts.append("i1", "role", "drafted")

    apart(work, log=tmp_path / "log")
    made = {path.relative_to(folder).as_posix(): path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    kept = {name: mode for name, mode in made.items() if name == "store" or name.startswith("store/")}
    wanted = {name: 0o700 if (folder / name).is_dir() else 0o600 for name in kept}
    assert kept == wanted
    files = {"journal", "anchor", "heading", "keys", "keys.copy", "device.json", "lock", "snapshot"}
    assert {f"store/{name}" for name in (*files, "drafts", "aside", "local.json")} <= set(kept)
    assert folder.stat().st_mode & 0o777 == 0o700
    # Its owner can read all of it.
    assert [name for name, mode in made.items() if mode & 0o400 == 0] == []


LINKED = [
    *("drafts", "aside", "snapshot", "keys", "keys.copy", "anchor", "lock", "device.json", "local.json"),
    *("heading", "journal", "journal.new", "snapshot.new", "keys.new", "keys.copy.new", "device.json.new"),
    *("local.json.new", "heading.new"),
]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """An encrypted study with an interview of CIC-01."""
    made = create_study(tmp_path / "study", author="MT")
    with Study.open(made) as opened:
        opened.decide_protection(SECRET)
        interview_for(opened, add_respondent(opened, RosterEntry("CIC-01", {"group": "CIC"})).id)
    return made


@pytest.mark.parametrize("name", LINKED)
def test_a_planted_link_is_not_followed(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    target = tmp_path / "elsewhere"
    is_folder = name in ("drafts", "aside")
    if is_folder:
        target.mkdir(mode=0o755)
    else:
        target.write_bytes(b"somebody's own")
        target.chmod(0o644)
    path = study / "store" / name
    if path.is_file():
        path.unlink()
    elif path.is_dir():
        path.rmdir()
    path.symlink_to(target)
    with (study / "store" / "journal").open("ab") as journal:
        if not path.samefile(study / "store" / "journal"):
            journal.write(b"half a frame")
    before = target.stat(), [] if is_folder else target.read_bytes()
    for command in (
        ["record", "--interview", "CIC-01", "--item", "role", "--notes", "words"],
        ["verify"],
        ["log"],
    ):
        capsys.readouterr()
        assert main([*command, "-s", str(study), "--passphrase-fd", descriptor(SECRET)]) == 1
        said = capsys.readouterr().err
        assert len(said.splitlines()) == 1
        assert str(path) in said
        assert "link" in said
    after = target.stat(), list(target.iterdir()) if is_folder else target.read_bytes()
    assert (before[0].st_mode, before[0].st_mtime_ns, before[1]) == (
        after[0].st_mode,
        after[0].st_mtime_ns,
        after[1],
    )
    assert path.is_symlink()


@pytest.mark.parametrize("name", [name for name in LINKED if name != "journal"])
def test_no_store_is_made_around_a_planted_link(tmp_path: Path, name: str) -> None:
    target = tmp_path / "elsewhere"
    target.write_bytes(b"somebody's own")
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / name).symlink_to(target)
    with pytest.raises(StoreError):
        Store.create(folder, passphrase=SECRET)
    assert target.read_bytes() == b"somebody's own"
    assert [path.name for path in folder.iterdir()] == [name]


MARKED = ("Marqué-Wörd", "marked-sentence", "Zoë-Marked-Name")


def marked_files(*folders: Path) -> list[str]:
    """Return the files in which a marked word stands, in any encoding that somebody would find it in."""
    words = [word.encode(code, "ignore") for word in MARKED for code in ("utf-8", "latin-1", "utf-16-le")]
    words += [ascii(word).strip("'").encode() for word in MARKED]
    held = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in held if any(word in path.read_bytes() for word in words)]


def test_no_word_of_an_encrypted_study_lies_anywhere_in_the_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "study"
    around = [tmp_path / name for name in ("study", "temporary", "state", "home")]
    for path in around[1:]:
        path.mkdir()
    log = tmp_path / "log"
    where = ("-s", str(folder))

    def crash(*_: object, **__: object) -> None:
        words = " ".join(MARKED)
        raise ValueError(f"cannot go on with {words}")

    def work() -> None:
        os.environ |= {"TMPDIR": str(around[1]), "XDG_STATE_HOME": str(around[2]), "HOME": str(around[3])}
        tempfile.tempdir = None

        def run(*arguments: str) -> int:
            code = main([*arguments, *where, "--passphrase-fd", descriptor(SECRET)])
            assert marked_files(*around) == [], arguments
            return code

        assert main(["new", str(folder), "--author", "MT", "--passphrase-fd", descriptor(SECRET)]) == 0
        assert run("respondent", "add", "--group", "CIC", "--name", MARKED[2]) == 0
        assert run("interview", "--respondent", "CIC-01", "--no-open") == 0
        for notes in (f"{MARKED[0]} {MARKED[1]}", f"again {MARKED[0]}"):
            assert run("record", "--interview", "CIC-01", "--item", "role", "--notes", notes) == 0
        from fieldkit.study.protection import unlock

        keys = unlock(folder, SECRET)
        with Store.open(folder / "store", keys=keys) as store:
            for action in (
                lambda: store.drafts.append("i1", "role", {"text": MARKED[1] * 9}),
                store.save_snapshot,
                store.compact,
                store.save_snapshot,
                lambda: store.commit([Put("notes", "n", {"text": MARKED[0] * 50})], author="MT"),
                lambda: store.commit([Put("contacts", "c", {"name": MARKED[2]})], author="MT"),
                lambda: store.drafts.append("i1", "unit", {"text": MARKED[0]}),
            ):
                action()
                assert marked_files(*around) == []
        for path in (folder / "store" / "journal", *(folder / "store" / "drafts").iterdir()):
            path.write_bytes(path.read_bytes()[:-20])
        with Store.open(folder / "store", keys=keys) as store:
            store.drafts.latest("i1")
            assert list((folder / "store" / "aside").iterdir())
            assert marked_files(*around) == []
        monkeypatch.setattr(record_command, "run", crash)
        assert run("record", "--interview", "CIC-01", "--item", "role", "--notes", MARKED[0]) == 1

    apart(work, log=log)
    assert marked_files(*around, tmp_path) == []
    (report,) = (tmp_path / "state").rglob("failure-*.txt")
    assert report.stat().st_mode & 0o777 == 0o600
    assert report.read_text().startswith("ValueError\n")
    assert str(report) in log.read_text()


def test_no_process_of_fieldkit_dumps_core() -> None:
    script = (
        "import resource; from fieldkit.cli.main import main\n"
        "main(['--version']); print(*resource.getrlimit(resource.RLIMIT_CORE))"
    )
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)),
    )
    assert done.stdout.splitlines()[-1] == "0 0"
