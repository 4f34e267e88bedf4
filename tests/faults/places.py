"""At how many of the calls and bytes there are a fault is tried."""

from __future__ import annotations

import os
from typing import Final

EVERY: Final = "FIELDKIT_FAULTS"
"""Set to `every`, as `.ci/run` does, a fault is tried at every one of them."""

STEP: Final = 1 if os.environ.get(EVERY) == "every" else 5
"""From one that is tried to the next: otherwise every fifth, which finds what is wrong as a rule."""


def tried(start: int, stop: int) -> range:
    """Those of the calls, or bytes, from one to another at which a fault is tried."""
    return range(start, stop, STEP)
