"""Whether the store of an open study is whole, looked at while the study is worked in."""

from __future__ import annotations

import time
from typing import Final

from fieldkit.say import t
from fieldkit.study.locate import STORE
from fieldkit.study.study import Study

MOST_BYTES: Final = 64 << 20
"""A larger journal is not read by itself: that would take seconds from whoever types."""

AGAIN_S: Final = 1.0
"""Seconds before a second look: a write that was under way is done by then."""


def unsound(study: Study) -> str | None:
    """What is wrong with the store, as one line; takes a while, so a thread is the place for it.

    What is found is looked at a second time, since a write under way may look like damage.

    Args:
        study: the study, open; it may be written to meanwhile.

    Returns:
        The line; None where nothing is wrong, or the store is too large to be read by the way.

    Raises:
        StoreError: the study was locked meanwhile.
        OSError: it cannot be read.
    """
    store = study.store
    if store is None or (study.folder / STORE / "journal").stat().st_size > MOST_BYTES:
        return None
    problems = store.verify().problems
    if problems:
        time.sleep(AGAIN_S)
        still = store.verify().problems
        problems = tuple(problem for problem in problems if problem in still)
    if not problems:
        return None
    if len(problems) == 1:
        return t("The store is damaged; `fieldkit verify` tells all: {problem}").format(problem=problems[0])
    told = t("The store is damaged; `fieldkit verify` tells all: {problem} (and {n} more)")
    return told.format(problem=problems[0], n=len(problems) - 1)
