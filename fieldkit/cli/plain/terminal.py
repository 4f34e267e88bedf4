"""Lines in and lines out: through questionary on a terminal that can take it, plainly elsewhere."""

from __future__ import annotations

import io
import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from typing import Protocol

from fieldkit.cli.output import interactive, moves_cursor, say
from fieldkit.say import t
from fieldkit.text import visible_line

Typing = Callable[[str], None]
"""Is told a line while it is typed."""

_LINE_BYTES = 4_094
"""Most bytes that a terminal gives of one line where nothing edits it; what comes after them is dropped."""

_NARROWEST = 20
"""Columns under which breaking lines between words helps nobody."""


class Lines(Protocol):
    """Where lines come from."""

    def ask(self, question: str, typing: Typing) -> str:
        """The next line.

        Args:
            question: what stands before it.
            typing: is told the line while it is typed, where that can be known.

        Raises:
            EOFError: there is none.
            KeyboardInterrupt: Ctrl+C.
        """


class PlainLines:
    """Standard input, a line at a time; nothing is known of a line before it is complete."""

    def __init__(self) -> None:
        """Take any bytes: what is no text is marked in it, and the rest of the line is kept."""
        self._at_terminal = sys.stdin.isatty()
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")

    def ask(self, question: str, typing: Typing) -> str:
        """The next line; from a pipe the question is not said, since nobody reads it there."""
        sys.stdout.flush()
        line = input(visible_line(question) if self._at_terminal else "")
        if self._at_terminal and len(line.encode()) >= _LINE_BYTES:
            say(t("This line was as long as the terminal gives: what came after its end is not kept."))
        return line


class EditedLines:
    """A terminal that can move its cursor: a line can be edited, and is known while it is typed."""

    def ask(self, question: str, typing: Typing) -> str:
        """The next line."""
        import questionary
        from prompt_toolkit.output import ColorDepth
        from prompt_toolkit.styles import Style

        # A terminal at the end of a slow line would be asked, and waited for, where its cursor is.
        os.environ["PROMPT_TOOLKIT_NO_CPR"] = "1"
        sys.stdout.flush()
        asked = questionary.text(
            visible_line(question).rstrip(), qmark="", style=Style([]), color_depth=ColorDepth.DEPTH_1_BIT
        )
        asked.application.current_buffer.on_text_changed += lambda buffer: typing(buffer.text)
        line: str = asked.unsafe_ask()
        return line


def tell(text: str) -> None:
    """Say a line; on a terminal it is broken between words, elsewhere it stays one line."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for part in textwrap.wrap(text, width, break_on_hyphens=False) if width > _NARROWEST else [text]:
        say(part)


def lines_here() -> Lines:
    """The lines of whoever is there: a terminal that edits them, or plain input."""
    return EditedLines() if interactive() and moves_cursor() else PlainLines()
