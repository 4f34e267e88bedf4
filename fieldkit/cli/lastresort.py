"""For what slips through every net: no fault is printed with the values it had."""

from __future__ import annotations

import os
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

TELLTALES = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_SCREENSHOT")
"""Variables that would have Textual write down every key and every screen, passphrases among them."""


def install() -> None:
    """Let every fault of this process leave a report of its place alone.

    A traceback of Python's own ends in the fault's message, which may quote what an official said.
    """
    for name in TELLTALES:
        os.environ.pop(name, None)
    sys.excepthook = _uncaught
    threading.excepthook = _in_thread
    sys.unraisablehook = _unraisable


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _tell(error)


def _in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _tell(args.exc_value)


def _unraisable(args: UnraisableHookArgs) -> None:
    if args.exc_value is not None:
        _tell(args.exc_value)


def _tell(error: BaseException) -> None:
    from fieldkit.cli.failure import tell

    tell(error)
