"""Time as records keep it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present, ISO 8601 in UTC to the millisecond: `2005-03-01T14:00:00.000Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seconds_between(start: str, end: str) -> float:
    """Seconds from one recorded time to another, never below zero: a clock may have been set back."""
    return max(0.0, (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())
