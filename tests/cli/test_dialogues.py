"""The questions asked at a terminal, answered by keys; nobody types a flag."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from fieldkit.cli import ask
from fieldkit.study.author import known_author
from fieldkit.study.protection import needs_passphrase, unlock
from fieldkit.study.study import Study
from tests.app.terminal import Terminal
from tests.cli.conftest import Run

ENTER, DOWN, CLEAR = "\r", "\x1b[B", "\x15"


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    """A keyboard that a terminal listens to."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for module in ("options", "new", "respondent", "app", "secrets", "passphrase"):
        __import__(f"fieldkit.cli.{module}")
        monkeypatch.setattr(f"fieldkit.cli.{module}.interactive", lambda: True)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def test_new_asks_for_folder_and_initials_and_offers_a_passphrase(run: Run, keys: PipeInput, tmp_path: Path):
    # Initials that are none are asked for again: the wrong ones are cleared first.
    keys.send_text(f"{CLEAR}{tmp_path / 'asked'}{ENTER}1!{ENTER}{CLEAR}ZZ{ENTER}{ENTER}")
    made = run("new")
    assert made.code == 0, made.err
    assert known_author(tmp_path / "asked") == "ZZ"
    assert needs_passphrase(tmp_path / "asked")
    (code,) = re.findall(r"recovery code: (\S+)", made.out)
    keys.send_text(f"wrong words{ENTER}{code.lower()}{ENTER}")
    assert run("status", "-s", str(tmp_path / "asked")).code == 0


def test_a_passphrase_of_ones_own_is_asked_for_twice(run: Run, keys: PipeInput, tmp_path: Path):
    own = "mes mots à moi seule"
    keys.send_text(f"{DOWN}{ENTER}{own}{ENTER}{own}!{ENTER}{own}{ENTER}{own}{ENTER}")
    assert run("new", str(tmp_path / "own"), "--author", "AB").code == 0
    unlock(tmp_path / "own", own)


def test_whoever_wants_none_is_told_what_that_means(run: Run, keys: PipeInput, tmp_path: Path):
    keys.send_text(f"{DOWN}{DOWN}{ENTER}")
    assert "NOT encrypted" in run("new", str(tmp_path / "open"), "--author", "AB").out
    assert not needs_passphrase(tmp_path / "open")


def test_new_asks_nothing_that_was_said(run: Run, keys: PipeInput, tmp_path: Path):
    assert run("new", str(tmp_path / "said"), "--author", "AB", "--no-passphrase").code == 0


def test_adding_a_respondent(run: Run, keys: PipeInput, folder: Path):
    answers = [
        DOWN + ENTER,
        ENTER,
        ENTER,
        DOWN + ENTER,
        DOWN + ENTER,
        "Zoë Côté" + ENTER,
        ENTER,
        ENTER,
        ENTER,
    ]
    keys.send_text("".join(answers))
    added = run("respondent", "add")
    assert (added.code, added.out) == (0, "DFA-01\n"), added.err
    with Study.open(folder, write=False) as study:
        (person,) = study.records("respondents")
        framework = study.framework
        assert (person.group, person.place) == ("DFA", framework.places[0].id)
        assert (person.level, person.language) == (framework.levels[1].id, "fr")
        (contact,) = study.records("contacts")
        assert (contact.name, contact.title) == ("Zoë Côté", None)


def test_whoever_writes_first_is_asked_once(run: Run, keys: PipeInput, tmp_path: Path):
    place = str(tmp_path / "anonymous")
    keys.send_text(f"MT{ENTER}")
    assert run("new", place, "--no-passphrase").code == 0
    (tmp_path / "anonymous" / "store" / "local.json").unlink()
    keys.send_text(f"CD{ENTER}")
    assert run("respondent", "add", "--group", "IOM", "-s", place).code == 0
    assert run("respondent", "add", "--group", "IOM", "-s", place).code == 0
    with Study.open(Path(place), write=False) as study:
        assert {revision.author for revision in study.store.revisions()} == {"CD"}


def test_ctrl_c_in_a_dialogue_leaves_nothing(run: Run, keys: PipeInput, tmp_path: Path):
    keys.send_text("\x03")
    stopped = run("new", str(tmp_path / "x"))
    assert (stopped.code, stopped.err) == (1, "fieldkit: stopped\n")
    assert not (tmp_path / "x").exists()


def test_a_question_shows_hostile_text_harmlessly(keys: PipeInput):
    keys.send_text(ENTER)
    with warnings.catch_warnings(action="error"):
        assert ask.ask_choice("\x1b[31m[/]", [("a", "\x1b]0;x\x07")]) == "a"


def test_a_terminal_that_moves_no_cursor_is_asked_in_plain_lines(tmp_path: Path):
    argv = [
        "env",
        "TERM=dumb",
        sys.executable,
        "-m",
        "fieldkit",
        "new",
        str(tmp_path / "dumb"),
        "--author",
        "MT",
    ]
    with Terminal(argv, columns=110) as terminal:
        terminal.wait_for("Number, or Enter for 1:")
        terminal.send("9\r")
        terminal.wait_for("Give a number from 1 to 3.")
        terminal.send("3\r")
        terminal.wait_for("NOT encrypted")
        assert terminal.wait_for_end() == 0
    assert not needs_passphrase(tmp_path / "dumb")
