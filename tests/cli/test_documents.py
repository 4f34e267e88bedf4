"""Documents come in and are coded from the shell."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_document_is_imported_coded_and_counted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("The Council meets.\r\nIt listens.", encoding="utf-8", newline="")
    ran = run("import", str(path), "--evaluation-question", "1.4a", "--role", "evidence", "--no-passphrase")
    assert (ran.code, ran.out) == (0, f"{path}: taken in: 1 documents\n")
    assert "line breaks of other kinds became newlines: 1" in ran.err
    ran = run("code", "--document", "plan", "--code", "council", "--start", "0", "--end", "11", "--json")
    assert ran.code == 0
    tables = json.loads(run("tabulate", "--what", "codes", "--format", "json").out)
    told = json.dumps(tables)
    assert "codes/all/council/documents:documents" in told
    assert run("import", str(path)).out.endswith("nothing new; all of it was here already\n")


def test_options_of_documents_are_refused_for_other_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("code,group\nA,CIC\n", encoding="utf-8")
    ran = run("import", str(tmp_path / "r.csv"), "--role", "profile", "--no-passphrase")
    assert (ran.code, "--role is for documents only" in ran.err) == (1, True)
