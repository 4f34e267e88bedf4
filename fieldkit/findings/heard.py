"""Responses and passages that count, with the persons they count for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fieldkit.protocol.items import Item
from fieldkit.records.codings import Coding
from fieldkit.records.interviews import Interview
from fieldkit.records.responses import Response
from fieldkit.records.vocabulary import ASKED

CONSENSUS: Final = "consensus"
"""The layer of what coders agreed on; where there is one, it stands for their own."""

Place = tuple[str, int, int]
"""Id of a response, and the start and end of a passage in its text."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A response that counts.

    Attributes:
        response: the response.
        interview: the interview it was given in.
        item: the item it answers; None where its guide has none of that id.
        persons: ids of the persons it counts for; in a joint interview only those it names.
        leaves: ids of the evaluation questions without parts, and parts, that it speaks to.
    """

    response: Response
    interview: Interview
    item: Item | None
    persons: tuple[str, ...]
    leaves: frozenset[str]

    @property
    def asked(self) -> bool:
        """Whether the item was put to somebody."""
        return self.response.disposition in ASKED

    @property
    def own(self) -> str | None:
        """Id of the person whose answer a value is; None where several were there and none is named."""
        alone = self.response.respondent is not None or len(self.interview.respondents) == 1
        return self.persons[0] if alone and self.persons else None

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return self.response.disposition == "answered"


@dataclass(frozen=True, slots=True)
class Passage:
    """A coding that counts.

    Attributes:
        coding: the coding.
        heard: the response it stands in.
        persons: ids of the persons who speak in the passage.
        leaves: ids of the evaluation questions without parts, and parts, that it is tied to.
        place: where it stands; two coders of the same words stand in one place.
    """

    coding: Coding
    heard: Heard
    persons: tuple[str, ...]
    leaves: frozenset[str]
    place: Place
