"""What can be wrong with a study or with what is asked of it: each is one clear line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from fieldkit.say import t
from fieldkit.study.none_such import NONE_SUCH
from fieldkit.text import shortened, visible_line


class StudyError(Exception):
    """The study or the input is at fault; the message is one line that names place and remedy."""


class Faults(StudyError):
    """Several things are at fault; each has a line of its own.

    Attributes:
        lines: the lines, the first of which may say what they are about.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the lines as they are to be told."""
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


class NoStudy(StudyError):
    """There is no study where one was looked for."""


class AuthorNeeded(StudyError):
    """Something is to be written, and nobody has said whose work it is."""


class ProtectionNeeded(StudyError):
    """Something is to be kept for the first time, and nobody has said whether it shall be encrypted."""


def without_place(told: str, place: object) -> str:
    """The line of an error without the place that it begins with, for where the place goes without saying.

    Args:
        told: the line.
        place: what it may begin with, before a colon.
    """
    if not told.startswith(str(place)):
        return told
    return told.removeprefix(str(place)).lstrip(": \N{NO-BREAK SPACE}")


class UnknownId(StudyError):
    """An id that the study does not have."""

    def __init__(self, kind: str, given: str, known: Iterable[str], **where: str) -> None:
        """Say which id is unknown and which known ones are nearest.

        Args:
            kind: what the id was meant for, such as `respondent`; one of `NONE_SUCH`.
            given: the id as it was given.
            known: the ids there are.
            where: what else the sentence on this kind names.
        """
        given = shortened(given, 200)
        choices = sorted(set(known))
        folded = {choice.casefold(): choice for choice in choices}
        near = [
            folded[match] for match in difflib.get_close_matches(given.casefold(), folded, n=3, cutoff=0.4)
        ]
        if near:
            told, shown = t("{none}; nearest: {choices}"), ", ".join(near)
        elif choices:
            told = t("{none}; there are: {choices}")
            shown = ", ".join(choices[:6]) + (", ..." if len(choices) > 6 else "")
        else:
            told, shown = t("{none}; there are none yet"), ""
        none = t(NONE_SUCH[kind]).format(given=repr(visible_line(given)), **where)
        super().__init__(told.format(none=none, choices=shown))
