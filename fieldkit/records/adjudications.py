"""What was decided where coders differ."""

from __future__ import annotations

from pydantic import Field

from fieldkit.records.base import Record, RecordId


class Adjudication(Record):
    """What was decided on one code in one response; the coders' own codings stay as they are.

    Attributes:
        response: the response.
        code: the code that coders differ on.
        takes: initials of those whose codings were taken; none for `neither` and for another code.
        another: the code given instead, where neither coder's was right.
        codings: ids of the consensus codings that came of it.
        by: initials of who decided.
        at: when, ISO 8601, UTC.
        memo: why.
    """

    response: RecordId
    code: str
    takes: list[str] = Field(default_factory=list)
    another: str | None = None
    codings: list[RecordId] = Field(default_factory=list)
    by: str | None = None
    at: str | None = None
    memo: str | None = None


def adjudication_id(response: str, code: str) -> str:
    """The id of what was decided on a code in a response: there is only one."""
    return f"{response}#{code}"
