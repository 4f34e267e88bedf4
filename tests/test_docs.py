"""What the documents say is what the program does."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from fieldkit.cli.main import COMMANDS, main
from fieldkit.tui.keymap_file import read_keymap

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = {command.name for command in COMMANDS}


def commands_in(document: Path) -> list[str]:
    blocks = re.findall(r"```\w*\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("fieldkit ")]


@pytest.mark.parametrize("document", ["README.md", "docs/own-keys.md"])
def test_the_tables_of_the_documents_are_the_programs_own(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    tables = runpy.run_path(str(ROOT / "docs" / "tables.py"))
    assert tables["filled"](text) == text, "run `python docs/tables.py`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_document_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    inline = re.findall(r"`fieldkit (?:-s \S+ )?([a-z]+)[^`]*`", text)
    blocks = [re.sub(r"^fieldkit (-s \S+ )?", "", line).split()[0] for line in commands_in(document)]
    unknown = {name for name in [*inline, *blocks] if name not in NAMES and "-study" not in name}
    assert not unknown


def test_the_keymap_of_the_document_is_one_and_its_problem_is_told_as_written() -> None:
    text = (ROOT / "docs" / "own-keys.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert read_keymap(example).problems == ()
    told = read_keymap('[interview]\n\nverbatim = "ctrl+n"\n').problems
    assert told[0] in text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_command_tells_of_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"fieldkit {name}" in capsys.readouterr().out


def test_the_readmes_session_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "practice", "--no-open"]) == 0
    monkeypatch.chdir(tmp_path / "practice")
    session = [
        line.split()[1:] for line in commands_in(ROOT / "README.md") if "export" in line or "tabulate" in line
    ]
    assert [main(arguments) for arguments in session] == [0] * len(session)
    assert {path.name for path in Path.cwd().iterdir()} >= {"findings.xlsx", "coded.csv", "study.json"}
    assert "0.80" in capsys.readouterr().out
