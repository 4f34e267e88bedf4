"""What slips through every net prints no one's words, and the process leaves no core dump."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WORDS = "the minister said no"
FAIL = f"""
def fail():
    words = "{WORDS}"
    raise ValueError(words)
"""
WAYS = {
    "main thread": "fail()",
    "thread": "import threading; t = threading.Thread(target=fail); t.start(); t.join()",
    "finaliser": "K = type('K', (), {'__del__': lambda self: fail()}); k = K(); del k",
}


def ran(script: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"from fieldkit.cli.lastresort import install\ninstall()\n{FAIL}\n{script}"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_STATE_HOME": str(home)},
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_fault_prints_one_line_without_words_and_names_its_report(way: str, tmp_path: Path) -> None:
    done = ran(WAYS[way], tmp_path)
    (report,) = tmp_path.rglob("failure-*.txt")
    assert str(report) in done.stderr
    assert done.stderr.count("\n") == 1
    assert "ValueError" in done.stderr
    assert WORDS not in done.stdout + done.stderr + report.read_text(encoding="utf-8")


def test_the_program_leaves_no_core_dump() -> None:
    pytest.importorskip("resource")
    script = (
        "import resource, sys; from fieldkit.cli.main import main; sys.argv = ['fieldkit', '--version']\n"
        "main()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "(0, 0)"
