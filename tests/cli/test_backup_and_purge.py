"""Backups, restoring and purging from the command line."""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.storage import upkeep
from fieldkit.study.conduct import Conduct
from fieldkit.study.create import create_study
from fieldkit.study.study import Study
from tests.cli.conftest import Ran, Run
from tests.cli.test_passphrase import SECRET, descriptor


@pytest.fixture
def person(run: Run) -> str:
    assert run("respondent", "add", "--group", "CIC", "--name", "Zoé Examplename").code == 0
    return "CIC-01"


def test_a_backup_becomes_a_study_again(run: Run, person: str, folder: Path, tmp_path: Path):
    made = json.loads(run("backup", "--json").out)
    assert made["encrypted"] is False
    assert Path(made["file"]).parent == folder / "backups"
    assert run("verify", made["file"]).code == 0
    restored = run("restore", made["file"], str(tmp_path / "again"))
    assert restored.code == 0, restored.err
    where = ("-s", str(tmp_path / "again"))
    assert "CIC-01" in run("respondent", "list", *where).out
    assert run("check", *where).code == 0
    assert run("log", "--json", *where).out == run("log", "--json").out
    assert run("respondent", "add", "--group", "DFA", "--author", "MT", *where).out == "DFA-01\n"


def test_status_tells_the_day_of_the_last_one(run: Run, person: str):
    assert "last backup from this laptop: none" in run("status").out
    assert json.loads(run("status", "--json").out)["last_backup"] is None
    made = json.loads(run("backup", "--json").out)
    day = json.loads(run("status", "--json").out)["last_backup"]
    assert made["made_at"].startswith(day)
    assert f"last backup from this laptop: {day}" in run("status").out


def test_no_more_than_a_set_number_are_kept_where_one_says(run: Run, person: str, tmp_path: Path):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "holiday.fieldkit-backup").write_text("not one of ours")
    files = [
        json.loads(run("backup", "--to", str(stick), "--keep", "2", "--json").out)["file"] for _ in range(3)
    ]
    files.append(json.loads(run("backup", "--json").out)["file"])
    left = sorted(path.name for path in stick.iterdir())
    assert left == sorted([Path(files[2]).name, Path(files[3]).name, "holiday.fieldkit-backup"])


def test_a_damaged_backup_is_refused_and_nothing_is_left(run: Run, person: str, tmp_path: Path):
    made = Path(json.loads(run("backup", "--json").out)["file"])
    whole = made.read_bytes()
    for place in (*range(0, len(whole), len(whole) // 40), len(whole) - 10):
        made.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        checked = run("verify", str(made))
        restored = run("restore", str(made), str(tmp_path / "again"))
        # A bit in the archive's own dates or padding changes nothing of the study.
        if checked.code == 0:
            assert restored.code == 0
            assert run("verify", "-s", str(tmp_path / "again")).code == 0
            (tmp_path / "again").rename(tmp_path / f"again{place}")
        else:
            assert restored.code == 1
            assert restored.err.count("\n") == checked.err.count("\n") == 1
            assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"words", bytes(1_000)])
def test_what_is_no_backup_is_said_in_one_line(run: Run, tmp_path: Path, content: bytes):
    path = tmp_path / "x.fieldkit-backup"
    path.write_bytes(content)
    for command in (("verify", str(path)), ("restore", str(path), str(tmp_path / "y"))):
        refused = run(*command)
        assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
        assert "no backup of fieldkit" in refused.err
    assert "cannot be read" in run("restore", "nosuch", str(tmp_path / "y")).err
    assert not (tmp_path / "y").exists()


def test_a_backup_of_an_encrypted_study_is_encrypted(run: Run, tmp_path: Path):
    study = tmp_path / "s"
    where = ("-s", str(study))
    run("new", str(study), "--author", "AB", "--passphrase-fd", descriptor(SECRET))
    run(
        "respondent",
        "add",
        "--group",
        "CIC",
        "--code",
        "CIC-77",
        *where,
        "--passphrase-fd",
        descriptor(SECRET),
    )
    made = json.loads(run("backup", "--json", *where, "--passphrase-fd", descriptor(SECRET)).out)
    assert made["encrypted"] is True
    restored = tmp_path / "again"
    assert run("restore", made["file"], str(restored)).code == 0
    assert not any(
        b"CIC-77" in path.read_bytes() for path in (restored / "store").rglob("*") if path.is_file()
    )
    assert "records were not looked at" in run("verify", made["file"]).out
    looked = run("verify", made["file"], "--passphrase-fd", descriptor(SECRET))
    assert "revisions read, all is well" in looked.out
    wrong = run("verify", made["file"], "--passphrase-fd", descriptor("another one altogether"))
    assert wrong.code == 1


def test_purging_asks_for_authority_consent_and_the_end_of_holds(run: Run, person: str, folder: Path):
    assert "add --yes" in run("purge", "--contacts", "--authority", "schedule 12").err
    assert "--authority" in run("purge", "--contacts", "--yes").err
    held = run("purge", "--hold", "access request", "--authority", "ATIP", "--json")
    hold = json.loads(held.out)["id"]
    refused = run("purge", "--contacts", "--authority", "schedule 12", "--yes")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "access request" in refused.err
    assert run("purge", "--release", hold, "--authority", "ATIP").code == 0
    done = json.loads(run("purge", "--contacts", "--authority", "schedule 12", "--yes", "--json").out)
    assert (done["purge"]["kind"], done["states"]) == ("contacts", 1)
    assert "Examplename" not in run("export", str(folder / "a.json"), "--with-contacts").out
    assert b"Examplename" not in (folder / "a.json").read_bytes()
    listed = run("purge", "--list").out
    assert "schedule 12" in listed
    assert re.search("released", listed)


