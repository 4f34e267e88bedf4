"""Which codings count, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fieldkit.findings.heard import CONSENSUS, Heard, Passage
from fieldkit.records.codings import Coding

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence


def place_of(coding: Coding) -> str:
    """Id of the response or document that a coding stands in."""
    return coding.response or coding.document or ""


def passages_of(evidence: Evidence, response: str, codings: Sequence[Coding]) -> tuple[Passage, ...]:
    """The codings of a response that count; none of a document, or of a response that does not count.

    What was adjudicated stands for coders' own codings of that code in that response; consensus that came
    otherwise, such as with a file, for all their codings of the response.

    Args:
        evidence: the study's evidence.
        response: id of the response.
        codings: all its codings.
    """
    heard = evidence.heard.get(response)
    if heard is None:
        return ()
    settled = evidence.settled.get(response, frozenset())
    agreed = any(coding.layer == CONSENSUS and coding.id not in evidence.decided for coding in codings)
    joint = heard.response.respondent is None and len(heard.interview.respondents) > 1
    found: list[Passage] = []
    for coding in codings:
        if coding.layer != CONSENSUS and (agreed or coding.code in settled):
            continue
        persons = _speakers(evidence, coding, heard) if joint else heard.persons
        if persons is not None:
            leaves = evidence.leaves(coding.evaluation_questions)
            place = (response, coding.start, coding.end)
            found.append(Passage(coding, heard, persons, leaves, place))
    return tuple(found)


def _speakers(evidence: Evidence, coding: Coding, heard: Heard) -> tuple[str, ...] | None:
    """Ids of the persons who speak in a passage of a joint interview; None where none may count."""
    named: set[str | None] = set()
    start = 0
    for paragraph in heard.response.paragraphs:
        end = start + len(paragraph.text)
        if start < coding.end and coding.start < end:
            named.add(paragraph.respondent)
        start = end + 1
    counted = evidence.counted(named, heard.interview)
    silenced = bool(named) and all(
        person is not None and (heard.interview.id, person) in evidence.silent for person in named
    )
    return None if silenced else counted
