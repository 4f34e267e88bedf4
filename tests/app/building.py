"""A small study with interviews, codings and chart cells, the same words every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fieldkit.records.responses import ResponseKey
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.coding import code_passage
from fieldkit.study.conduct import Conduct
from fieldkit.study.create import create_study
from fieldkit.study.interviews import plan_interview
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study

ROSTER = (
    RosterEntry("CIC-01", {"group": "CIC", "place": "headquarters", "language": "en"}),
    RosterEntry("CIC-02", {"group": "CIC", "place": "geneva", "language": "fr"}),
    RosterEntry("DFA-01", {"group": "DFA", "place": "headquarters", "language": "en"}),
    RosterEntry("DFA-02", {"group": "DFA", "place": "headquarters", "status": "invited"}),
    RosterEntry("CIDA-01", {"group": "CIDA", "place": "headquarters", "language": "fr"}),
    RosterEntry("IOM-01", {"group": "IOM", "place": "geneva", "language": "en"}),
)

SAID: dict[str, dict[str, str]] = {
    "CIC-01": {
        "role": "Senior policy advisor. Follows the file since 2001.",
        "common_position": (
            "We consult Foreign Affairs and CIDA before the fall meeting. The papers come late, "
            "so the position is often ours alone.\nOne voice? Mostly [sic]."
        ),
        "changes": "The Council listens to speeches. Budget work happens in the sub-committee.",
    },
    "CIC-02": {
        "role": "Conseillère à l’immigration, à Genève.",
        "common_position": "« On arrive préparés », mais les consignes arrivent tard.",
    },
    "DFA-01": {
        "role": "Desk officer for migration.",
        "roles": "New roles are fine as long as the mandate is clear.",
        "influence": "Canada was heard on zero growth. Less so on [bold]new roles[/bold].",
    },
    "CIDA-01": {"role": "Agente de programme.", "research_use": "On utilise peu la recherche de l’OIM."},
    "IOM-01": {
        "role": "Finance.",
        "results": "Members asked for it, and we delivered.",
        "planned_roles": "None.",
    },
}
"""Respondent code, then item, to what she said; a line is a paragraph."""

CODED = (
    ("CIC-01", "common_position", "The papers come late", ["budget-information", "position-forming"]),
    ("CIC-01", "common_position", "the position is often ours alone", ["one-voice"]),
    ("CIC-01", "changes", "The Council listens to speeches.", ["council"]),
    ("CIC-02", "common_position", "les consignes arrivent tard", ["one-voice"]),
    ("DFA-01", "influence", "Canada was heard on zero growth.", ["zero-growth", "influence-achieved"]),
)
"""Who, on which item, which words, which codes."""

CHARTED = (
    ("CIC-01", "2.5", "Consulted, but late.", "qualified", "first-hand"),
    ("CIC-02", "2.5", "Préparés, consignes tardives.", "qualified", "first-hand"),
    ("DFA-01", "2.1", "Heard on zero growth.", "favourable", "second-hand"),
)

OPEN = ("CIC-02",)
"""Whose interview is still going on."""


def build_study(path: Path, *, said: dict[str, dict[str, str]] | None = None) -> Path:
    """Make the study in a folder.

    Args:
        path: the folder to make.
        said: what was said, in place of `SAID`; codings and chart are made for `SAID` only.
    """
    folder = create_study(path, author="MT")
    with Study.open(folder) as study:
        add_roster(study, ROSTER)
        plan_interview(study, [person(study, "DFA-02")], planned_at="2026-03-12T10:00")
        for code, answers in (SAID if said is None else said).items():
            hold(study, code, answers)
        if said is None:
            _code_and_chart(study)
    return folder


def hold(study: Study, code: str, answers: dict[str, str], values: dict[str, Any] | None = None) -> str:
    """Hold a respondent's interview; its id."""
    interview = plan_interview(study, [person(study, code)])
    conduct = Conduct(study, interview.id)
    conduct.start()
    for respondent in conduct.respondents:
        conduct.set_consent(respondent.id, given=True)
    for item, text in answers.items():
        conduct.note(ResponseKey(item), text)
    for item, value in (values or {}).items():
        conduct.set_value(ResponseKey(item), value)
    conduct.save_all()
    finish: Callable[[], None] = conduct.pause if code in OPEN else conduct.complete
    finish()
    return interview.id


def person(study: Study, code: str) -> str:
    """Id of the respondent with a code."""
    return find_respondent(study, code).id


def response_id(study: Study, code: str, item: str) -> str:
    """Id of what a respondent said to an item."""
    ((interview, _),) = study.where("interviews", "respondents", person(study, code))
    return ResponseKey(item).response_id(interview)


def _code_and_chart(study: Study) -> None:
    for code, item, words, codes in CODED:
        start = SAID[code][item].index(words)
        code_passage(study, response_id(study, code, item), codes, start=start, end=start + len(words))
    for code, question, summary, position, basis in CHARTED:
        save_chart_cell(study, person(study, code), question, summary=summary, position=position, basis=basis)
