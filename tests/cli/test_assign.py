"""fieldkit assign, by a file: the second coder's study, and her codings on their way back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_share_goes_out_is_coded_and_comes_back(run: Run, held: str, tmp_path: Path) -> None:
    recorded = run("record", "--interview", held, "--item", "changes", "--notes", "Made-up words.")
    assert recorded.code == 0, recorded.err
    none = run("assign", "--coder", "SR", "--share", "25%")
    assert (none.code, none.err.count("\n")) == (1, 1)
    state = {"records": {"interviews": [_complete(run, held)]}, "fieldkit": 1}
    (tmp_path / "state.json").write_text(json.dumps(state), encoding="utf-8")
    assert run("import", str(tmp_path / "state.json")).code == 0
    run("code", "--response", f"{held}:changes", "--code", "council")
    assert "with --share, such as 1/4" in run("assign", "--coder", "SR").err
    share, back, hers = tmp_path / "share.json", tmp_path / "back.json", tmp_path / "hers"
    assert run("assign", "--coder", "SR", "--share", "25%", "--seed", "3", "--to", str(share)).code == 0
    assert "coding blind" in run("assign", "--list").out
    made = run("new", str(hers), "--template", str(share), "--no-passphrase", "--json")
    assert made.code == 0, made.err
    coded = run("code", "-s", str(hers), "--response", f"{held}:changes", "--code", "scbf")
    assert coded.code == 0, coded.err
    handed = run("assign", "-s", str(hers), "--hand-in", "--to", str(back))
    assert "SR's share of 1 interview is handed in" in handed.out
    assert run("import", str(back)).code == 0
    tables = json.loads(run("agreement", "--json").out)["tables"]
    assert tables[0]["lines"][0]["coders"] == ["MT", "SR"]


def _complete(run: Run, interview: str) -> dict[str, object]:
    """The interview's record, complete."""
    run("export", "now.json", "--force")
    revisions = json.loads(Path("now.json").read_text(encoding="utf-8"))["revisions"]
    states = [each for each in revisions if each["record"] == interview]
    latest = max(states, key=lambda state: state["lamport"])
    return {**latest["body"], "state": "complete"}
