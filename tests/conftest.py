"""What holds for all tests: nobody's own settings, and a word on what was left out."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from fieldkit import say
from fieldkit.protocol import library
from fieldkit.storage import keyfile
from fieldkit.storage.keyslot import Slot

_DERIVE = keyfile._derive
_HOMES = count()
SYSTEM = Path(__file__).parent / "system"


@pytest.fixture(autouse=True)
def _nobodys_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no configuration of whoever runs them, and leave none to each other."""
    home = tmp_path_factory.getbasetemp() / f"home-{next(_HOMES)}"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    for name in ("NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    say.set_language("en")


@pytest.fixture(autouse=True)
def _protocol_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Studies read the same guides once for all tests, not once for each study."""
    monkeypatch.setattr(library, "load_protocol", _read_once(library.load_protocol))


_READ: dict[tuple[tuple[str, bytes], ...], library.Protocol] = {}


def _read_once(load: Callable[[Path], library.Protocol]) -> Callable[[Path], library.Protocol]:
    def cached(folder: Path) -> library.Protocol:
        # Reading a pipe would wait for ever: what is no plain file is left to the program.
        if not folder.is_dir() or not all(path.is_file() for path in folder.iterdir()):
            return load(folder)
        key = tuple(sorted((path.name, path.read_bytes()) for path in folder.iterdir()))
        if key not in _READ:
            _READ[key] = load(folder)
        return replace(_READ[key], folder=folder)

    return cached


@pytest.fixture(autouse=True)
def _keys_derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Argon2id makes of a secret and a slot's salt is worked out once in a process."""
    monkeypatch.setattr(keyfile, "_derive", _derived)


@cache
def _derived(slot: Slot, secret: str) -> bytes:
    return _DERIVE(slot, secret)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Go through garbage less often: every app leaves much of it, beside all that stays for the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


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
