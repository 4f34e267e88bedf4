"""The record of an interview goes out and comes back from the shell."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.cli.conftest import Run


def test_a_record_goes_out_and_comes_back_corrected(run: Run, held: str, tmp_path: Path) -> None:
    run("record", "--interview", held, "--item", "role", "--notes", "She follows the file.")
    path = tmp_path / "record.docx"
    ran = run("export", str(path), "--interview", "CIC-01")
    assert (ran.code, "answers in it: 1" in ran.out) == (0, True)
    document = docx.Document(str(path))
    document.paragraphs[-1].text = "She leads the file."
    document.save(str(path))
    assert "--means" in run("import", str(path), "--amends", "CIC-01").err
    ran = run("import", str(path), "--amends", "CIC-01", "--means", "by e-mail", "--date", "2005-03-01")
    assert (ran.code, ran.out) == (0, f"{path}: taken in: 1 responses\n")
    assert "She leads the file." in run("notes", f"{held}:role").out
    assert run("export", str(tmp_path / "x.csv"), "--interview", "CIC-01").code == 1
