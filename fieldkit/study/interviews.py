"""Interviews as they are planned and found again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fieldkit.say import t
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, new_id, put

if TYPE_CHECKING:
    from fieldkit.protocol.guide import Guide
    from fieldkit.records.interviews import Interview
    from fieldkit.records.vocabulary import Mode
    from fieldkit.storage.writes import Put

OPEN_STATES = ("in progress", "paused", "planned")
"""States in which an interview can go on, the likeliest first."""


def new_interview(
    study: Study,
    respondents: Sequence[str],
    *,
    guide: str | None = None,
    planned_at: str | None = None,
    mode: Mode | None = None,
    language: str | None = None,
) -> Interview:
    """An interview as it would be planned; nothing is written.

    Args:
        study: the study.
        respondents: ids of those who will be present.
        guide: id of the guide; None takes the one for the first respondent's group.
        planned_at: ISO 8601 date or time.
        mode: in person, phone, video or in writing.
        language: language to hold it in; None takes the first respondent's, else the study's.

    Returns:
        The interview, in state `planned`.

    Raises:
        StudyError: there is no respondent, or no guide for them.
    """
    from fieldkit.records.interviews import Interview
    from fieldkit.study.roster import find_respondent

    if not respondents:
        raise StudyError(t("an interview needs at least one respondent"))
    people = [find_respondent(study, respondent) for respondent in respondents]
    guide_id = guide or guide_of_group(study, people[0].group)
    if guide_id not in study.protocol.guides:
        raise UnknownId("guide", guide_id, study.protocol.guides)
    languages = study.framework.study.languages
    preferred = language or people[0].language
    return Interview(
        id=new_id(),
        guide=guide_id,
        guide_version=study.protocol.guides[guide_id].version,
        respondents=[person.id for person in people],
        interviewer=study.need_author(),
        planned_at=planned_at,
        mode=mode,
        language=preferred if preferred in languages else languages[0],
    )


def plan_interview(
    study: Study,
    respondents: Sequence[str],
    *,
    guide: str | None = None,
    planned_at: str | None = None,
    mode: Mode | None = None,
    language: str | None = None,
) -> Interview:
    """Plan an interview, as `new_interview` makes it; durable when this returns.

    Raises:
        StudyError: there is no respondent, or no guide for them.
    """
    interview = new_interview(
        study, respondents, guide=guide, planned_at=planned_at, mode=mode, language=language
    )
    study.save([put("interviews", interview)])
    return interview


def keep_guide(study: Study, guide: Guide) -> list[Put]:
    """The write that keeps a guide as it stands, for interviews held with it; none where it is kept."""
    from fieldkit.records.findings import StoredGuide

    if study.row("guides", guide.content_hash) is not None:
        return []
    return [put("guides", StoredGuide.of_guide(guide))]


def guide_of_group(study: Study, group: str) -> str:
    """The id of the guide for a respondent group.

    Raises:
        StudyError: no guide that can be read is for this group.
    """
    for guide in study.protocol.guides.values():
        if guide.respondent_group == group:
            return guide.id
    raise StudyError(
        t(
            "interview_guides: no readable guide is for respondent group {group}; "
            "`fieldkit check` says what is wrong"
        ).format(group=group)
    )


def interview_meant(study: Study, respondent: str, *others: str, another: bool = False) -> Interview:
    """The interview that a respondent, or several together, stand for; nothing is written.

    Args:
        study: the study.
        respondent: id of a respondent.
        others: ids of those who are interviewed with her.
        another: whether a new one is meant, though there is one that is complete.

    Returns:
        The one that can go on, else the one completed last, else a new one that is not in the store.

    Raises:
        StudyError: one of them has an open interview where a new one is meant, or one with others; or
            all there is was withdrawn.
    """
    people = list(dict.fromkeys([respondent, *others]))
    codes = study.rows("respondents")
    for person in people:
        found = open_interview(study, person)
        if found is None:
            continue
        if not another and (len(people) == 1 or set(found.respondents) == set(people)):
            return found
        code = codes.get(person, {}).get("code")
        told = t("{code} has another interview that is not complete yet; complete it first")
        raise StudyError(told.format(code=code))
    if another:
        return new_interview(study, people)
    ended = _held(study, respondent)
    if len(people) > 1:
        ended = [each for each in ended if set(each.respondents) == set(people)]
    complete = [each for each in ended if each.state == "complete"]
    if ended and not complete:
        code = codes.get(respondent, {}).get("code")
        told = t("the interview with {code} was withdrawn; another one begins only when asked for")
        raise StudyError(told.format(code=code))
    return max(complete, key=lambda each: each.ended_at or "") if complete else new_interview(study, people)


def interview_for(study: Study, respondent: str, *others: str, another: bool = False) -> Interview:
    """The same as `interview_meant`; one that is new is planned, durable when this returns."""
    interview = interview_meant(study, respondent, *others, another=another)
    if study.row("interviews", interview.id) is None:
        study.save([put("interviews", interview)])
    return interview


def guide_remark(study: Study, interview: Interview) -> str | None:
    """One line on whose guide is used where those interviewed together are of several groups, or None."""
    people = [study.rows("respondents").get(person, {}) for person in interview.respondents]
    if len({person.get("group") for person in people}) < 2:
        return None
    of = t("{code} of {group}")
    told = ", ".join(of.format(code=person.get("code"), group=person.get("group")) for person in people)
    remark = t("{persons}: all are asked what the guide {guide} asks")
    return remark.format(persons=told, guide=interview.guide)


def open_interview(study: Study, respondent: str) -> Interview | None:
    """The respondent's interview that can go on: in progress before paused before planned."""
    held = _held(study, respondent)
    for state in OPEN_STATES:
        for interview in held:
            if interview.state == state:
                return interview
    return None


def find_interview(study: Study, ref: str) -> Interview:
    """The interview an id, the beginning of one, or a respondent's code stands for.

    Args:
        study: the study.
        ref: id, unique beginning of an id, or the code of a respondent with an interview; of
            several, the one that can go on, else the latest.

    Raises:
        UnknownId: none is meant; the message names the nearest codes.
        StudyError: several begin so.
    """
    from fieldkit.records.interviews import Interview

    rows = study.rows("interviews")
    if ref in rows:
        return Interview.of(rows[ref])
    wanted = ref.strip().casefold()
    codes = {str(row.get("code")): respondent for respondent, row in study.rows("respondents").items()}
    for code, respondent in codes.items():
        if code.casefold() == wanted:
            held = study.where("interviews", "respondents", respondent)
            if not held:
                told = t("{code} has no interview yet; `{command}` begins one")
                command = f"fieldkit interview --respondent {code}"
                raise StudyError(told.format(code=code, command=command))
            return open_interview(study, respondent) or Interview.of(held[-1][1])
    begun = [body for interview, body in rows.items() if wanted and interview.startswith(wanted)]
    if len(begun) > 1:
        told = t("{typed} begins the ids of {n} interviews; give more of it")
        raise StudyError(told.format(typed=repr(ref), n=len(begun)))
    if begun:
        return Interview.of(begun[0])
    with_interview = {respondent for body in rows.values() for respondent in body.get("respondents", [])}
    held_codes = [code for code, respondent in codes.items() if respondent in with_interview]
    raise UnknownId("interview", ref, [*held_codes, *rows])


def _held(study: Study, respondent: str) -> list[Interview]:
    """The interviews a respondent takes part in, in the order they were planned."""
    from fieldkit.records.interviews import Interview

    return [Interview.of(body) for _, body in study.where("interviews", "respondents", respondent)]
