"""fieldkit triangulate: grid, matrix, gaps and divergence in one answer."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_what_is_missing_is_told_before_anything_is_there(run: Run) -> None:
    told = run("triangulate").out
    assert "fieldkit findings --add" in told
    assert "1.1  CIC: nobody of them was interviewed" in told
    finding = run("findings", "--add", "Members oversee [sic].", "--question", "1.1", "--holds").out.strip()
    assert "1.1 Members oversee [sic]." in run("triangulate", "--question", "1.1").out
    data = json.loads(run("triangulate", "--question", "1.1", "--json").out)
    assert [each["finding"] for each in data["findings"]] == [finding]
    assert {each["verdict"] for each in data["findings"][0]["groups"]} == {"silent"}
    assert {gap["question"] for gap in data["gaps"]} == {"1.1"}
    assert run("triangulate", "--question", "9.9").code == 1
