"""What is left behind when the app stops by a fault of its own: where, never what was said."""

from __future__ import annotations

import contextlib
import tempfile
import traceback
from pathlib import Path

from rich.text import Text
from textual.worker import WorkerFailed


def leave_report(error: BaseException) -> Text:
    """Write a report of a crash that holds no one's words, and say where it is.

    The report has the kind of error and the places in the code. Values, and the error's own message,
    are left out: they may hold what an official said.

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
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
    lines = [kind, *(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)]
    said = f"fieldkit stopped: {kind} at {place}. What was typed is kept; open the study again to go on."
    with contextlib.suppress(OSError):
        with tempfile.NamedTemporaryFile(
            "w", prefix="fieldkit-crash-", suffix=".txt", delete=False, encoding="utf-8"
        ) as report:
            report.write("\n".join(lines) + "\n")
        said += f" Report (no words of anyone in it): {report.name}"
    return Text(said)