def test_everything_purged_from_an_encrypted_study_opens_with_the_same_passphrase(run: Run, tmp_path: Path):
    where = ("-s", str(tmp_path / "s"))
    run("new", str(tmp_path / "s"), "--author", "AB", "--passphrase-fd", descriptor(SECRET))
    run("respondent", "add", "--group", "CIC", *where, "--passphrase-fd", descriptor(SECRET))
    secret = descriptor(SECRET)
    done = run(
        "purge", "--everything", "--authority", "x", "--yes", "--json", *where, "--passphrase-fd", secret
    )
    code = json.loads(done.out)["recovery_code"]
    assert (
        json.loads(run("respondent", "list", "--json", *where, "--passphrase-fd", descriptor(code)).out) == []
    )
    assert run("verify", *where, "--passphrase-fd", descriptor(SECRET)).code == 0


@pytest.mark.parametrize("then", ["status", "purge"])
def test_a_purge_of_everything_that_failed_is_completed_by_the_next_command(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
):
    def sealed(*arguments: str) -> Ran:
        where = ("-s", str(tmp_path / "s"), "--passphrase-fd", descriptor(SECRET))
        return run(*arguments, *where)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    run("new", str(tmp_path / "s"), "--author", "AB", "--passphrase-fd", descriptor(SECRET))
    sealed("respondent", "add", "--group", "CIC")
    purge = ("purge", "--everything", "--authority", "schedule 12", "--yes")
    with monkeypatch.context() as broken:
        broken.setattr(upkeep, "destroy", full)
        failed = sealed(*purge)
    assert (failed.code, failed.err.count("\n")) == (1, 1)
    assert "open the study again" in failed.err
    assert "a purge of everything was decided and is not complete" in sealed("verify").out
    done = sealed(*purge, "--json") if then == "purge" else sealed("status")
    assert done.code == 0
    assert done.err.count("\n") == 1
    assert re.search(r"decided on \d{4}-\d\d-\d\d \(schedule 12\).*now complete; .*--recovery", done.err)
    if then == "purge":
        assert json.loads(done.out)["purge"]["kind"] == "everything"
    assert json.loads(sealed("respondent", "list", "--json").out) == []
    assert len(json.loads(sealed("purge", "--list", "--json").out)["purges"]) == 1
    assert sealed("verify").code == 0


@pytest.fixture
def carried(run: Run, person: str, folder: Path, tmp_path: Path) -> tuple[str, ...]:
    """Another laptop's study, which has the person; `purge.json`, which erases her, lies beside it."""
    twin = create_study(tmp_path / "twin", author="LB")
    assert run("export", str(tmp_path / "before.json"), "--with-contacts").code == 0
    assert run("import", str(tmp_path / "before.json"), "-s", str(twin)).code == 0
    assert run("purge", "--respondent", "CIC-01", "--authority", "her own", "--yes").code == 0
    assert run("export", str(tmp_path / "purge.json")).code == 0
    return ("-s", str(twin))


def test_an_archive_with_a_purge_erases_only_where_that_is_accepted(
    run: Run, carried: tuple[str, ...], tmp_path: Path
):
    before = run("log", "--json", *carried).out
    refused = run("import", str(tmp_path / "purge.json"), *carried)
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "purge.json: carries 1 purge (her own) and would erase here for good 2 records" in refused.err
    assert "of CIC-01: nothing was taken in; add --accept-purges" in refused.err
    assert run("log", "--json", *carried).out == before
    taken = run("import", str(tmp_path / "purge.json"), "--accept-purges", *carried)
    assert taken.code == 0, taken.err
    assert json.loads(run("respondent", "list", "--json", *carried).out) == []


def test_at_a_terminal_it_is_asked(
    run: Run, carried: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    answers = ["yes", "purge"]

    def ask_text(question: str) -> str:
        asked.append(question)
        return answers.pop(0)

    monkeypatch.setattr("fieldkit.cli.import_.interactive", lambda: True)
    monkeypatch.setattr("fieldkit.cli.ask.ask_text", ask_text)
    refused = run("import", str(tmp_path / "purge.json"), *carried)
    assert (refused.code, refused.err) == (1, "fieldkit: nothing was taken in\n")
    assert len(json.loads(run("respondent", "list", "--json", *carried).out)) == 1
    assert run("import", str(tmp_path / "purge.json"), *carried).code == 0
    assert json.loads(run("respondent", "list", "--json", *carried).out) == []
    assert all("2 records, of CIC-01. Type the word purge" in question for question in asked)


def test_the_list_of_purges_tells_what_completing_erased(run: Run, folder: Path, held: str):
    with Study.open(folder) as study:
        conduct = Conduct(study, held)
        conduct.start()
        for words in ("first", "second", "third"):
            conduct.note(ResponseKey("role"), words)
            conduct.leave(ResponseKey("role"))
        conduct.complete()
    (line,) = run("purge", "--list").out.splitlines()
    assert "states erased by completing: 2, in interviews: 1" in line
    told = json.loads(run("purge", "--list", "--json").out)
    assert told["completing"] == {"interviews": 1, "states": 2}


def test_holds_and_purges_do_not_come_in_files(run: Run, folder: Path):
    records = {"purges": [{"id": "p", "kind": "everything", "erased": []}]}
    (folder / "r.json").write_text(json.dumps({"fieldkit": 1, "records": records}))
    refused = run("import", "r.json")
    assert refused.code == 1
    assert "`fieldkit purge` alone makes these" in refused.err
