"""The tables of a study and the kind of record each holds."""

from __future__ import annotations

from typing import Final

from fieldkit.records.adjudications import Adjudication
from fieldkit.records.assignments import Assignment
from fieldkit.records.base import Record
from fieldkit.records.codings import ChartCell, CodeRevision, Coding
from fieldkit.records.documents import Document
from fieldkit.records.findings import Conclusion, Finding, Memo, StoredGuide, StudyMark
from fieldkit.records.interviews import Consent, Interview
from fieldkit.records.purges import Hold, Purge
from fieldkit.records.respondents import Contact, Respondent
from fieldkit.records.responses import Response

TABLES: Final[dict[str, type[Record]]] = {
    "respondents": Respondent,
    "contacts": Contact,
    "interviews": Interview,
    "consents": Consent,
    "responses": Response,
    "documents": Document,
    "assignments": Assignment,
    "codings": Coding,
    "adjudications": Adjudication,
    "chart": ChartCell,
    "codes": CodeRevision,
    "memos": Memo,
    "findings": Finding,
    "conclusions": Conclusion,
    "guides": StoredGuide,
    "study": StudyMark,
    "holds": Hold,
    "purges": Purge,
}
"""Table name to record model, in the order in which records refer to each other."""

MADE_BY_COMMANDS: Final[frozenset[str]] = frozenset({"holds", "purges"})
"""Tables whose records no file of plain records can bring in: what they say must have happened here."""

PRIVATE_TABLES: Final[frozenset[str]] = frozenset({"contacts"})
"""Tables that leave the laptop only when asked for by name."""
