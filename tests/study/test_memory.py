"""Who else may look into the memory of fieldkit: nobody, from when it holds the keys of a study."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.study.create import create_study

SECRET = "quatre lunes au-dessus du lac"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such switch")

_ASKED = "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
"""Prints whether a process is dumpable, by prctl's own PR_GET_DUMPABLE."""

_PLAIN = "import sys, pathlib; from fieldkit.study.study import Study; at = pathlib.Path(sys.argv[1]);"
_UNLOCKED = "from fieldkit.study.protection import unlock; unlock(at, sys.argv[2]);"
_BEGUN = "s = Study.open(at); s.decide_protection(sys.argv[2]); s.begin_store();"
_ADDED = "from fieldkit.study.protection import protect; s = Study.open(at); protect(s, sys.argv[2]);"


def dumpable(folder: Path, *steps: str) -> str:
    script = "".join((_PLAIN, *steps, _ASKED))
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), SECRET], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_process_with_keys_is_closed_to_others_and_one_without_is_as_it_was(tmp_path: Path) -> None:
    plain = create_study(tmp_path / "plain", author="MT")
    sealed = create_study(tmp_path / "sealed", author="MT", passphrase=SECRET)
    begun = create_study(tmp_path / "begun", author="MT")
    for path in (begun / "store").iterdir():
        path.unlink()
    assert dumpable(plain, "Study.open(at);") == "1"
    assert dumpable(sealed, _UNLOCKED) == "0"
    assert dumpable(begun, _BEGUN) == "0"
    assert dumpable(plain, _ADDED) == "0"


def test_programs_started_from_it_are_as_they_were(tmp_path: Path) -> None:
    sealed = create_study(tmp_path / "sealed", author="MT", passphrase=SECRET)
    starts = f"import subprocess; subprocess.run([sys.executable, '-c', {_ASKED!r}], check=True);"
    assert dumpable(sealed, _UNLOCKED, starts).split() == ["1", "0"]
