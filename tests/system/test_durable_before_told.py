"""What the kernel sees: an id is printed only after the journal was forced to the disk."""

from __future__ import annotations

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with an interview of CIC-01."""
    made = create_study(tmp_path / "study", author="MT")
    with Study.open(made) as study:
        interview_for(study, add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"})).id)
    return made


def test_an_id_is_printed_after_the_journal_is_on_the_disk(folder: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    record = ["record", "-s", str(folder), "--interview", "CIC-01", "--item", "role", "--notes", "Été [1998]"]
    strace = ["strace", "-f", "-y", "-s", "200", "-e", "trace=write,writev,pwrite64,fdatasync,fsync"]
    command = [*strace, "-o", trace, *FIELDKIT, *record]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    revision = done.stdout.strip()
    assert re.fullmatch("[0-9a-f]{64}", revision)
    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    written = next(n for n, call in enumerate(calls) if "write" in call and "/journal>" in call)
    synced = next(
        n for n, call in enumerate(calls) if n > written and "sync(" in call and "/journal>" in call
    )
    told = next(n for n, call in enumerate(calls) if revision in call and re.search(r"write\(1[<,]", call))
    assert written < synced < told


def test_when_the_disk_refuses_nothing_is_told_and_nothing_is_half_done(folder: Path) -> None:
    record = ["record", "-s", str(folder), "--interview", "CIC-01", "--item", "role", "--notes", "kept?"]
    inject = ["strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO"]
    done = subprocess.run([*inject, *FIELDKIT, *record], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    again = subprocess.run([*FIELDKIT, *record], capture_output=True, text=True, check=True)
    assert re.fullmatch("[0-9a-f]{64}", again.stdout.strip())
    with Study.open(folder) as study:
        assert len(study.rows("responses")) == 1
