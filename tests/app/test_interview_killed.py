"""A real process, typed into through a terminal, killed in the middle, and opened again."""

from __future__ import annotations

import sys
from pathlib import Path

from fieldkit.records.responses import ResponseKey
from fieldkit.study.conduct import Conduct
from fieldkit.study.interviews import find_interview
from fieldkit.study.study import Study
from tests.app.evaluator import study_in
from tests.app.terminal import Terminal

ROLE = ResponseKey("role")
EARLIER = "Elle dit\u00a0: « c’est réglé »\u202f! [rire] œuvre d’été, État membre (fin un)"
LATER = " puis autre chose [/fin deux]"


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "fieldkit", "interview", "--respondent", "CIC-01", "--study", str(folder)]


def noted(study: Study) -> tuple[Conduct, str]:
    conduct = Conduct(study, find_interview(study, "CIC-01").id)
    return conduct, conduct.answer(ROLE).text


def test_a_killed_interview_loses_at_most_a_second_of_typing(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    study_in(folder).close()
    with Terminal(command(folder)) as terminal:
        terminal.wait_for("Do you agree to take part")
        terminal.send("121\x0e2\x0e")
        terminal.wait_for("What does your work have to do")
        terminal.send(EARLIER)
        terminal.wait_for("(fin un)")
        terminal.idle(1)
        terminal.send(LATER)
        terminal.wait_for("deux]")
        terminal.kill()

    with Study.open(folder) as study:
        conduct, text = noted(study)
        assert text.startswith(EARLIER)
        assert (EARLIER + LATER).startswith(text)
        assert conduct.current == ROLE
        assert (
            study.row("responses", ResponseKey("unit").response_id(conduct.interview.id))["value"] == "geneva"
        )
    kept = text

    with Terminal(command(folder)) as terminal:
        terminal.wait_for("Recovered what was typed")
        assert "(fin un)" in terminal.text
        terminal.send("\x1b[200~ suite\x1b[201~\x13")
        terminal.wait_for("Saved: everything typed so far is on disk")
        terminal.kill()

    with Study.open(folder) as study:
        conduct, text = noted(study)
        assert text == kept + " suite"
        assert study.row("responses", ROLE.response_id(conduct.interview.id)) is not None
        assert not conduct.recovered
        assert len(conduct.interview.sittings) == 2
        assert conduct.interview.sittings[0].ended_at is not None


def test_an_interview_left_is_paused_and_nothing_is_left_behind(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    study_in(folder).close()
    with Terminal(command(folder)) as terminal:
        terminal.wait_for("Do you agree to take part")
        terminal.send("\x0e2\x0enotes, not yet left")
        terminal.wait_for("not yet left")
        terminal.send("\x10")
        terminal.idle(0.5)
        terminal.send("Quit")
        terminal.wait_for("Save everything and close")
        terminal.send("\r")
        assert terminal.wait_for_end() == 0
    with Study.open(folder) as study:
        conduct, text = noted(study)
        assert text == "notes, not yet left"
        assert conduct.interview.state == "paused"
        assert not conduct.recovered
        assert not study.store.drafts.latest(conduct.interview.id)
