"""On the command line, French is whole: help, wrong usage, and what goes wrong below."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fieldkit.cli.main import COMMANDS, main
from fieldkit.study.preferences import remember


@pytest.fixture(autouse=True)
def _french() -> None:
    remember(language="fr")


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_explains_itself_in_french(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(f"usage : fieldkit {command} ")
    assert "montrer cette aide et quitter" in told
    assert "LANGUAGE" not in os.environ


def test_wrong_usage_is_told_in_french_and_is_wrong_usage_still(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace"]) == 2
    assert capsys.readouterr().err == (
        "fieldkit: il manque les arguments\N{NO-BREAK SPACE}: CELL; voir fieldkit trace --help\n"
    )


def test_what_is_not_there_is_told_in_french(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "-s", str(tmp_path / "no")]) == 1
    assert "ce dossier n’existe pas" in capsys.readouterr().err
    assert main(["verify", str(tmp_path)]) == 1
    assert "il n’y a pas de fichier à cet endroit" in capsys.readouterr().err
    assert main(["statsu"]) == 2
    assert "il n’y a ni commande ni dossier 'statsu'; au plus proche" in capsys.readouterr().err
