"""The desk: who is next and what waits, from the store alone, so that it is there at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from fieldkit.records.vocabulary import RESPONDENT_STATUSES
from fieldkit.study.standing import Standing, has_words
from fieldkit.study.study import Study

STATE_ORDER = ("in progress", "paused", "planned", "", "complete", "withdrawn")
"""Interviews that call for attention first; the empty state is a respondent without one."""


class DeskRow(NamedTuple):
    """One respondent and an interview of hers as the desk lists them; without one, she alone.

    Attributes:
        respondent: her id.
        code: her code.
        group: her group.
        status: how far arranging has got.
        interview: id of her interview, or None.
        state: the interview's state; empty without one.
        planned_at: when it is planned for.
        interviewer: initials.
        mode: how it is to be held, or None.
    """

    respondent: str
    code: str
    group: str
    status: str
    interview: str | None = None
    state: str = ""
    planned_at: str | None = None
    interviewer: str | None = None
    mode: str | None = None

    @property
    def standing(self) -> str:
        """The interview's state; of a respondent without one, how far arranging it has got."""
        return self.state or self.status


@dataclass(frozen=True)
class Desk:
    """What the desk shows before any guide is read.

    Attributes:
        rows: respondents and their interviews, those that call for attention first, then by code.
        respondents: how many respondents there are; one with several interviews has several rows.
        states: interview state to how many there are.
        statuses: status to how many respondents without an interview have it.
    """

    rows: tuple[DeskRow, ...]
    respondents: int
    states: dict[str, int]
    statuses: dict[str, int]


@dataclass(frozen=True)
class Work:
    """How far the work on what was said has got.

    Attributes:
        noted: interview id to how many of its items something is noted for.
        uncoded: responses with words that count, and that nobody has coded.
        documents: documents that nobody has coded.
    """

    noted: dict[str, int]
    uncoded: int
    documents: int


def desk(study: Study) -> Desk:
    """The desk as the store has it; quick, since no response is looked at."""
    by_person: dict[str, list[dict[str, Any]]] = {}
    states: dict[str, int] = {}
    for interview in study.rows("interviews").values():
        states[interview["state"]] = states.get(interview["state"], 0) + 1
        for person in interview.get("respondents", ()):
            by_person.setdefault(person, []).append(interview)
    roster = study.rows("respondents")
    rows = [
        _row(respondent, body, interview)
        for respondent, body in roster.items()
        for interview in by_person.get(respondent) or (None,)
    ]
    rows.sort(key=lambda row: (STATE_ORDER.index(row.state), row.planned_at or "9", row.code))
    without = Counter(row.status for row in rows if not row.state)
    statuses: dict[str, int] = {each: without[each] for each in RESPONDENT_STATUSES if without[each]}
    return Desk(tuple(rows), len(roster), states, statuses)


def work_done(study: Study) -> Work:
    """How far noting and coding have got; looks at every response, so it takes its time.

    Args:
        study: the study; another thread may be writing to it.
    """
    noted: dict[str, int] = {}
    coded = {coding.get("response") for coding in study.rows("codings").values()}
    read = {coding.get("document") for coding in study.rows("codings").values()}
    uncoded = 0
    standing = Standing(study)
    for response, body in study.rows("responses").items():
        if body.get("disposition") not in ("not asked", "skipped by condition"):
            noted[body["interview"]] = noted.get(body["interview"], 0) + 1
        if response not in coded and has_words(body):
            interview = study.row("interviews", body["interview"])
            uncoded += interview is not None and standing.response(body, interview)
    return Work(noted, uncoded, sum(document not in read for document in study.rows("documents")))


def _row(respondent: str, body: dict[str, Any], interview: dict[str, Any] | None) -> DeskRow:
    who = (respondent, str(body.get("code", "")), str(body.get("group", "")), str(body.get("status", "")))
    if interview is None:
        return DeskRow(*who)
    given = map(interview.get, ("planned_at", "interviewer", "mode"))
    return DeskRow(*who, interview["id"], interview["state"], *given)
