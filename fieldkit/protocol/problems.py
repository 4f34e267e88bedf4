"""What is wrong with a study's files, one clear line each."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from fieldkit.say import mark, t
from fieldkit.text import visible_line

Severity = Literal["error", "warning", "note"]

_TOLD: Final[dict[Severity, str]] = {
    "error": mark("{place}: {message}"),
    "warning": mark("{place}: warning: {message}"),
    "note": mark("{place}: note: {message}"),
}


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
        # A message quotes the file: its line breaks and control characters must not act here.
        return visible_line(t(_TOLD[self.severity]).format(place=place, message=self.message))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that one may have been meant for, where one is near.

    Args:
        word: what was written.
        known: what could have been written.
    """
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the nearest of the known words, or list them.

    Args:
        word: what was written.
        known: what could have been written.

    Returns:
        `did you mean "x"?` where one is near, else `known: a, b, c` (at most eight), else nothing.
    """
    options = list(dict.fromkeys(known))
    near = nearest(word, options)
    if near is not None:
        return t('did you mean "{near}"?').format(near=near)
    if not options:
        return t("there are none")
    more = ", ..." if len(options) > 8 else ""
    return t("known: {words}").format(words=", ".join(options[:8]) + more)
