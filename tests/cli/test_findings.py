"""fieldkit findings: added, changed, reviewed, overruled and listed."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_findings_are_stated_reviewed_and_listed(run: Run) -> None:
    finding = run("findings", "--add", "Members oversee [sic].", "--question", "1.1", "--holds").out.strip()
    assert run("findings", "--edit", finding, "--statement", "Members look on.", "--fails").code == 0
    assert run("findings", "--status", finding, "reviewed").out.strip() == finding
    assert run("findings", "--overrule", finding, "limited", "--reason", "Minutes.").code == 0
    assert run("findings", "--note", finding, "Which year?").code == 0
    assert run("findings", "--recommend", "Stay.", "--on", finding).code == 0
    drawn = json.loads(run("findings", "--json").out)["conclusions"][0]["id"]
    other = run("findings", "--add", "Members pay.", "--question", "1.4a").out.strip()
    assert run("findings", "--edit", drawn, "--statement", "Stay on.", "--on", other, finding).code == 0
    told = run("findings").out
    assert f"({other}, {finding}): Stay on." in told
    for part in (
        "PROTECTED B",
        "Members look on.",
        "Limited · reviewed",
        "Minutes.",
        "MT: Which year?",
    ):
        assert part in told
    assert run("findings", "--remove", other).code == 1
    assert "fieldkit undo" in run("findings", "--remove", drawn).out
    assert json.loads(run("findings", "--json").out)["conclusions"] == []
    listed = json.loads(run("findings", "--json", "--language", "fr").out)["findings"][0]
    assert (listed["holds"], listed["computed"], listed["strength"]) == (False, "insufficient", "limited")
    assert listed["reasons"][0] == "moins de 3 personnes (0) et aucun document"


def test_what_is_wrong_is_told_in_one_line(run: Run) -> None:
    for arguments in (
        ("--add", "It works."),
        ("--add", "It works.", "--question", "9.9"),
        ("--status", "nowhere", "final"),
        ("--add", "It works.", "--question", "1.1", "--quotes", "nothing"),
    ):
        ran = run("findings", *arguments)
        assert ran.code == 1
        assert len(ran.err.strip().splitlines()) == 1


def test_passages_that_wait_are_listed_and_decided_on(run: Run) -> None:
    assert "no passage waits" in run("findings", "--waiting").out
    assert json.loads(run("findings", "--waiting", "--json").out)["waiting"] == []
    refused = run("findings", "--let-out", "nothing", "--reason", "Fine.")
    assert (refused.code, len(refused.err.strip().splitlines())) == (1, 1)
