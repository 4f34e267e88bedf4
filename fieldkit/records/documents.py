"""Documents: texts that were not said in an interview, coded like what was."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fieldkit.records.base import Record

DocumentRole = Literal["evidence", "profile"]
"""What a document is to the evaluation: independent evidence, or the programme's own account of itself."""


class Document(Record):
    """A text of the study, such as a report that was reviewed or a source of another program's project.

    Attributes:
        name: what it is called.
        text: the words, in their stored form; codings' offsets count code points of it.
        language: language it is written in, where that is known.
        source: name of the file it came from.
        line_of_evidence: id of the framework's line of evidence that it belongs to; None is the first of
            kind `documents`.
        evaluation_questions: ids of what it speaks to, which its passages are tied to unless said otherwise.
        date: when it was written or published: ISO date, month or year.
        role: `evidence`, or `profile` where it is no independent evidence; None is evidence.
    """

    name: str
    text: str
    language: str | None = None
    source: str | None = None
    line_of_evidence: str | None = None
    evaluation_questions: list[str] = Field(default_factory=list)
    date: str | None = Field(default=None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    role: DocumentRole | None = None
