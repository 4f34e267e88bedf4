"""What taking in a file did."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Imported:
    """What came of a file that was taken in.

    Attributes:
        kind: `archive`, `records`, `roster`, `draft`, `project` or `codebook`.
        added: revisions that are new in the study.
        known: revisions or records that it had already; they added nothing.
        records: how many records of each table are new or changed.
        notes: what the user should know, one line each: what was left out, altered or not known here.
    """

    kind: str
    added: int = 0
    known: int = 0
    records: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
