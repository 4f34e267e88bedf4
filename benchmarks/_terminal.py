"""A pseudo-terminal around a program: what it draws is time-stamped before it is looked at."""

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
from typing import Final, Self

import pyte

FRAME_END: Final = b"\x1b[?2026l"
"""What ends a frame, once the terminal has said that it draws frames whole."""

_ANSWERS: Final = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
)
_PRIVATE: Final = re.compile(rb"\x1b\[[<>=?][\d;]*[a-zA-Z$]+[a-z]?")


class Terminal:
    """A process under a pseudo-terminal of 120 columns and 40 rows.

    Attributes:
        process: the process.
        began: when it was started, on the performance counter.
    """

    def __init__(self, argv: Sequence[str], *, columns: int = 120, rows: int = 40) -> None:
        """Make ready to run a command."""
        self._argv = list(argv)
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    def __enter__(self) -> Self:
        """Start the process."""
        self._fd, inner = pty.openpty()
        size = struct.pack("HHHH", self._screen.lines, self._screen.columns, 0, 0)
        fcntl.ioctl(inner, termios.TIOCSWINSZ, size)
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        # Compiled code is kept, as it is where something is installed.
        for name in ("COLUMNS", "LINES", "NO_COLOR", "TEXTUAL", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(name, None)
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            self._argv, stdin=inner, stdout=inner, stderr=inner, env=environment, start_new_session=True
        )
        os.close(inner)
        os.set_blocking(self._fd, False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process as a power cut does."""
        self.kill()
        os.close(self._fd)

    @property
    def text(self) -> str:
        """The screen, a line each."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def send(self, keys: str) -> float:
        """Press keys; returns the moment before."""
        data, sent = keys.encode(), time.perf_counter()
        while data:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:
                self.take_in(0.01)
        return sent

    def take_in(self, seconds: float, *, look: bool = True) -> tuple[float, bytes]:
        """Take in what is drawn next; returns when it came, and what, nothing if that took too long.

        Args:
            seconds: how long to wait for it.
            look: whether to put it on the screen; a program must not wait for that.
        """
        if not select.select([self._fd], [], [], seconds)[0]:
            return time.perf_counter(), b""
        try:
            data = os.read(self._fd, 1 << 18)
        except OSError:
            data = b""
        came = time.perf_counter()
        for asked, answer in _ANSWERS:
            if asked.search(data):
                os.write(self._fd, answer)
        if look:
            self.draw(data)
        return came, data

    def draw(self, data: bytes) -> None:
        """Put on the screen what was taken in."""
        self._stream.feed(_PRIVATE.sub(b"", data))

    def wait_for(self, shown: Callable[[str], bool], seconds: float = 60) -> float:
        """The moment a frame was complete in which the screen shows what is looked for.

        Raises:
            AssertionError: it does not within that time; the message is the screen.
        """
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            came, data = self.take_in(0.05)
            if data and shown(self.text):
                return came
        raise AssertionError(f"never shown\n{self.text}")

    def idle(self, seconds: float) -> None:
        """Let so much time pass, taking in what is drawn."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.take_in(min(left, 0.05))

    def memory_kb(self) -> int:
        """Memory the process holds now, in KB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:  # noqa: PTH123
            return int(status.read().partition("VmRSS:")[2].split()[0])

    def kill(self) -> None:
        """End the process as a power cut does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
