"""The stretches in which an interview was held: between a start and a pause or its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldkit.records.interviews import Interview, Sitting
from fieldkit.study.clock import seconds_between

if TYPE_CHECKING:
    from fieldkit.study.study import Study

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


def last_heard(study: Study, interview: str, drafted: str | None) -> str:
    """When an interview was last heard of: recorded or drafted in; nothing where it never was.

    Args:
        study: the study.
        interview: the interview's id.
        drafted: when something was last drafted in it, or None.
    """
    times = [drafted or ""]
    for record, _ in study.where("responses", "interview", interview):
        times.extend(head.at for head in (study.store.heads("responses", record) if study.store else ()))
    return max(times)
