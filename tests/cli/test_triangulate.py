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


def test_the_tables_behind_it_are_printed_with_ids_that_trace_finds(run: Run) -> None:
    told = run("tabulate", "--what", "triangulation").out
    assert "There is nothing of this kind to count yet." in told
    finding = run("findings", "--add", "Members oversee [sic].", "--question", "1.1", "--holds").out.strip()
    for what, row in (
        ("saturation", "total"),
        ("triangulation", finding),
        ("evidence", "1.1"),
        ("gaps", "1.1"),
    ):
        tables = json.loads(run("tabulate", "--what", what, "--json").out)["tables"]
        ids = [cell["trace"] for table in tables for cell in table["cells"]]
        (first, *_) = [each for each in ids if each.startswith(f"{what}/all/{row}")]
        assert json.loads(run("trace", first, "--json").out)["trace"] == first
    kept = run("tabulate", "--what", "gaps", "--question", "1.1").out
    assert ("1.1 " in kept, "3.3 " in kept) == (True, False)
    refused = run("tabulate", "--what", "gaps", "--by", "place")
    assert (refused.code, len(refused.err.strip().splitlines())) == (1, 1)
    assert run("tabulate", "--what", "gaps", "--question", "9.9").code == 1
