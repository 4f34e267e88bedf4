"""Stretches off the record: that they were, and when. Nothing that is said meanwhile is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldkit.records.interviews import Interview, OffRecord

if TYPE_CHECKING:
    from fieldkit.study.conduct import Conduct


def begin(conduct: Conduct, started_at: str) -> None:
    """Write down that what is said from now on is off the record; durable when this returns.

    Args:
        conduct: the interview.
        started_at: when it began.

    Raises:
        StudyError: nobody has said who is at work.
        StoreError: it could not be kept.
    """
    stretches = [*conduct.interview.off_record, OffRecord(started_at=started_at)]
    conduct.keep_interview(off_record=stretches)


def end(conduct: Conduct, started_at: str, ended_at: str) -> None:
    """Write down when a stretch ended, and that it was, should its beginning not be kept.

    Args:
        conduct: the interview.
        started_at: when it began.
        ended_at: when it ended.

    Raises:
        StudyError: nobody has said who is at work.
        StoreError: it could not be kept.
    """
    others = [each for each in conduct.interview.off_record if each.started_at != started_at]
    ended = OffRecord(started_at=started_at, ended_at=ended_at)
    conduct.keep_interview(off_record=[*others, ended])


def closed_stretches(interview: Interview, ended: Callable[[], str]) -> list[OffRecord]:
    """The interview's stretches, one that is still open ended at a time, never before its start."""
    return [
        stretch
        if stretch.ended_at
        else stretch.model_copy(update={"ended_at": max(ended(), stretch.started_at)})
        for stretch in interview.off_record
    ]
