"""Respondents under their code, and apart from them the contacts that name them."""

from __future__ import annotations

from pydantic import Field

from fieldkit.records.base import Record, RecordId
from fieldkit.records.vocabulary import RespondentStatus

CODE_LIMIT = 60
"""Most characters of a respondent's code."""


class Respondent(Record):
    """An official, known by code; what is needed to analyse, in bands, and nothing that names her.

    Attributes:
        code: the code she goes by everywhere, such as `CIC-03`.
        group: respondent group of the framework.
        reporting_group: the wider group that outgoing tables use; the framework's when None.
        place: band of the framework (headquarters, Geneva, Manila, field).
        level: band of the framework (executive, other).
        language: preferred language, `en` or `fr`.
        status: how far arranging the interview has got.
        attributes: further bands of this study, by name.
    """

    code: str = Field(min_length=1, max_length=CODE_LIMIT)
    group: str
    reporting_group: str | None = None
    place: str | None = None
    level: str | None = None
    language: str | None = None
    status: RespondentStatus = "identified"
    attributes: dict[str, str] = Field(default_factory=dict)


class Contact(Record):
    """Who a respondent is and how to reach her; never in an export unless asked for by name."""

    respondent: RecordId
    name: str | None = None
    title: str | None = None
    unit: str | None = None
    organisation: str | None = None
    email: str | None = None
    phone: str | None = None
    notes: str | None = None
