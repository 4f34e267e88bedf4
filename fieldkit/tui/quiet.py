"""An app that fails quietly: the terminal is told where, and never what was typed."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

from textual.app import App
from textual.worker import WorkerFailed

from fieldkit.fault import leave_report
from fieldkit.storage.errors import StoreError
from fieldkit.tui.crash import told_crash

Result = TypeVar("Result")


class QuietApp(App[Result], inherit_bindings=False):
    """What every app of fieldkit is: a fault is told by its kind and place, never by its values."""

    def on_load(self) -> None:
        """Let a task that fails by itself leave a report; asyncio would print its message."""
        asyncio.get_running_loop().set_exception_handler(_report)

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed) and isinstance(error.error, StoreError):
            self.store_failed(error.error)
        else:
            super()._handle_exception(error)

    def store_failed(self, error: StoreError) -> None:
        """Tell what a worker could not read or write; the app goes on without it.

        Args:
            error: why.
        """

    def _fatal_error(self) -> None:
        # Textual prints the values of all local variables, and with them what officials said.
        self.bell()
        # A timer may fail again before the app has ended; what it fails of first is what matters.
        if self._exception is not None and not self._exit_renderables:
            self._exit_renderables.append(told_crash(self._exception))
        self._close_messages_no_wait()


def _report(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    if isinstance(error, BaseException):
        leave_report(error)
