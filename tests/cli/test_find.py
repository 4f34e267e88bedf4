"""Words are found and coded from the shell."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_hits_are_listed_then_coded_by_their_numbers(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Council one.\nThe council two.\nCouncils three.", encoding="utf-8")
    run("import", str(path), "--no-passphrase")
    assert run("find", "COUNCIL").out.splitlines() == [
        "1  plan.txt: >>Council<< one.",
        "2  plan.txt: The >>council<< two.",
        "3  plan.txt: >>Council<<s three.",
    ]
    assert run("find", "council", "--code", "scbf").code == 1
    assert "there are 3" in run("find", "council", "--code", "scbf", "--hits", "2-4").err
    assert len(run("find", "council", "--code", "scbf", "--hits", "1,3").out.split()) == 2
    hits = json.loads(run("find", "council", "--json").out)
    assert [(hit["hit"], hit["codes"]) for hit in hits] == [(1, ["scbf"]), (2, []), (3, ["scbf"])]
    assert len(run("find", "council", "--code", "scbf", "--hits", "all").out.split()) == 1
    assert run("find", "nowhere at all").out == "found nowhere\n"
