"""The practice study: made-up interviews to learn on, marked as such wherever they are shown."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldkit.study.create import create_study
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.records.base import Record
    from fieldkit.storage.writes import Put

PRACTICE_AUTHOR: Final = "PR"
"""Whoever practises: interviewer and first coder of what is there already."""


def make_practice_study(path: Path) -> Path:
    """Make a study full of made-up interviews, in a folder that is new or empty; whole or not at all.

    The records are the same every time. What differs is when the store says they were written, and
    what it draws to tell revisions apart.

    Args:
        path: the folder to make.

    Returns:
        The study's folder; whoever works in it goes by `PRACTICE_AUTHOR`.

    Raises:
        StudyError: something is there already, or the place cannot be written.
        StoreError: the records could not be made durable; the folder is gone again.
    """
    folder = create_study(path, author=PRACTICE_AUTHOR)
    try:
        with Study.open(folder, author=PRACTICE_AUTHOR) as study:
            _fill(study)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _fill(study: Study) -> None:
    """Write the records in a few commits, each under the initials of whose work it is."""
    from fieldkit.study.practice.analysis import FIRST_CODER, SECOND_CODER
    from fieldkit.study.practice.records import practice_records

    records = practice_records(study.framework, study.protocol.guides, study.codebook)
    store = study.begin_store()
    # The mark is in the first commit: whatever is read, even by another process now, is marked.
    store.commit(_puts(records.arranged()), author=PRACTICE_AUTHOR)
    for interviewer in (FIRST_CODER, SECOND_CODER):
        store.commit(_puts(records.noted_by(interviewer)), author=interviewer)
    for coder in (FIRST_CODER, SECOND_CODER):
        codings = [
            coding.model_copy(update={"revision": store.heads("responses", coding.response or "")[0].id})
            for coding in records.codings
            if coding.coder == coder
        ]
        cells = [cell for cell in records.chart if cell.coder == coder]
        store.commit(_puts({"codings": codings, "chart": cells}), author=coder)


def _puts(tables: Mapping[str, Sequence[Record]]) -> list[Put]:
    return [put(table, record) for table, records in tables.items() for record in records]
