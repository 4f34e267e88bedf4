"""What is wrong with a study's files, one clear line each."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fieldkit.text import visible_line

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to put right in one file.

    Attributes:
        file: the file's name, without its folder.
        line: line in that file, from 1; 0 where the file as a whole is meant.
        severity: an `error` must be put right, and keeps a guide out until then; a `warning` keeps
            nothing out; a `note` is no fault, and says what follows from the file.
        message: what is wrong, and what would be right.
    """

    file: str
    line: int
    severity: Severity
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        kind = "" if self.severity == "error" else f"{self.severity}: "
        # A message quotes the file: its line breaks and control characters must not act here.
        return visible_line(f"{place}: {kind}{self.message}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the nearest of the known words, or list them.

    Args:
        word: what was written.
        known: what could have been written.

    Returns:
        `did you mean "x"?` where one is near, else `known: a, b, c` (at most eight), else nothing.
    """
    options = list(dict.fromkeys(known))
    near = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    if not options:
        return "there are none"
    more = ", ..." if len(options) > 8 else ""
    return "known: " + ", ".join(options[:8]) + more
