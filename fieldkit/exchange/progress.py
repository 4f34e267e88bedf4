"""Telling, while a file is written, how far that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[int], None]
"""Is told how many more entries are written, every so often; 0 where it goes on and none is written yet."""

EVERY = 500
"""Entries between two tellings: few enough to be told several times a second."""

T = TypeVar("T")


def counted(entries: Iterable[T], progress: Progress | None) -> Iterator[T]:
    """Hand entries on, and tell how many there were.

    Args:
        entries: what is written.
        progress: what is told; None tells nobody.

    Yields:
        The entries.
    """
    if progress is None:
        yield from entries
        return
    since = 0
    for entry in entries:
        yield entry
        since += 1
        if since == EVERY:
            progress(since)
            since = 0
    progress(since)


def going(entries: Iterable[T], progress: Progress | None) -> Iterator[T]:
    """Hand entries on of which none is written yet, and tell after each that it goes on.

    Args:
        entries: what is gone through.
        progress: what is told; None tells nobody.

    Yields:
        The entries.
    """
    for entry in entries:
        yield entry
        if progress is not None:
            progress(0)
