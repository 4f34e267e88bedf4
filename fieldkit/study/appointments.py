"""Appointments: when a respondent is to be interviewed, and how far arranging that has got."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from fieldkit.records.vocabulary import MODES, RESPONDENT_STATUSES, RespondentStatus, match_word
from fieldkit.say import t
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.interviews import new_interview, open_interview
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.records.interviews import Interview
    from fieldkit.records.respondents import Respondent
    from fieldkit.records.vocabulary import Mode
    from fieldkit.storage.writes import Put

_WHEN: Final = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2})[:h](\d{2})?)?\Z")

_FURTHER: Final = frozenset({"interviewed", "answered in writing"})
"""Statuses that an appointment does not take back."""


@dataclass(frozen=True)
class Appointment:
    """An interview that is planned for a day.

    Attributes:
        codes: codes of those who will be present.
        planned_at: ISO 8601 day, or day and time.
        overdue: whether that has passed.
    """

    codes: tuple[str, ...]
    planned_at: str
    overdue: bool


def parse_when(typed: str, today: date) -> str | None:
    """The day and time that somebody typed.

    Args:
        typed: `2026-03-12`, `2026-03-12 10:00`, or without the year, which is then the one that comes next.
        today: the present day.

    Returns:
        ISO 8601; None where nothing was typed, which leaves the day open.

    Raises:
        StudyError: it is no day.
    """
    text = typed.strip()
    if not text:
        return None
    found = _WHEN.match(text)
    try:
        if found is None:
            raise ValueError(text)
        year, month, day, hour, minute = found.groups()
        meant = date(int(year or today.year), int(month), int(day))
        if year is None and meant < today:
            meant = meant.replace(year=meant.year + 1)
        if hour is None:
            return meant.isoformat()
        return datetime(meant.year, meant.month, meant.day, int(hour), int(minute or 0)).isoformat()[:16]
    except ValueError:
        told = t("{typed}: no day that can be read; write 2026-03-12 or 03-12, with a time 03-12 10:00")
        raise StudyError(told.format(typed=text[:40])) from None


def plan(study: Study, respondent: str, planned_at: str | None, mode: str | None = None) -> Interview:
    """Plan a respondent's interview, or plan anew the one there is; she is scheduled then. Durable on return.

    Args:
        study: the study.
        respondent: her id.
        planned_at: ISO 8601 day or time; None leaves the day open, and her status as it is.
        mode: in person, phone, video or in writing; None leaves it as it is.

    Raises:
        UnknownId: there is no such mode, or no such respondent.
        StudyError: her interview goes on already, or there is no guide for her.
        StoreError: it could not be kept.
    """
    wanted = _mode(mode)
    interview = open_interview(study, respondent)
    if interview is not None and interview.state != "planned":
        told = t("her interview is {state} already; go on with it from the Desk")
        raise StudyError(told.format(state=t(interview.state)))
    interview = interview or new_interview(study, [respondent])
    interview = interview.model_copy(
        update={"planned_at": planned_at, "mode": wanted if wanted is not None else interview.mode}
    )
    writes = [put("interviews", interview)]
    if planned_at is not None:
        writes += status_writes(study, interview, "scheduled")
    study.save(writes)
    return interview


def arrange(
    study: Study, respondent: str, when: str | None, mode: str | None, status: str | None, present: datetime
) -> str:
    """Plan a respondent's interview and say her status, as far as either was typed; durable on return.

    Args:
        study: the study.
        respondent: her id.
        when: the day as typed; None where it was not changed.
        mode: the mode as typed; None where it was not changed.
        status: the status as typed; None where it was not changed.
        present: the local time now.

    Returns:
        What was done, one line.

    Raises:
        StudyError: something of it is wrong; nothing was written.
        StoreError: it could not be kept.
    """
    told = t("Nothing was changed.")
    if status is not None and match_word(status, RESPONDENT_STATUSES) is None:
        raise UnknownId("status", status, RESPONDENT_STATUSES)
    if when is not None or mode is not None:
        standing = open_interview(study, respondent)
        planned_at = standing.planned_at if standing is not None else None
        if when is not None:
            planned_at = parse_when(when, present.date())
        plan(study, respondent, planned_at, mode)
        told = t("Planned for {day}. Saved.") if planned_at else t("Planned. Saved.")
        told = told.format(day=(planned_at or "").replace("T", " "))
    if status is not None:
        person = set_status(study, respondent, status)
        if when is None:
            told = t("{code} is {status}. Saved.").format(code=person.code, status=t(person.status))
    return told


def set_status(study: Study, respondent: str, status: str) -> Respondent:
    """Say how far arranging a respondent's interview has got; durable when this returns.

    Args:
        study: the study.
        respondent: her id.
        status: one of `RESPONDENT_STATUSES`, whatever its case.

    Raises:
        UnknownId: there is no such status, or no such respondent.
        StoreError: it could not be kept.
    """
    from fieldkit.study.roster import find_respondent

    word = match_word(status, RESPONDENT_STATUSES)
    if word is None:
        raise UnknownId("status", status, RESPONDENT_STATUSES)
    person = find_respondent(study, respondent).model_copy(update={"status": word})
    study.save([put("respondents", person)])
    return person


def status_writes(study: Study, interview: Interview, status: RespondentStatus) -> list[Put]:
    """The writes that give those of an interview a status; not to who is further already, or refused."""
    from fieldkit.study.consents import consent_of

    writes = []
    for respondent in interview.respondents:
        person: Respondent | None = study.record("respondents", respondent)
        if person is None or person.status in (status, *_FURTHER):
            continue
        if consent_of(study, interview.id, respondent).given is not False:
            writes.append(put("respondents", person.model_copy(update={"status": status})))
    return writes


def appointments(study: Study, present: datetime) -> list[Appointment]:
    """The interviews that are planned for a day, the earliest first.

    Args:
        study: the study.
        present: the local time now; days and times of appointments are local.
    """
    roster = study.rows("respondents")
    found = []
    for body in study.rows("interviews").values():
        when = body.get("planned_at")
        if body["state"] != "planned" or not when:
            continue
        codes = tuple(str(roster[person]["code"]) for person in body["respondents"] if person in roster)
        overdue = when < present.isoformat()[: len(when)]
        found.append(Appointment(codes, when, overdue))
    return sorted(found, key=lambda each: (each.planned_at, each.codes))


def _mode(mode: str | None) -> Mode | None:
    if not mode:
        return None
    word = match_word(mode, MODES)
    if word is None:
        raise UnknownId("mode", mode, MODES)
    return next(each for each in MODES if each == word)
