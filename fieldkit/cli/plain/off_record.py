"""A stretch off the record in an interview held line by line: nothing that is typed meanwhile is kept."""

from __future__ import annotations

from typing import Final

from fieldkit.study.conduct import Conduct
from fieldkit.study.off_record import begin, end

ALLOWED: Final = ("off", "erase", "pause", "help")
"""The commands that are followed off the record."""


class OffRecord:
    """Whether the talk is off the record, and since when."""

    def __init__(self, conduct: Conduct) -> None:
        """Begin on the record.

        Args:
            conduct: the interview.
        """
        self._conduct = conduct
        self._since: str | None = None

    @property
    def lasts(self) -> bool:
        """Whether nothing may be kept now."""
        return self._since is not None

    def swallows(self, command: tuple[str, str] | None) -> bool:
        """Whether a line goes nowhere: words, and all commands but a few.

        Args:
            command: the command that the line is, or None.
        """
        return self.lasts and (command is None or command[0] not in ALLOWED)

    def begin(self) -> None:
        """Keep nothing from now on, whether or not that can be written down.

        Raises:
            StudyError: nobody has said who is at work.
            StoreError: it could not be written down.
        """
        self._since = self._conduct.now()
        begin(self._conduct, self._since)

    def end(self) -> None:
        """Keep what is said again.

        Raises:
            StudyError: nobody has said who is at work.
            StoreError: it could not be written down.
        """
        since, self._since = self._since, None
        if since is not None:
            end(self._conduct, since, self._conduct.now())
