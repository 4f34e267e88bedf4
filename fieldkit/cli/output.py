"""What commands print. Text from people and files is shown harmlessly, never as markup."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fieldkit.say import reason_of
from fieldkit.text import visible, visible_line

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_OF_FILES = 160
"""Columns that tables may take where no terminal says how many there are."""

# All that a terminal may act on; inside JSON strings each can be escaped.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


class Unprinted(Exception):
    """What was asked for is done, but standard output does not take the answer."""


def prepare() -> None:
    """Make standard output and error take any text, whatever the terminal's encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                stream.reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """Print text on standard output."""
    with _going_out():
        print(visible(text))


def print_out() -> None:
    """Let everything that was printed go out.

    Raises:
        Unprinted: standard output takes it no more.
    """
    with _going_out():
        sys.stdout.flush()


@contextlib.contextmanager
def _going_out() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unprinted(reason_of(error)) from error


def warn(text: str) -> None:
    """Print a line that is not the answer on standard error: a notice, a warning."""
    print(f"fieldkit: {visible_line(text)}", file=sys.stderr)


def complain(*lines: str) -> None:
    """Print why nothing was done on standard error: a line, or a list of faults with a line for each."""
    print(f"fieldkit: {chr(10).join(map(visible_line, lines))}", file=sys.stderr)


def print_json(data: Any) -> None:
    """Print data as JSON; the only escapes are those that keep a terminal from acting on it."""
    with _going_out():
        print(json_text(data))


def json_text(data: Any, *, indent: int | None = 2) -> str:
    """Data as JSON text, with invisible and acting characters as escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False)
    return _UNSAFE.sub(lambda found: json.dumps(found.group())[1:-1], text)


def interactive() -> bool:
    """Whether somebody is there to answer: input and output are a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def moves_cursor() -> bool:
    """Whether the terminal says that it can move its cursor, which whole screens and edited lines need."""
    return os.name == "nt" or os.environ.get("TERM", "").casefold() not in ("", "dumb", "unknown")


def print_table(
    heading: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = True, whole: bool = False
) -> None:
    """Print a table.

    Args:
        heading: one text for each column.
        rows: texts, as many in each row.
        numbers: the columns after the first are set to the right.
        whole: those columns stand close and are not broken over lines; only the first one is.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    padding = (0, 0, 0, 1) if whole else (0, 1)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=padding)
    for place, name in enumerate(heading):
        right = numbers and place > 0
        table.add_column(
            Text(visible_line(name)),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=whole and place > 0,
        )
    for row in rows:
        table.add_row(*(Text(visible_line(cell)) for cell in row))
    console().print(table)


def console() -> Console:
    """A Rich console on standard output that takes nothing for markup."""
    from rich.console import Console

    class OutputConsole(Console):
        """Leaves it to the command's end what a reader that has gone means; Rich would exit 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH_OF_FILES
    return OutputConsole(width=width, markup=False, highlight=False, emoji=False)
