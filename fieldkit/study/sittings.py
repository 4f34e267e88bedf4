"""The stretches in which an interview was held: between a start and a pause or its end."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.records.interviews import Interview, Sitting
from fieldkit.study.clock import seconds_between

LONGEST_S = 86_400.0
"""The longest that one sitting can have lasted, in seconds."""


def closed_sittings(interview: Interview, ended: Callable[[], str]) -> list[Sitting]:
    """The interview's sittings, one that is still open ended at a time, never before its start."""
    return [
        sitting
        if sitting.ended_at
        else sitting.model_copy(update={"ended_at": max(ended(), sitting.started_at)})
        for sitting in interview.sittings
    ]


def held_s(interview: Interview, present: Callable[[], str]) -> float:
    """Seconds the interview has been held up to now, pauses left out.

    A sitting that seems to have lasted longer than a day tells of a clock that was set: it counts as a day.
    """
    return sum(
        min(LONGEST_S, seconds_between(sitting.started_at, sitting.ended_at or present()))
        for sitting in interview.sittings
    )
