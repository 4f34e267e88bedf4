"""What is erased for good, and what forbids it: the records of a purge and of a hold."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fieldkit.records.base import Record

PurgeKind = Literal["typing", "contacts", "respondent", "off the record", "everything"]


class Purge(Record):
    """That something was erased: when, by whose authority and how much, not what.

    Attributes:
        kind: what sort of thing: the states that words went through before an interview was completed,
            contacts after their time, one respondent, words declared off the record, or everything.
        authority: by whose authority; None for `typing`, which the completing itself does.
        at: when, ISO 8601, UTC.
        by: initials of who did it.
        interview: of `typing`, the interview.
        erased: ids of the revisions that nobody may keep, hashes that tell nothing of their content.
    """

    kind: PurgeKind
    authority: str | None = None
    at: str | None = None
    by: str | None = None
    interview: str | None = None
    erased: list[str] = Field(default_factory=list)


class Hold(Record):
    """That nothing may be disposed of: an access request, a legal matter.

    Attributes:
        reason: why.
        authority: by whose authority it was placed.
        placed_at: when, ISO 8601, UTC.
        placed_by: initials.
        released_at: when it was released; None while it stands.
        released_by: initials.
        release_authority: by whose authority it was released.
    """

    reason: str
    authority: str
    placed_at: str
    placed_by: str | None = None
    released_at: str | None = None
    released_by: str | None = None
    release_authority: str | None = None
