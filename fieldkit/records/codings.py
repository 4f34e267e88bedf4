"""Codings, chart cells and codes: what a coder makes of what was said."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fieldkit.records.base import Record, RecordId
from fieldkit.say import t


class LettingOut(BaseModel):
    """What a person decided on a passage that could say who spoke.

    Attributes:
        leaves: whether it may leave the house.
        words: the words that were decided on.
        reason: why.
        author: whose decision it is, by initials.
        at: when, ISO 8601, UTC.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    leaves: bool
    words: str
    reason: str
    author: str | None = None
    at: str | None = None


class Coding(Record):
    """A code given to a passage by one coder.

    Attributes:
        response: the response the passage stands in (or `document`, never both).
        document: the document the passage stands in.
        revision: revision id of the text it was made on.
        quote: the words of the passage, as they stood.
        code: id of the code.
        code_version: hash of the code's definition as it read when the coding was made; None is unknown.
        coder: initials.
        start: first code point of the passage in the text, counted from 0.
        end: the code point after its last; equal to `start` where a value alone was coded.
        evaluation_questions: ids of what the passage speaks to.
        layer: None for a coder's own work, `consensus` for what was agreed.
        memo: the coder's remark.
        outgoing: what was decided on its passage before it may leave the house.
    """

    response: RecordId | None = None
    document: RecordId | None = None
    revision: str | None = None
    quote: str = ""
    code: str
    code_version: str | None = None
    coder: str | None = None
    start: int = Field(default=0, ge=0)
    end: int = Field(default=0, ge=0)
    evaluation_questions: list[str] = Field(default_factory=list)
    layer: str | None = None
    memo: str | None = None
    outgoing: LettingOut | None = None

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Coding:
        if (self.response is None) == (self.document is None):
            raise ValueError(t("a coding belongs to one response or to one document"))
        if self.end < self.start:
            raise ValueError(
                t("a passage cannot end at {end}, before its start at {start}").format(
                    end=self.end, start=self.start
                )
            )
        return self


class ChartCell(Record):
    """One person on one evaluation question: the unit that tables of positions count.

    Attributes:
        interview: the interview it was charted from, where it was one.
        respondent: id of the person.
        evaluation_question: id of the question or part that the position refers to.
        summary: one line.
        position: id of a position of the framework, or None while it is open.
        basis: id of a basis of the framework (first-hand, second-hand, opinion).
        coder: initials.
        layer: None for a coder's own work, `consensus` for what was agreed.
        rests_on: ids of the revisions of the passages it was made on; None where that is not known.
        takes: of what was agreed, initials of those whose cells were taken; none where nobody's was.
        memo: of what was agreed, why.
    """

    interview: RecordId | None = None
    respondent: RecordId
    evaluation_question: str
    summary: str = ""
    position: str | None = None
    basis: str | None = None
    coder: str | None = None
    layer: str | None = None
    rests_on: list[str] | None = None
    takes: list[str] | None = None
    memo: str | None = None


class CodeRevision(Record):
    """A code as edited in this study: it stands whole in place of the codebook file's."""

    name: dict[str, str]
    parent: str | None = None
    definition: dict[str, str] = Field(default_factory=dict)
    use_when: dict[str, str] = Field(default_factory=dict)
    not_when: dict[str, str] = Field(default_factory=dict)
    examples: list[dict[str, str]] = Field(default_factory=list)
    aliases: list[str] = Field(default_factory=list)
    colour: str | None = None
    pattern: str | None = None
    order: float | None = None
    retired: bool = False


def chart_cell_id(
    respondent: str, evaluation_question: str, coder: str | None, layer: str | None = None
) -> str:
    """The id of one coder's cell for one person and evaluation question, or of what was agreed there."""
    cell = f"{respondent}:{evaluation_question}"
    return f"{cell}@{coder or ''}" if layer is None else f"{cell}#{layer}"
