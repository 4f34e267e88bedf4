"""Codings that wait for a decision are listed and decided from the shell."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_waiting_coding_is_listed_and_kept(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("The Council meets in Geneva.", encoding="utf-8")
    run("import", str(path), "--no-passphrase")
    run("code", "--document", "plan", "--code", "council")
    assert run("codings").out == "no coding waits for a decision\n"
    path.write_text("The full Council met in Geneva.", encoding="utf-8")
    assert "codings on its earlier words: 1" in run("import", str(path)).err
    (entry,) = json.loads(run("codings", "--json").out)
    assert (entry["state"], entry["now"]) == ("changed", "The full Council met in Geneva.")
    assert "its words were changed" in run("codings").out
    assert "wait for a decision: 1" in run("status").out
    assert run("codings", "--start", "3").code == 1
    assert run("codings", "--keep", entry["coding"]).code == 0
    assert run("codings").out == "no coding waits for a decision\n"
