"""What holds for all tests: nobody's own settings, and a word on what was left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SYSTEM = Path(__file__).parent / "system"


@pytest.fixture(autouse=True)
def _nobodys_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no configuration of whoever runs them."""
    home = tmp_path_factory.getbasetemp() / "home"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests need programs beside Python and were not run."""
    if any(
        SYSTEM in (Path(str(path)), *Path(str(path)).parents)
        for path in map(Path.absolute, map(Path, config.args))
    ):
        return
    left_out = sum(
        len(re.findall(r"^def test_", file.read_text(encoding="utf-8"), re.MULTILINE))
        for file in SYSTEM.glob("test_*.py")
    )
    terminalreporter.write_line(
        f"left out: {left_out} tests in tests/system, which need other programs (.ci/run)"
    )
