"""How a command fails: one line that says what is wrong, never a traceback."""

from __future__ import annotations

import contextlib
import os
import sys

from fieldkit.cli.output import Unprinted, complain
from fieldkit.fault import leave_report
from fieldkit.say import t

AT_FAULT = 1


def tell(error: BaseException) -> int:
    """Say on standard error why a command failed.

    Args:
        error: what it raised.

    Returns:
        The exit code.
    """
    if isinstance(error, BrokenPipeError):
        return _stop_writing()
    if isinstance(error, Unprinted):
        _stop_writing()
        complain(t("done, but the answer could not be written out: {error}").format(error=error))
        return AT_FAULT
    if isinstance(error, KeyboardInterrupt):
        complain(t("stopped"))
        return AT_FAULT
    if isinstance(error, Exception) and _is_clear(error):
        complain(*_lines(error))
        return AT_FAULT
    kind = type(error).__name__
    report = leave_report(error)
    told = (
        t(
            "something unforeseen went wrong ({kind}); what was saved is safe; "
            "where it happened stands in {report}"
        )
        if report
        else t("something unforeseen went wrong ({kind}); what was saved is safe")
    )
    complain(told.format(kind=kind, report=report))
    return AT_FAULT


def _is_clear(error: Exception) -> bool:
    """Whether the error's own message is meant for the user."""
    from fieldkit.findings.errors import FindingsError
    from fieldkit.storage.errors import StoreError
    from fieldkit.study.errors import StudyError

    return isinstance(error, StudyError | StoreError | FindingsError)


def _lines(error: Exception) -> list[str]:
    from fieldkit.study.errors import Faults

    return error.lines if isinstance(error, Faults) else [str(error)]


def _stop_writing() -> int:
    """Whoever read the output has gone: what was to be done is done, so this is no fault."""
    # Python would complain once more when it flushes standard output at exit.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
