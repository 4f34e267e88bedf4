"""Interviews: sittings with respondents, and what each of them consented to."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from fieldkit.protocol.base import LANGUAGE_PATTERN, ItemId, QuestionId
from fieldkit.records.base import Record, RecordId
from fieldkit.records.vocabulary import Confidence, InterviewState, Mode


class Sitting(BaseModel):
    """One stretch of an interview between a start and a pause or end; times in ISO 8601, UTC."""

    model_config = ConfigDict(frozen=True, extra="allow")

    started_at: str
    ended_at: str | None = None


class AddedItem(BaseModel):
    """An item that was put to the respondent though the guide does not have it.

    Attributes:
        id: its id among the interview's items, such as `added_1`.
        text: the question as it was asked.
        evaluation_questions: ids of the evaluation questions it speaks to.
        language: language of `text`.
        at: when it was added, ISO 8601, UTC.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: ItemId
    text: str = Field(min_length=1)
    evaluation_questions: list[QuestionId] = Field(default_factory=list)
    language: str | None = Field(default=None, pattern=LANGUAGE_PATTERN)
    at: str | None = None


class OffRecord(BaseModel):
    """A stretch that was off the record: that it was, and when; of what was said nothing is kept.

    Attributes:
        started_at: ISO 8601, UTC.
        ended_at: likewise; None while it lasts.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    started_at: str
    ended_at: str | None = None


class Reopening(BaseModel):
    """That a complete interview was opened again.

    Attributes:
        at: when, ISO 8601, UTC.
        by: initials.
        reason: why, in the person's words.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    at: str
    by: str | None = None
    reason: str | None = None


class Amendment(BaseModel):
    """That an official corrected the record of her interview; what she changed is in the answers' history.

    Attributes:
        at: when it was taken in, ISO 8601, UTC.
        by: initials of who took it in.
        means: how she sent it, such as `by e-mail`.
        received_on: when it came: ISO date, month or year.
        answers: id of each response that it changed, to the revision that it corrected.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    at: str
    by: str | None = None
    means: str
    received_on: str | None = None
    answers: dict[str, str] = Field(default_factory=dict)


class Interview(Record):
    """One interview with one or more respondents, by one interviewer, with one guide version.

    Attributes:
        guide: id of the guide.
        guide_version: its version as the guide states it.
        guide_hash: hash of its content; the record of that id in the table `guides` holds it.
        respondents: ids of those present.
        interviewer: initials.
        state: planned, in progress, paused, complete or withdrawn.
        mode: in person, phone, video or in writing.
        language: language it is held in.
        planned_at: ISO 8601 date or time.
        started_at: start of the first sitting, ISO 8601, UTC.
        ended_at: when it was completed.
        sittings: the stretches it was held in.
        section_s: section to the seconds that were spent there.
        resume_at: response key (item, instance, respondent) to go on from after a pause.
        added_items: items that the guide does not have.
        off_record: stretches that were off the record.
        confidence: how far the interviewer trusts what was said.
        reopened: each time that it was opened again after it was complete.
        amendments: each time that the official's corrections to its record were taken in.
    """

    guide: str
    guide_version: str
    guide_hash: str | None = None
    respondents: list[RecordId] = Field(min_length=1)
    interviewer: str | None = None
    state: InterviewState = "planned"
    mode: Mode | None = None
    language: str | None = None
    planned_at: str | None = None
    started_at: str | None = None
    ended_at: str | None = None
    sittings: list[Sitting] = Field(default_factory=list)
    section_s: dict[str, float] = Field(default_factory=dict)
    resume_at: tuple[str, str | None, str | None] | None = None
    added_items: list[AddedItem] = Field(default_factory=list)
    off_record: list[OffRecord] = Field(default_factory=list)
    confidence: Confidence | None = None
    reopened: list[Reopening] = Field(default_factory=list)
    amendments: list[Amendment] = Field(default_factory=list)


class Consent(Record):
    """What one person agreed to for one interview. Silence is not agreement: None is not yes.

    Attributes:
        given: takes part.
        quote: may be quoted.
        recording: may be recorded.
        at: when it was recorded, ISO 8601, UTC.
        mode: how it was given, such as `spoken` or `written`.
        withdrawn_at: when it was withdrawn.
    """

    interview: RecordId
    respondent: RecordId
    given: bool | None = None
    quote: bool | None = None
    recording: bool | None = None
    at: str | None = None
    mode: str | None = None
    withdrawn_at: str | None = None


def consent_id(interview: str, respondent: str) -> str:
    """The id of the consent of one person for one interview: there is only one."""
    return f"{interview}@{respondent}"
