"""The memory of this process, kept from other programs of the same user while it holds keys."""

from __future__ import annotations

import contextlib
import sys

_PR_SET_DUMPABLE = 4


def keep_from_others() -> None:
    """Let nobody attach to this process or read its memory, where Linux allows that; elsewhere nothing.

    The system's administrator still can. Programs that are started from here are as they were.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
