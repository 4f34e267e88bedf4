"""After how long without a key or the mouse a study is locked on this laptop."""

from __future__ import annotations

import contextlib
from pathlib import Path

from fieldkit.study.errors import StudyError
from fieldkit.study.local import read_local, write_local
from fieldkit.text import shortened

DEFAULT = 10
"""Minutes, where nobody has said."""

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
        raise StudyError(f"{shortened(text, 20)!r}: say minutes, from 1 to {MOST}, or {NEVER} for never")
    return int(minutes)


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
