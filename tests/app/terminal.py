"""A real terminal around a real process: keys in, screen out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import pyte

_PRIVATE = re.compile(rb"\x1b\[[<>=?][\d;]*[a-zA-Z$]+[a-z]?")
_ASKS_ATTRIBUTES = re.compile(rb"\x1b\[0?c")


def _lead_from_terminal() -> None:
    """Let Ctrl+C interrupt: only the terminal that a session is led from does, and only where it may.

    What runs the tests in the background has it ignored in everything that it starts.
    """
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A process under a pseudo-terminal, with the screen that its output draws."""

    def __init__(self, argv: Sequence[str], *, columns: int = 80, rows: int = 24) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._argv = list(argv)

    def __enter__(self) -> Self:
        self._fd, inner = pty.openpty()
        size = struct.pack("HHHH", self.screen.lines, self.screen.columns, 0, 0)
        fcntl.ioctl(inner, termios.TIOCSWINSZ, size)
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        for name in ("COLUMNS", "LINES", "NO_COLOR", "TEXTUAL"):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            self._argv,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=environment,
            start_new_session=True,
            preexec_fn=_lead_from_terminal,
        )
        os.close(inner)
        os.set_blocking(self._fd, False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._fd)

    @property
    def text(self) -> str:
        """The screen, a line each."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, keys: str) -> None:
        """Press keys."""
        data = keys.encode()
        while data:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:
                self.read(0.01)

    def read(self, seconds: float) -> bool:
        """Take in what was drawn, waiting so long for it; whether anything was."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        if _ASKS_ATTRIBUTES.search(data):
            os.write(self._fd, b"\x1b[?62;22c")
        self._stream.feed(_PRIVATE.sub(b"", data))
        return True

    def wait_for(self, shown: str | Callable[[str], bool], seconds: float = 30) -> None:
        """Wait until the screen shows a text, or what a function looks for.

        Raises:
            AssertionError: it does not within that time; the message is the screen.
        """
        looks = shown if callable(shown) else lambda text: shown in text
        end = time.monotonic() + seconds
        while not looks(self.text):
            if time.monotonic() > end:
                raise AssertionError(f"never shown: {shown!r}\n{self.text}")
            self.read(0.05)

    def idle(self, seconds: float) -> None:
        """Let so much time pass, taking in what is drawn."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(min(left, 0.05))

    def kill(self) -> None:
        """End the process as a power cut does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)

    def wait_for_end(self, seconds: float = 20) -> int:
        """Wait until the process has ended; its exit status."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.05)
        return self.process.wait(1)
