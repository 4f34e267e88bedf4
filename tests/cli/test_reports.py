"""Reports from the command line: which options fit which file, how far it is, and whether numbers hold."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from fieldkit.cli.progress import ProgressLine
from tests.cli.conftest import Run


def test_every_kind_of_report_is_written_and_verified(run: Run, held: str, tmp_path: Path):
    names = [str(tmp_path / f"report{kind}") for kind in (".xlsx", ".docx", ".html", ".md")]
    made = run("export", *names, "--json")
    assert made.code == 0, made.err
    assert [entry["file"] for entry in json.loads(made.out)] == names
    for name in names[:3]:
        checked = json.loads(run("verify", name, "--json").out)
        assert (checked["ok"], checked["problems"], checked["tables_missing"]) == (True, [], 0)
    # A person more on the roster: the numbers of those identified no longer hold.
    assert run("respondent", "add", "--group", "DFA").code == 0
    for name in names[:3]:
        told = run("verify", name)
        assert told.code == 1
        assert "profile/all/DFA/identified: the report says 0; the study says 1" in told.out
        assert "no longer hold" in told.out
    (tmp_path / "other.html").write_text("<p>nothing of the kind</p>")
    refused = run("verify", str(tmp_path / "other.html"))
    assert (refused.code, refused.out) == (1, "")
    assert len(refused.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "option"),
    [
        ("a.docx", ["--code-columns"]),
        ("a.csv", ["--template", "x.docx"]),
        ("a.html", ["--with-contacts"]),
        ("a.docx", ["--template", "missing.docx"]),
        ("a.csv", ["--outgoing"]),
        ("a.docx", ["--numbers"]),
        ("a.json", ["--outgoing"]),
    ],
)
def test_an_option_that_does_not_fit_is_refused_before_anything_is_written(
    run: Run, held: str, tmp_path: Path, name: str, option: list[str]
):
    refused = run("export", str(tmp_path / name), *option)
    assert (refused.code, refused.out) == (1, "")
    assert len(refused.err.splitlines()) == 1
    assert not (tmp_path / name).exists()


class Terminal(io.StringIO):
    """What a terminal was sent."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("terminal", "seconds"), [(True, 0.5), (True, 60.0), (False, 60.0)])
def test_progress_is_shown_after_a_second_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, seconds: float
):
    now = [0.0]
    sent = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stderr", sent)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    with ProgressLine("report.xlsx") as line:
        now[0] = seconds
        line(500)
        line(500)
    if terminal and seconds > 1:
        # It is written over with blanks at the end.
        assert sent.getvalue() == "\rreport.xlsx: 500 ..." + "\r" + " " * 20 + "\r"
    else:
        assert sent.getvalue() == ""


def test_a_report_speaks_the_language_of_the_interface_unless_another_is_named(
    run: Run, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told = {}
    for name, interface, option in (
        ("a", "fr_CA.UTF-8", []),
        ("b", "fr_CA.UTF-8", ["--language", "en"]),
        ("c", "en_CA.UTF-8", []),
    ):
        monkeypatch.setenv("LC_ALL", interface)
        assert run("export", str(tmp_path / f"{name}.md"), *option).code == 0
        told[name] = (tmp_path / f"{name}.md").read_text(encoding="utf-8")
    assert "Matrice d’évaluation" in told["a"]
    assert "Evaluation matrix" in told["b"]
    assert "Evaluation matrix" in told["c"]
