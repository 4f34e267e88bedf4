"""The desk: who is next and what waits, from the store alone, so that it is there at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fieldkit.study.study import Study

STATE_ORDER = ("in progress", "paused", "planned", "", "complete", "withdrawn")
"""Interviews that call for attention first; the empty state is a respondent without one."""


@dataclass(frozen=True)
class DeskRow:
    """One respondent as the desk lists her.

    Attributes:
        respondent: her id.
        code: her code.
        group: her group.
        status: how far arranging has got.
        interview: id of her interview, or None.
        state: the interview's state; empty without one.
        planned_at: when it is planned for.
        noted: how many of its items something is noted for.
        interviewer: initials.
    """

    respondent: str
    code: str
    group: str
    status: str
    interview: str | None = None
    state: str = ""
    planned_at: str | None = None
    noted: int = 0
    interviewer: str | None = None


@dataclass(frozen=True)
class Desk:
    """What the desk shows before any guide is read.

    Attributes:
        rows: respondents, those that call for attention first, then by code.
        states: interview state to how many there are.
        uncoded: responses with words that nobody has coded.
    """

    rows: tuple[DeskRow, ...]
    states: dict[str, int]
    uncoded: int


def desk(study: Study) -> Desk:
    """The desk as the store has it."""
    by_person: dict[str, list[dict[str, Any]]] = {}
    states: dict[str, int] = {}
    for interview in study.rows("interviews").values():
        states[interview["state"]] = states.get(interview["state"], 0) + 1
        for person in interview.get("respondents", ()):
            by_person.setdefault(person, []).append(interview)
    noted: dict[str, int] = {}
    coded = {coding.get("response") for coding in study.rows("codings").values()}
    uncoded = 0
    for response, body in study.rows("responses").items():
        if body.get("disposition") not in ("not asked", "skipped by condition"):
            noted[body["interview"]] = noted.get(body["interview"], 0) + 1
        if body.get("paragraphs") and response not in coded:
            uncoded += 1
    rows = []
    for respondent, body in study.rows("respondents").items():
        interviews = sorted(by_person.get(respondent, ()), key=lambda each: STATE_ORDER.index(each["state"]))
        rows.append(_row(respondent, body, interviews[0] if interviews else None, noted))
    rows.sort(key=lambda row: (STATE_ORDER.index(row.state), row.planned_at or "9", row.code))
    return Desk(tuple(rows), states, uncoded)


def _row(
    respondent: str, body: dict[str, Any], interview: dict[str, Any] | None, noted: dict[str, int]
) -> DeskRow:
    base = DeskRow(
        respondent, str(body.get("code", "")), str(body.get("group", "")), str(body.get("status", ""))
    )
    if interview is None:
        return base
    return DeskRow(
        respondent=base.respondent,
        code=base.code,
        group=base.group,
        status=base.status,
        interview=interview["id"],
        state=interview["state"],
        planned_at=interview.get("planned_at"),
        noted=noted.get(interview["id"], 0),
        interviewer=interview.get("interviewer"),
    )
