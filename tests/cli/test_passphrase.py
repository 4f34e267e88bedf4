"""Who can read a study, from the command line: nothing secret in arguments, environment or output."""

from __future__ import annotations

import argparse
import json
import os
import re
from pathlib import Path

import pytest

from fieldkit.cli import open as open_command
from fieldkit.cli.secrets import study_keys
from fieldkit.storage.backup import read_manifest
from fieldkit.storage.heading import heading_bytes, parse_heading
from fieldkit.study.protection import unlock
from fieldkit.study.study import Study
from tests.cli.conftest import Run

SECRET = "quatre lunes au-dessus du lac"
OTHER = "seven herons cross the bay"


def descriptor(text: str | bytes) -> str:
    """Return the number of a descriptor that a text can be read from once."""
    reader, writer = os.pipe()
    os.write(writer, text if isinstance(text, bytes) else text.encode())
    os.close(writer)
    return str(reader)


@pytest.fixture
def sealed(run: Run, tmp_path: Path) -> Path:
    made = run("new", str(tmp_path / "s"), "--author", "AB", "--passphrase-fd", descriptor(SECRET + "\n"))
    assert made.code == 0, made.err
    return tmp_path / "s"


def test_a_new_study_is_encrypted_and_every_command_takes_the_passphrase(run: Run, sealed: Path):
    where = ("-s", str(sealed))
    added = run("respondent", "add", "--group", "CIC", *where, "--passphrase-fd", descriptor(SECRET))
    assert (added.code, added.out) == (0, "CIC-01\n"), added.err
    listed = run("--passphrase-fd", descriptor(SECRET), "respondent", "list", *where)
    assert "CIC-01" in listed.out
    assert run("verify", *where, "--passphrase-fd", descriptor(SECRET)).code == 0
    assert all(b"CIC-01" not in path.read_bytes() for path in (sealed / "store").rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "give its passphrase with --passphrase-fd"),
        (("--passphrase-fd", "7777"), "no passphrase can be read there"),
        (b"", "there is no passphrase"),
        (b"\xff\xfe", "no passphrase can be read there"),
        (b"x" * 5_000, "too long"),
        (b"wrong but long enough", "wrong passphrase or recovery code"),
        (b"AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG", "hold each group against the paper"),
    ],
)
def test_without_the_right_passphrase_nothing_opens(run: Run, sealed: Path, given, said: str):
    option = given if isinstance(given, tuple) else ("--passphrase-fd", descriptor(given))
    for command in (("status",), ("verify",), ("log",), ("export", str(sealed / "a.json"))):
        if isinstance(given, bytes):
            option = ("--passphrase-fd", descriptor(given))
        refused = run(*command, "-s", str(sealed), *option)
        assert (refused.code, refused.out) == (1, "")
        assert said in refused.err
        assert refused.err.count("\n") == 1


def test_the_passphrase_does_not_stay_with_the_arguments(sealed: Path):
    parser = argparse.ArgumentParser()
    open_command.configure(parser)
    args = parser.parse_args([str(sealed), "--passphrase-fd", descriptor(SECRET)])
    keys = study_keys(args, sealed)
    assert keys is not None
    assert SECRET not in repr(vars(args))


def test_new_needs_to_be_told_where_nobody_can_be_asked(run: Run, tmp_path: Path):
    refused = run("new", str(tmp_path / "x"))
    assert refused.code == 1
    assert "--passphrase-fd N, or --no-passphrase" in refused.err
    assert not (tmp_path / "x").exists()
    for weak, said in (
        ("short", "too short"),
        ("password 2005", "tried first"),
        ("aaaaaaaaaaaaaaaa", "tried first"),
    ):
        refused = run("new", str(tmp_path / "x"), "--passphrase-fd", descriptor(weak))
        assert refused.code == 1
        assert said in refused.err
    both = run("new", str(tmp_path / "x"), "--no-passphrase", "--passphrase-fd", descriptor(SECRET))
    assert "contradict" in both.err


def test_changing_the_passphrase_rewraps_the_keys_only(run: Run, sealed: Path):
    journal = (sealed / "store" / "journal").read_bytes()
    where = ("-s", str(sealed))
    changed = run(
        "passphrase", *where, "--passphrase-fd", descriptor(SECRET), "--new-passphrase-fd", descriptor(OTHER)
    )
    assert changed.code == 0, changed.err
    assert (sealed / "store" / "journal").read_bytes() == journal
    assert run("status", *where, "--passphrase-fd", descriptor(OTHER)).code == 0
    assert run("status", *where, "--passphrase-fd", descriptor(SECRET)).code == 1


