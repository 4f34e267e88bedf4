"""Findings and what is drawn from them, memos, stored guides, and the mark of a practice study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from fieldkit.records.base import Record, RecordId

if TYPE_CHECKING:
    from fieldkit.protocol.guide import Guide


FindingStatus = Literal["draft", "reviewed", "final"]


class ReviewNote(BaseModel):
    """What a reviewer remarked on a finding, and when (ISO 8601, UTC)."""

    model_config = ConfigDict(frozen=True, extra="allow")

    text: str
    author: str | None = None
    at: str | None = None


class Overruling(BaseModel):
    """Another strength of evidence than the rules come to.

    Attributes:
        strength: id of the framework's rule that is held to fit.
        reason: why.
        author: whose decision it is, by initials.
        at: when, ISO 8601, UTC.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    strength: str
    reason: str
    author: str | None = None
    at: str | None = None


class Finding(Record):
    """The evaluator's statement on one evaluation question, with the evidence for and against it.

    Attributes:
        evaluation_question: id of the evaluation question or part.
        statement: what is found.
        holds: whether it says that the proposition holds; None where it takes no side.
        strength: id of the rule in force when it was last looked at.
        overruled: where a person put another strength in the place of the rules'.
        supports: ids of codings that speak for it.
        contradicts: ids of codings that speak against it.
        quotes: ids of codings whose words are chosen to be quoted.
        notes: reviewers' notes.
        author: initials of who wrote it.
        rests_on: digest of what it rested on when it was last looked at; None where that is not known.
    """

    evaluation_question: str
    statement: str
    holds: bool | None = None
    strength: str | None = None
    overruled: Overruling | None = None
    status: FindingStatus = "draft"
    supports: list[RecordId] = Field(default_factory=list)
    contradicts: list[RecordId] = Field(default_factory=list)
    quotes: list[RecordId] = Field(default_factory=list)
    notes: list[ReviewNote] = Field(default_factory=list)
    author: str | None = None
    rests_on: str | None = None


class Conclusion(Record):
    """What is concluded from findings, or recommended on the ground of them.

    Attributes:
        kind: which of the two.
        text: the words.
        findings: ids of the findings that it is drawn from.
        author: initials of who wrote it.
    """

    kind: Literal["conclusion", "recommendation"] = "conclusion"
    text: str
    findings: list[RecordId] = Field(default_factory=list)
    author: str | None = None


class Memo(Record):
    """A remark on a record of the study, or on the study itself (`on` is None)."""

    on: RecordId | None = None
    table: str | None = None
    text: str
    author: str | None = None


class StoredGuide(Record):
    """A guide as it stood when interviews were held with it; its id is the hash of its content."""

    guide: str
    version: str
    content: dict[str, Any]

    @classmethod
    def of_guide(cls, guide: Guide) -> Self:
        """The record that keeps a guide."""
        return cls(id=guide.content_hash, guide=guide.id, version=guide.version, content=guide.to_dict())


class StudyMark(Record):
    """What holds for the study as a whole, under the id `study`.

    Attributes:
        practice: everything in it is made up, and is to be marked so wherever it is shown.
    """

    practice: bool = False
