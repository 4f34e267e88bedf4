"""What widgets and screens tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from fieldkit.records.responses import ResponseKey


@dataclass
class ProtocolLoaded(Message):
    """The guides have been read; what depends on them can be shown."""


@dataclass
class ResponsesRestored(Message):
    """A response was given an earlier state: whoever holds it, or what it covers, is to read them again.

    Attributes:
        responses: ids of all responses that changed with it.
    """

    responses: tuple[str, ...]


@dataclass
class InterviewWanted(Message):
    """An interview is to be begun, gone on with, or read.

    Attributes:
        respondent: id of the respondent.
        interview: id of the one meant; None leaves it to what the respondent has.
        another: whether a new one is to be begun beside those there are.
        item: the answer to go to in it; None leaves it to where the interview stands.
    """

    respondent: str
    interview: str | None = None
    another: bool = False
    item: ResponseKey | None = None
