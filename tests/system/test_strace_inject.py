"""Each system call of `fieldkit record` fails once: an id is told, and is there, or one line says why not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.study.create import create_study
from fieldkit.study.interviews import interview_for
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study

FIELDKIT = [sys.executable, "-m", "fieldkit"]
ID = re.compile("[0-9a-f]{64}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with an interview of CIC-01."""
    made = create_study(tmp_path / "study", author="MT")
    with Study.open(made) as study:
        study.decide_protection(None)
        interview_for(study, add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"})).id)
    return made


@pytest.mark.parametrize(
    ("call", "error"),
    [
        *((call, "EIO") for call in ("fdatasync", "fsync", "write", "pwrite64", "ftruncate", "rename")),
        ("write", "ENOSPC"),
    ],
)
def test_a_failing_system_call(folder: Path, tmp_path: Path, call: str, error: str) -> None:
    trace = tmp_path / "trace"
    for number in range(1, 200):
        # What a copied study does on its first opening is asked for as well.
        (folder / "store" / "device.json").unlink()
        (folder / "store" / "heading").unlink()
        record = ["record", "-s", str(folder), "--interview", "CIC-01", "--item", "role"]
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"]
        done = subprocess.run(
            ["strace", "-f", "-o", trace, *inject, *FIELDKIT, *record, "--notes", f"words {number}"],
            capture_output=True,
            text=True,
            check=False,
            # An empty setting is none: what is printed goes out at once, in one call.
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": ""},
        )
        where = f"{call} number {number}: {done.returncode} {done.stdout!r} {done.stderr!r}"
        reached = "(INJECTED)" in trace.read_text(errors="replace")
        told = done.stdout.strip()
        with Study.open(folder) as study:
            assert study.store is not None
            if done.returncode == 0:
                assert ID.fullmatch(told), where
                assert study.store.revision(told) is not None, where
            else:
                assert done.returncode == 1, where
                assert told == "", where
                assert "Traceback" not in done.stderr, where
                # Where the line itself could not be written, there is none.
                assert len(done.stderr.splitlines()) == (0 if call == "write" and not done.stderr else 1), (
                    where
                )
            assert study.store.verify().problems == (), where
        if not reached:
            assert done.returncode == 0, where
            return
    raise AssertionError("the command never ends")
