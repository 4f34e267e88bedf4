"""A share of the interviews given to a second coder, who works blind until she hands it in."""

from __future__ import annotations

from pydantic import Field

from fieldkit.records.base import Record, RecordId


class Assignment(Record):
    """Which interviews a second coder codes without seeing what others made of them.

    Attributes:
        coder: her initials.
        interviews: ids of the interviews of her share.
        groups: respondent group to how many of its interviews were to choose from, where it was drawn.
        seed: what the share was drawn with; None where its interviews were named.
        at: when it was assigned, ISO 8601, UTC.
        handed_in_at: when she handed it in; None while she works blind.
    """

    coder: str = Field(min_length=1)
    interviews: list[RecordId] = Field(min_length=1)
    groups: dict[str, int] = Field(default_factory=dict)
    seed: int | None = None
    at: str | None = None
    handed_in_at: str | None = None
