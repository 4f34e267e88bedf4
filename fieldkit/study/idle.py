"""After how long without a key or the mouse a study is locked on this laptop."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.say import t
from fieldkit.study.clock import seconds_between
from fieldkit.study.errors import StudyError
from fieldkit.study.local import read_local, write_local
from fieldkit.text import shortened

if TYPE_CHECKING:
    from fieldkit.study.conduct import Conduct

DEFAULT = 10
"""Minutes, where nobody has said."""

HELD_BEYOND = 60
"""Minutes beyond those planned for which an interview that is being held keeps a study open."""

MOST = 24 * 60
NEVER = 0

_NAME = "lock_after_minutes"


def check_minutes(text: str) -> int:
    """Minutes as they were typed.

    Args:
        text: what was typed.

    Raises:
        StudyError: it is no whole number of minutes within a day.
    """
    minutes = text.strip()
    if not (minutes.isascii() and minutes.isdecimal() and int(minutes[:9]) <= MOST):
        told = t("{typed}: say minutes, from 1 to {most}, or {never} for never")
        raise StudyError(told.format(typed=repr(shortened(text, 20)), most=MOST, never=NEVER))
    return int(minutes)


def keeps_open(conduct: Conduct) -> bool:
    """Whether an interview is being held, so that a long silence at the keyboard locks nothing.

    One that has gone on for longer than planned, and an hour, was forgotten: it keeps nothing open.

    Args:
        conduct: the interview.
    """
    interview = conduct.interview
    if interview.state != "in progress" or not interview.sittings:
        return False
    lasted = seconds_between(interview.sittings[-1].started_at, conduct.now())
    return lasted < (conduct.minutes_planned + HELD_BEYOND) * 60


def lock_after(folder: Path) -> int:
    """Minutes after which a study is locked here; 0 is never.

    Args:
        folder: the study.
    """
    told = read_local(folder).get(_NAME)
    return told if type(told) is int and NEVER <= told <= MOST else DEFAULT


def set_lock_after(folder: Path, minutes: int) -> None:
    """Remember after how many minutes a study is locked here.

    Args:
        folder: the study.
        minutes: as `check_minutes` returns them.
    """
    # A study without a store, or on a medium that takes nothing, is told anew the next time.
    with contextlib.suppress(OSError):
        write_local(folder, **{_NAME: minutes})
