"""The program as a process: exit codes, pipes, failures, and what it does not import."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit import __version__
from fieldkit.cli import main as program
from tests.cli.conftest import Run

HEAVY = (
    "textual",
    "rich",
    "questionary",
    "openpyxl",
    "xlsxwriter",
    "docx",
    "PIL",
    "yaml",
    "pydantic",
    "elementpath",
    "tinydb",
)


def fieldkit(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fieldkit", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        **options,
    )


def test_every_command_is_in_the_table_and_says_what_it_does(run: Run):
    assert run("--version").out == f"fieldkit {__version__}\n"
    overview = run("--help").out
    for command in program.COMMANDS:
        assert f"  {command.name} " in overview
        assert command.help in overview
        asked = run(command.name, "--help")
        assert asked.code == 0
        assert asked.out.startswith(f"usage: fieldkit {command.name}")
        module = importlib.import_module(f"fieldkit.cli.{command.module}")
        assert callable(module.configure)
        assert callable(module.run)


def test_a_folder_is_opened_and_options_may_stand_before_the_command(run: Run, folder: Path, tmp_path: Path):
    assert "needs a terminal" in run(str(folder)).err
    assert "no study here or above" in run(str(tmp_path)).err
    assert run("-s", str(folder), "status").code == 0
    assert run("--author", "AB", "respondent", "add", "--group", "IOM").out == "IOM-01\n"
    assert "nearest: status" in run("statsu").err


def test_the_process_exits_with_the_code(folder: Path):
    assert fieldkit("respondent", "list", "-s", str(folder), stdin=subprocess.DEVNULL).returncode == 0
    missing = fieldkit("log", cwd="/", stdin=subprocess.DEVNULL)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr.count("\n") == 1
    assert fieldkit("record").returncode == 2


def test_a_reader_that_goes_away_is_no_fault(folder: Path, run: Run):
    roster = folder / "roster.csv"
    roster.write_text("code,group\n" + "".join(f"CIC-{number:04},CIC\n" for number in range(2000)))
    assert run("import", "roster.csv").code == 0
    command = f'"{sys.executable}" -m fieldkit log -s "{folder}" | head -n 1; echo "${{PIPESTATUS[0]}}"'
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert ran.stdout.splitlines()[-1] == "0"
    assert ran.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="bash")
def test_a_reader_of_a_table_who_has_gone_is_no_fault(folder: Path):
    table = f'"{sys.executable}" -m fieldkit tabulate --what coverage -s "{folder}"'
    # Unbuffered, the first line fails before the table is drawn.
    command = f'unset PYTHONUNBUFFERED; {table} | true; echo "${{PIPESTATUS[0]}}"'
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("0\n", "")


def test_start_up_imports_nothing_heavy(folder: Path):
    code = (
        "import sys; from fieldkit.cli.main import main; code = main(['respondent', 'list', '--json']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules]); sys.exit(code)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, env=_env())
    assert ran.stdout.splitlines()[-1] == "[]"
    assert ran.returncode == 0


def test_text_is_printed_whatever_the_terminal_can_show(folder: Path):
    ran = subprocess.run(
        [sys.executable, "-m", "fieldkit", "status", "--language", "fr", "-s", str(folder)],
        capture_output=True,
        env=_env(PYTHONIOENCODING="ascii"),
    )
    assert ran.returncode == 0
    assert b"PROT\\xc9G\\xc9 B" in ran.stdout


def test_an_unforeseen_failure_is_one_line_and_its_report_names_places_only(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object, **__: object) -> None:
        secret = "hunter2"
        raise RuntimeError(f"the passphrase is {secret}")

    monkeypatch.setattr("fieldkit.study.recording.record_response", fail)
    ran = run("record", "--interview", "x", "--item", "y", "--notes", "z")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "RuntimeError" in ran.err
    assert "hunter2" not in ran.err
    (report,) = (tmp_path / "home").rglob("failure-*.txt")
    assert str(report) in ran.err
    assert "record.py" in report.read_text()
    assert "hunter2" not in report.read_text()
    assert report.stat().st_mode & 0o777 == 0o600


def test_a_stopped_command_says_so(run: Run, monkeypatch: pytest.MonkeyPatch):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fieldkit.study.recording.record_response", stop)
    ran = run("record", "--interview", "x", "--item", "y", "--notes", "z")
    assert (ran.code, ran.err) == (1, "fieldkit: stopped\n")


def _env(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(program.__file__).parents[2]), **more}
