"""Time as records keep it, and a clock that a wrong wall clock does not lead astray."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

TOLERANCE_S = 60.0
"""How far the wall clock may drift from what has passed before it is taken to have been set."""


def now() -> str:
    """The present, ISO 8601 in UTC to the millisecond: `2005-03-01T14:00:00.000Z`."""
    return _iso(datetime.now(UTC))


def seconds_between(start: str, end: str) -> float:
    """Seconds from one recorded time to another, never below zero: a clock may have been set back."""
    return max(0.0, (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())


class SteadyClock:
    """Tells the time of one sitting: from the wall clock at first, and from what has passed since.

    When the wall clock is set by hours or years, or the laptop sleeps, an interview lasts no longer for it.
    """

    def __init__(self) -> None:
        self._began = datetime.now(UTC)
        self._since = time.monotonic()

    def now(self) -> str:
        """The present, as `now` tells it while the wall clock goes as it should."""
        passed = self._began + timedelta(seconds=time.monotonic() - self._since)
        wall = datetime.now(UTC)
        return _iso(wall if abs((wall - passed).total_seconds()) <= TOLERANCE_S else passed)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
