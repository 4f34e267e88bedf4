"""Responses: what was said to one item in one interview."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from fieldkit.records.base import Record, RecordId
from fieldkit.records.vocabulary import Disposition, ParagraphKind

NO_ATTRIBUTION = "none"
"""The attribution of a paragraph that may be analysed and is never quoted."""

PARAGRAPH_LIMIT = 20_000
"""Most paragraphs that one answer may come in with; what is said in an hour makes about a hundred."""


class Paragraph(BaseModel):
    """One paragraph of notes.

    Attributes:
        text: the words; no newline.
        kind: verbatim, paraphrase or the interviewer's own note; only verbatim may be quoted.
        offset_s: seconds from the interview's start when it was begun.
        respondent: who said it, in a joint interview; None counts for the interview only.
        attribution: `none` when it may be analysed but never quoted.
        follow_up: whether the interviewer is to come back to it.
        probe: id of the probe that it answers.
        also_answers: ids of other items that it also answers.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    text: str
    kind: ParagraphKind = "paraphrase"
    offset_s: float | None = None
    respondent: RecordId | None = None
    attribution: str | None = None
    follow_up: bool | None = None
    probe: str | None = None
    also_answers: list[str] | None = None


class Response(Record):
    """What was said to one item in one interview.

    Attributes:
        interview: id of the interview.
        item: id of the item in the interview's guide.
        instance: which instance of a repeat.
        respondent: whose answer it is, where it is one person's of several.
        disposition: what became of the item.
        reason: why it was not asked, or where it is covered, or what will be sent.
        value: the coded value, of the shape the item's type has.
        paragraphs: the notes.
        language: language it was said in.
        also_answers: other items this response also answers.
        probes: ids of the probes that were used.
        aside: a value that an outcome took the place of, kept until one is given again; counts nowhere.
        received_at: when what will be sent had come, ISO 8601, UTC.
    """

    interview: RecordId
    item: str
    instance: str | None = None
    respondent: RecordId | None = None
    disposition: Disposition = "answered"
    reason: str | None = None
    value: Any = None
    paragraphs: list[Paragraph] = Field(default_factory=list)
    language: str | None = None
    also_answers: list[str] = Field(default_factory=list)
    probes: list[str] = Field(default_factory=list)
    aside: Any = None
    received_at: str | None = None

    @property
    def text(self) -> str:
        """The notes as one text, the one that codings' offsets count in: joined by one newline."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def key(self) -> ResponseKey:
        """Which answer of the interview this is."""
        return ResponseKey(self.item, self.instance, self.respondent)


class ResponseKey(NamedTuple):
    """Which answer of an interview: the item, its instance in a repeat, whose answer it is."""

    item: str
    instance: str | None = None
    respondent: str | None = None

    def response_id(self, interview: str) -> str:
        """The id of the response under this key: `interview:item[:instance][@respondent]`."""
        instance = f":{self.instance}" if self.instance is not None else ""
        respondent = f"@{self.respondent}" if self.respondent is not None else ""
        return f"{interview}:{self.item}{instance}{respondent}"