def test_a_new_recovery_code_replaces_the_one_before(run: Run, sealed: Path):
    where = ("-s", str(sealed))
    codes = []
    for _ in range(2):
        made = run("passphrase", "--recovery", *where, "--passphrase-fd", descriptor(SECRET))
        codes += re.findall(r"recovery code: (\S+)", made.out)
    assert run("status", *where, "--passphrase-fd", descriptor(codes[0])).code == 1
    assert run("status", *where, "--passphrase-fd", descriptor(codes[1])).code == 0


def test_a_plain_study_is_encrypted_to_the_last_byte(run: Run, folder: Path):
    words = "Un mot que personne d’autre ne doit lire"
    assert run("respondent", "add", "--group", "CIC", "--name", "Zoë Côté").code == 0
    assert run("interview", "--respondent", "CIC-01", "--no-open").code == 0
    assert run("record", "--interview", "CIC-01", "--item", "role", "--notes", words).code == 0
    before = run("log", "--json").out
    added = run("passphrase", "--add", "--passphrase-fd", descriptor(SECRET))
    assert added.code == 0, added.err
    for path in (folder / "store").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(told.encode() in content for told in (words, "CIC-01", "Zoë"))
    assert run("log", "--json", "--passphrase-fd", descriptor(SECRET)).out == before
    again = run("passphrase", "--add", "--passphrase-fd", descriptor(SECRET))
    assert (again.code, again.err.count("\n")) == (1, 1)
    assert "encrypted already" in again.err
    unlock(folder, SECRET)


def test_a_heading_that_denies_encryption_gets_nothing_written_in_the_clear(run: Run, sealed: Path):
    where = ("-s", str(sealed))
    run("respondent", "add", "--group", "CIC", *where, "--passphrase-fd", descriptor(SECRET))
    store = sealed / "store"
    whole = (store / "journal").read_bytes()
    meta, heading = parse_heading(whole, store / "journal", "journal")
    plain = heading_bytes("journal", {name: value for name, value in meta.items() if name != "sealed"})
    for journal in (plain + whole[len(heading) :], plain):
        (store / "journal").write_bytes(journal)
        (store / "heading").write_bytes(plain)
        (store / "anchor").unlink(missing_ok=True)
        for option in ((), ("--passphrase-fd", descriptor(SECRET))):
            refused = run(
                "respondent", "add", "--group", "DFA", "--name", "Leaked", "--author", "X", *where, *option
            )
            assert refused.code == 1
            assert refused.err.count("\n") == 1
            assert (store / "journal").read_bytes() == journal
    (store / "journal").write_bytes(whole)
    (store / "heading").write_bytes(heading)
    assert "CIC-01" in run("respondent", "list", *where, "--passphrase-fd", descriptor(SECRET)).out


def test_encrypting_a_study_takes_its_plain_backups_along(run: Run, folder: Path):
    run("respondent", "add", "--group", "CIC", "--name", "Zoë Côté")
    assert not read_manifest(Path(json.loads(run("backup", "--json").out)["file"])).sealed
    assert run("passphrase", "--add", "--passphrase-fd", descriptor(SECRET)).code == 0
    (only,) = (folder / "backups").iterdir()
    assert read_manifest(only).sealed


def test_a_recovery_code_becomes_no_passphrase(run: Run, sealed: Path):
    made = run("passphrase", "--recovery", "-s", str(sealed), "--passphrase-fd", descriptor(SECRET))
    (code,) = re.findall(r"recovery code: (\S+)", made.out)
    changing = ("passphrase", "-s", str(sealed), "--passphrase-fd", descriptor(code))
    assert "recovery code" in run(*changing, "--new-passphrase-fd", descriptor(code)).err
    purging = ("purge", "--everything", "--authority", "x", "--yes", "-s", str(sealed))
    assert "not the recovery code" in run(*purging, "--passphrase-fd", descriptor(code)).err


def test_a_passphrase_is_not_changed_while_another_process_writes(run: Run, sealed: Path):
    with Study.open(sealed, keys=unlock(sealed, SECRET)):
        refused = run(
            "passphrase",
            "-s",
            str(sealed),
            "--passphrase-fd",
            descriptor(SECRET),
            "--new-passphrase-fd",
            descriptor(OTHER),
        )
        assert (refused.code, refused.err.count("\n")) == (1, 1)
    unlock(sealed, SECRET)
