"""What the app says when it stops by a fault of its own."""

from __future__ import annotations

import traceback
from pathlib import Path

from rich.text import Text
from textual.worker import WorkerFailed

from fieldkit.fault import leave_report
from fieldkit.say import t


def told_crash(error: BaseException) -> Text:
    """Leave a report of a crash, which holds no one's words, and say where it is.

    Args:
        error: what happened.

    Returns:
        One line for the terminal.
    """
    # A worker's fault comes wrapped in one that has no place of its own.
    if isinstance(error, WorkerFailed):
        error = error.error
    kind = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else t("an unknown place")
    told = t("fieldkit stopped: {kind} at {place}. What was typed is kept; open the study again to go on.")
    said = told.format(kind=kind, place=place)
    report = leave_report(error)
    if report is not None:
        said += " " + t("Report (no words of anyone in it): {report}").format(report=report)
    return Text(said)
