"""A real process, typed into through a terminal, killed in the middle, and opened again."""

from __future__ import annotations

import sys
import unicodedata
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


TYPED = (
    "Où ça\u00a0? L’été, à Genève, «\u202fdéjà réglé\u202f» [oui]",
    # Dead keys: an accent that comes after its letter, as some keyboards send it.
    "e\u0301tude pre\u0301alable, ga\u0302che\u0301, c\u0327a, n\u0303, A\u030a",
    "\U0001f642 \U0001f469\U0001f3fd\u200d\U0001f4bb \U0001f1e8\U0001f1e6 \u2764\ufe0f fin",
    "\u0627\u0644\u0645\u0646\u0638\u0645\u0629 "
    "\u0627\u0644\u062f\u0648\u0644\u064a\u0629 \u0644\u0644\u0647\u062c\u0631\u0629 (IOM) 2005",
)
"""What is typed, a paragraph each: French with accents and its blanks, dead keys, emoji, Arabic."""

PASTED = "\n".join(f"{number}. Collé\u00a0: {'mots à garder ' * 45}fin {number}" for number in range(75))
"""Some 50 KB, pasted at once."""


def test_whatever_is_typed_and_a_long_paste_are_there_exactly_after_a_kill(tmp_path: Path) -> None:
    assert len(PASTED.encode()) > 50_000
    folder = tmp_path / "study"
    study_in(folder).close()
    with Terminal(command(folder)) as terminal:
        terminal.wait_for("Do you agree to take part")
        terminal.send("121\x0e2\x0e")
        terminal.wait_for("What does your work have to do")
        for paragraph in TYPED:
            for letter in paragraph:
                terminal.send(letter)
            terminal.send("\r")
        terminal.send(f"\x1b[200~{PASTED}\x1b[201~")
        terminal.wait_for("fin 74")
        terminal.idle(1.5)
        terminal.kill()
    wanted = unicodedata.normalize("NFC", "\n".join((*TYPED, PASTED)))
    with Study.open(folder) as study:
        assert noted(study)[1] == wanted
    with Terminal(command(folder)) as terminal:
        terminal.wait_for("Recovered what was typed")
        terminal.send("\x13")
        terminal.wait_for("Saved: everything typed so far is on disk")
        terminal.kill()
    with Study.open(folder) as study:
        kept = study.row("responses", ROLE.response_id(find_interview(study, "CIC-01").id))
        assert "\n".join(paragraph["text"] for paragraph in kept["paragraphs"]) == wanted


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
