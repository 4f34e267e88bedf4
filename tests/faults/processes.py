"""Work done in a process of its own, which may be killed or kept short."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable

FINISHED = 3
"""What such a process ends with, unless it is killed."""

FAILED = 4
"""What it ends with when what it did raised something."""


def in_a_process(work: Callable[[int], None]) -> tuple[int, int]:
    """Run something in a process of its own, with a pipe to tell through; returns its id, and the pipe."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            os.close(reader)
            work(writer)
            code = FINISHED
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writer)
    return child, reader


def lines_of(reader: int) -> list[str]:
    """Read whole lines until the other end is gone."""
    with os.fdopen(reader, "rb") as pipe:
        return [line.decode() for line in pipe.read().split(b"\n")[:-1]]
