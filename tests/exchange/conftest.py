"""Studies with something in them to export, and empty ones to import into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldkit.study.chart import save_chart_cell
from fieldkit.study.coding import code_passage
from fieldkit.study.conduct import Conduct
from fieldkit.study.create import create_study
from fieldkit.study.interviews import interview_for
from fieldkit.study.recording import record_response
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study

HOSTILE = (
    "=cmd|'/C calc'!A0 [/] [bold red]x[/] \x1b]52;c;ZXZpbA==\x07 \x00 "
    "\u202egpj.exe \u200b\x9b31m _x001B_ \ufffe"
)
"""Markup, an escape sequence that writes the clipboard, NUL, a bidi override, C1, and a formula."""


@pytest.fixture
def new_study(tmp_path: Path) -> Iterator[Callable[..., Study]]:
    """Makes studies: `new_study("name")`."""
    opened: list[Study] = []

    def make(name: str = "new", author: str | None = "MT") -> Study:
        opened.append(Study.open(create_study(tmp_path / name, author=author)))
        return opened[-1]

    yield make
    for study in opened:
        study.close()


@pytest.fixture
def study(new_study: Callable[..., Study]) -> Study:
    """A study with two respondents, one interview, coded passages, a chart cell, and hostile text."""
    return fill(new_study("held"))


def fill(study: Study) -> Study:
    """Put into a new study what `study` has."""
    add_roster(
        study,
        [
            RosterEntry(
                "CIC-01",
                {"group": "CIC", "place": "geneva", "language": "fr"},
                {"post": HOSTILE},
                {"name": "Zoë Secret", "email": "zoe@example.org"},
            ),
            RosterEntry("IOM-01", {"group": "IOM", "place": "geneva"}),
        ],
    )
    conduct = Conduct(study, interview_for(study, find_respondent(study, "CIC-01").id).id)
    conduct.start()
    conduct.set_consent(conduct.respondents[0].id, given=True)
    conduct.close()
    items = [
        item.id
        for item in conduct.guide.items()
        if item.type == "text" and not conduct.guide.repeat_of(item.id)
    ]
    words = "Le Conseil fonctionne bien.\nEt la réunion d’automne aussi."
    first = record_response(study, "CIC-01", items[0], notes=words)
    record_response(study, "CIC-01", items[1], notes=HOSTILE)
    code_passage(
        study, first.response, ["council"], start=0, end=27, evaluation_questions=["1.4a"], memo="=1+1"
    )
    code_passage(
        study, first.response, ["scbf", "oversight"], start=28, end=58, evaluation_questions=["1.4a", "1.1"]
    )
    person = find_respondent(study, "CIC-01").id
    save_chart_cell(study, person, "1.4a", summary=HOSTILE, position="favourable", basis="first-hand")
    return study
