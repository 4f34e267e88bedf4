"""When garbage is looked for: not while somebody types, for looking through everything stops the keys."""

from __future__ import annotations

import gc
from typing import Final

_RARELY: Final = (2_000, 10, 3)
"""Of `gc.set_threshold`: a look takes as long as there is garbage; this much takes as long as a frame."""

_QUIET_S: Final = 2.0
"""Seconds without a key after which nobody is likely to type in the next tenth of one."""


def wait_for_first_paint() -> None:
    """Look for no garbage until the first screen is seen: it takes a fifth of the time until then."""
    gc.set_threshold(*_RARELY)
    gc.disable()


def go_on() -> None:
    """Look for garbage from now on, except in what was read so far, which is kept to the end."""
    gc.freeze()
    gc.enable()


def spare() -> None:
    """Look through what was read so far no more: it is kept for as long as the app runs."""
    gc.freeze()


def collect_if_quiet(quiet_s: float) -> None:
    """Look for garbage among everything else, if nobody types.

    Args:
        quiet_s: seconds since the last key.
    """
    if quiet_s >= _QUIET_S and gc.isenabled() and gc.get_count()[2]:
        gc.collect()
