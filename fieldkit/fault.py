"""What is left behind by a fault of the program's own: where it happened, never what was said."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path


def leave_report(error: BaseException) -> Path | None:
    """Write a report that holds no one's words: the kind of error and the places in the code.

    Values, and the error's own message, are left out: they may hold what an official said.

    Args:
        error: what happened.

    Returns:
        The report, readable by its owner only, in the platform's folder for logs; None where it could
        not be written.
    """
    from platformdirs import user_log_path

    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    try:
        path = user_log_path("fieldkit", appauthor=False, ensure_exists=True) / f"failure-{moment}.txt"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join([type(error).__name__, *places, ""]))
    except OSError:
        return None
    return path
