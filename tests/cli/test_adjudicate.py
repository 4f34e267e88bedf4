"""fieldkit adjudicate: a difference is listed, decided, and no longer listed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_difference_is_listed_and_decided(run: Run, held: str) -> None:
    response = f"{held}:changes"
    assert run("record", "--interview", held, "--item", "changes", "--notes", "Made-up words.").code == 0
    for coder, code in (("AB", "council"), ("MT", "scbf"), ("AB", "zero-growth"), ("MT", "zero-growth")):
        assert run("code", "--response", response, "--code", code, "--author", coder).code == 0
    listed = json.loads(run("adjudicate", "--list", "--json").out)
    assert [(each["code"], each["differ_in"]) for each in listed] == [("council", "given"), ("scbf", "given")]
    assert listed[0]["coders"]["MT"] == []
    assert "MT: not given" in run("adjudicate", "--list").out
    before = json.loads(run("agreement", "--json").out)
    for code, take in (("council", "both"), ("scbf", "neither")):
        decided = run("adjudicate", "--response", response, "--code", code, "--take", take)
        assert decided.code == 0, decided.err
    assert json.loads(run("adjudicate", "--list", "--json").out) == []
    after = json.loads(run("agreement", "--json").out)
    assert [table["lines"] for table in after["tables"]] == [table["lines"] for table in before["tables"]]
    refused = run("adjudicate", "--response", response, "--code", "council")
    assert (refused.code, refused.err.count("\n")) == (1, 1)


def test_a_position_that_coders_differ_on_is_listed_and_decided(run: Run, held: str, tmp_path: Path) -> None:
    (respondent,) = json.loads(run("respondent", "list", "--json").out)
    person = "CIC-01"
    cells = [
        {"respondent": respondent["id"], "evaluation_question": "2.5", "coder": coder, "position": position}
        for coder, position in (("AB", "favourable"), ("MT", "mixed"))
    ]
    archive = tmp_path / "cells.json"
    archive.write_text(json.dumps({"fieldkit": 1, "records": {"chart": cells}}), encoding="utf-8")
    assert run("record", "--interview", held, "--item", "changes", "--notes", "Made-up words.").code == 0
    taken = run("import", str(archive))
    assert taken.code == 0, taken.err
    (found,) = json.loads(run("adjudicate", "--list", "--json").out)
    assert (found["respondent"], found["differ_in"], found["decided"]) == (person, "position", None)
    assert f"{person}, position on 2.5:\n  AB: favourable\n  MT: mixed" in run("adjudicate", "--list").out
    place = ("--respondent", person, "--evaluation-question", "2.5")
    decided = run("adjudicate", *place, "--take", "AB")
    assert (decided.code, "favourable" in decided.out) == (0, True), decided.err
    assert json.loads(run("adjudicate", "--list", "--json").out) == []
    refused = run("adjudicate", *place, "--another", "splendid")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
