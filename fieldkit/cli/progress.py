"""How far something is that takes longer than a second, on a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from fieldkit.say import grouped

SHOWN_AFTER = 1.0
"""Seconds before anything is shown: whoever waits less needs to be told nothing."""

_EVERY = 0.2


class ProgressLine:
    """A line on standard error that is written over as things go on, and gone at the end."""

    def __init__(self, what: str) -> None:
        """Begin.

        Args:
            what: what goes on, such as the file's name.
        """
        self._what = what
        self._begun = self._told = time.monotonic()
        self._count = 0
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()

    def __call__(self, more: int) -> None:
        """Tell that more entries are done; 0 tells that it goes on."""
        self._count += more
        now = time.monotonic()
        if now - self._begun < SHOWN_AFTER or now - self._told < _EVERY or not sys.stderr.isatty():
            return
        self._told = now
        text = f"{self._what}: {grouped(self._count)} ..." if self._count else f"{self._what} ..."
        sys.stderr.write(f"\r{text.ljust(self._width)}")
        sys.stderr.flush()
        self._width = max(self._width, len(text))
