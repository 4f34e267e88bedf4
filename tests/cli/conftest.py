"""Commands run in this process, on a study of their own."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldkit.cli.main import main
from fieldkit.study.create import create_study


@dataclass
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _apart_from_this_laptop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither read nor write what the person who runs the tests has configured."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new study of MT's, named with a blank, an accent and brackets."""
    return create_study(tmp_path / "étude [1]", author="MT")


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in the study's folder: `run("status", "--json")`."""
    monkeypatch.chdir(folder)

    def run_here(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = main(list(arguments))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_here


@pytest.fixture
def held(run: Run) -> str:
    """A study with CIC-01 and her planned interview; its id."""
    assert run("respondent", "add", "--group", "CIC", "--name", "Zoë Secret").code == 0
    return run("interview", "--respondent", "CIC-01", "--no-open").out.strip()
