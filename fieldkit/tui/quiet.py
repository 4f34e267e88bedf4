"""An app that tells nobody what is typed: not the terminal when it fails, and no log."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

from textual.app import App
from textual.worker import WorkerFailed

from fieldkit.storage.errors import StoreSealed
from fieldkit.tui.crash import told_crash

Result = TypeVar("Result")


class QuietApp(App[Result], inherit_bindings=False):
    """What every app of fieldkit is: a fault is told by its kind and place, never by its values."""

    def on_load(self) -> None:
        """Let a task that fails by itself be told as quietly as everything else."""
        asyncio.get_running_loop().set_exception_handler(self._on_task_failure)

    def _on_task_failure(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    def _log(self, *_: Any, **__: Any) -> None:
        # Textual's log would hold every key, and with them passphrases and what officials said.
        return

    def _handle_exception(self, error: Exception) -> None:
        # A worker that was reading when the study was locked has nothing to tell: unlocking starts it anew.
        if isinstance(error, WorkerFailed) and isinstance(error.error, StoreSealed):
            return
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual prints the values of all local variables, and with them what officials said.
        self.bell()
        if self._exception is not None:
            self._exit_renderables.append(told_crash(self._exception))
        self._close_messages_no_wait()
