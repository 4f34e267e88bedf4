"""Nothing heavy stands between starting fieldkit and the first screen."""

from __future__ import annotations

import subprocess
import sys

import pytest

from benchmarks.imports import HEAVY, WAYS_IN, measure


@pytest.mark.parametrize("module", list(WAYS_IN))
def test_no_way_in_imports_a_heavy_package(module: str) -> None:
    _, loaded = measure(module)
    assert not loaded & {*HEAVY, *WAYS_IN[module]}


def test_an_import_where_it_is_used_is_seen() -> None:
    # Guards the test above: were `measure` blind, everything would pass it.
    _, loaded = measure("fieldkit.records.tables")
    assert "pydantic" in loaded


def test_help_needs_no_study_and_nothing_heavy() -> None:
    script = "import sys; from fieldkit.cli.main import main\n"
    script += "try: main(['--help'])\nexcept SystemExit: pass\n"
    script += "print([name for name in ('pydantic', 'textual', 'yaml') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.splitlines()[-1] == "[]"
