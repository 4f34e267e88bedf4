"""Take in what an interview saved elsewhere while its store took nothing."""

from __future__ import annotations

from pathlib import Path

from fieldkit.exchange.outcome import Imported
from fieldkit.study.study import Study
from fieldkit.study.taking_back import take_back


def import_draft(study: Study, path: Path) -> Imported:
    """Take in such a file: words become drafted words of its interview, values and outcomes are recorded.

    Args:
        study: the study it was saved from, open for writing.
        path: the file.

    Returns:
        What came of it; `drafts` counts answers whose words appear when the interview is opened.

    Raises:
        StudyError: the study does not have the interview, or nobody has said who is at work.
        StoreError: the file is damaged or of another study; or nothing could be written.
    """
    taken = take_back(study, path)
    records = {"drafts": taken.drafted, "responses": taken.recorded}
    return Imported("draft", taken.drafted + taken.recorded, taken.known, records, taken.notes)
