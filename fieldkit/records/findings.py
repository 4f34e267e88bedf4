"""Findings, memos, stored guides, and the mark of a practice study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field

from fieldkit.records.base import Record, RecordId

if TYPE_CHECKING:
    from fieldkit.protocol.guide import Guide


class Finding(Record):
    """The evaluator's statement on one evaluation question, with the evidence for and against it."""

    evaluation_question: str
    statement: str
    strength: str | None = None
    status: Literal["draft", "reviewed", "final"] = "draft"
    supports: list[RecordId] = Field(default_factory=list)
    contradicts: list[RecordId] = Field(default_factory=list)
    quotes: list[RecordId] = Field(default_factory=list)


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
