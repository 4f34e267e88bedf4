"""What can be wrong with a file that comes in or goes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fieldkit.say import grouped, t, tn
from fieldkit.study.errors import Faults, StudyError, UnknownId
from fieldkit.text import visible_line

LISTED = 200
"""Most faults that a message lists; whoever has more puts these right first."""


class ExchangeError(StudyError):
    """A file cannot be read or written; the message names the file, the place and the remedy."""


class FileRefused(ExchangeError, Faults):
    """A file is refused whole because lines or records of it are wrong.

    Attributes:
        problems: one line for each fault, in the order of the file.
    """

    def __init__(self, name: str, problems: Sequence[str]) -> None:
        """List what is wrong.

        Args:
            name: the file's name.
            problems: one line for each fault; at least one.
        """
        self.problems = list(problems)
        n = len(self.problems)
        told = tn(
            "{name}: {n} thing is wrong, so nothing was taken in",
            "{name}: {n} things are wrong, so nothing was taken in",
            n,
        )
        lines = [told.format(name=name, n=n), *self.problems[:LISTED]]
        if n > LISTED:
            lines.append(t("and {n} more; put these right first").format(n=grouped(n - LISTED)))
        Faults.__init__(self, lines)


def unknown(kind: str, given: str, known: Iterable[str]) -> str:
    """The line on an id of a file that the study does not have, with the nearest that it has.

    Args:
        kind: what the id was meant for, such as `respondent`.
        given: the id as the file has it; control characters are shown as symbols.
        known: the ids there are.
    """
    return str(UnknownId(kind, visible_line(given), known))
