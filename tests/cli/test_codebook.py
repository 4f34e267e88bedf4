"""fieldkit codebook, as a coder changes the tree of codes with it."""

from __future__ import annotations

import json

from tests.cli.conftest import Run

WORDS = "The papers come late. Nobody reads them."


def test_the_tree_is_changed_and_changed_back(run: Run) -> None:
    added = run(
        "codebook", "add", "--name", "Late papers", "--name", "fr=Documents tardifs",
        "--definition", "Papers that come late.", "--parent", "governance", "--alias", "delays",
    )  # fmt: skip
    assert added.code == 0, added.err
    assert added.out.startswith("late-papers; `fieldkit undo ")
    assert run("codebook", "rename", "delays", "Papers come late").code == 0
    assert run("codebook", "move", "late-papers", "--parent", "governance", "--before", "council").code == 0
    tree = json.loads(run("codebook", "list", "--json").out)
    under = [code["id"] for code in tree if code.get("parent") == "governance"]
    assert under.index("late-papers") == under.index("council") - 1
    shown = run("codebook", "show", "papers come late").out
    assert "Name (fr): Documents tardifs" in shown
    assert "governance > late-papers" in shown
    for _ in range(3):
        assert run("codebook", "undo").code == 0
    assert "late-papers" not in run("codebook", "list").out


def test_what_cannot_be_is_one_line_and_exit_1(run: Run) -> None:
    for arguments, told in (
        (("add", "--name", "Council", "--definition", "d"), "already"),
        (("add", "--name", "New"), "--definition"),
        (("move", "governance", "--parent", "council"), "cannot stand under"),
        (("merge", "council", "--into", "council"), "itself"),
        (("split", "council", "--into", "A"), "DEFINITION"),
        (("show", "counsil"), "council"),
    ):
        ran = run("codebook", *arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1), arguments
        assert told in ran.err


def test_a_code_is_split_passage_by_passage_and_drift_is_told(run: Run, held: str) -> None:
    recorded = run("record", "--interview", held, "--item", "changes", "--notes", WORDS)
    assert recorded.code == 0, recorded.err
    for start, end in ((0, 21), (22, 40)):
        run(
            "code",
            "--response",
            f"{held}:changes",
            "--code",
            "oversight",
            "--start",
            str(start),
            "--end",
            str(end),
        )
    passages = json.loads(run("codebook", "passages", "oversight", "--json").out)
    assert [each["quote"] for each in passages] == [WORDS[:21], WORDS[22:]]
    into = ("--into", "Late papers: They come late.", "--into", "Unread papers: Nobody reads them.")
    left = run("codebook", "split", "oversight", *into, "--give", f"{passages[0]['id']}=late papers")
    assert left.code == 1
    assert "1 passage of oversight was not looked at" in left.err
    split = run(
        "codebook", "split", "oversight", *into, "--give", f"{passages[0]['id']}=late papers",
        "--rest", "Unread papers", "--json",
    )  # fmt: skip
    assert json.loads(split.out)["into"] == {"late-papers": 1, "unread-papers": 1, "oversight": 0}
    assert run("codebook", "edit", "late-papers", "--definition", "Something else.").code == 0
    drift = run("codebook", "drift").out
    assert "then: They come late." in drift
    assert "now:  Something else." in drift
    merged = run("codebook", "merge", "unread-papers", "--into", "late-papers")
    assert "codings changed: 1" in merged.out


def test_the_codebook_goes_to_a_file_and_comes_back(run: Run) -> None:
    for name in ("codes.yaml", "codes.csv", "codes.xlsx", "codes.qdc"):
        assert run("codebook", "export", name).code == 0
        again = run("codebook", "import", name)
        assert (again.code, "nothing changed" in again.out) == (0, True), again.err
    assert run("export", "again.yaml").code == 0
    assert "nothing new" in run("import", "again.yaml").out
    assert run("codebook", "export", "codes.txt").code == 1
