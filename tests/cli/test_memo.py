"""Memos from the shell."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_a_memo_is_written_listed_changed_and_removed(run: Run, held: str) -> None:
    memo = run("memo", "Guarded [sic].", "--interview", held).out.strip()
    assert run("memo", "Wide.", "--code", "council").code == 0
    assert f"{memo}  MT  interviews: CIC-01: Guarded [sic]." in run("memo").out
    assert run("memo", "Open.", "--change", memo).out.strip() == memo
    assert [entry["text"] for entry in json.loads(run("memo", "--interview", held, "--json").out)] == [
        "Open."
    ]
    assert run("memo", "--remove", memo).code == 0
    assert len(json.loads(run("memo", "--json").out)) == 1
    assert "one thing" in run("memo", "x", "--interview", held, "--code", "council").err
    assert "give the words" in run("memo", "--change", memo).err
