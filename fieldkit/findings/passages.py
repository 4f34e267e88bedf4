"""Which codings count, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fieldkit.findings.heard import CONSENSUS, Heard, Passage
from fieldkit.records.codings import Coding

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence


def passages_of(evidence: Evidence, codings: Sequence[Coding]) -> list[Passage]:
    """The codings that count of those of whole responses.

    What was adjudicated stands for coders' own codings of that code in that response; consensus that came
    otherwise, such as with a file, for all their codings of the response.

    Args:
        evidence: the study's evidence.
        codings: codings; of every response that one of them stands in, all there are.
    """
    settled = {(each.response, each.code) for each in evidence.adjudications}
    decided = {coding for each in evidence.adjudications for coding in each.codings}
    agreed = {coding.response for coding in codings if coding.layer == CONSENSUS and coding.id not in decided}
    ties: dict[tuple[str, ...], frozenset[str]] = {}
    found: list[Passage] = []
    for coding in codings:
        heard = evidence.heard.get(coding.response or "")
        place_taken = coding.response in agreed or (coding.response, coding.code) in settled
        if heard is None or (coding.layer != CONSENSUS and place_taken):
            continue
        tied = tuple(coding.evaluation_questions)
        if tied not in ties:
            ties[tied] = evidence.leaves(tied)
        persons: tuple[str, ...] | None = heard.persons
        if heard.response.respondent is None and len(heard.interview.respondents) > 1:
            persons = _speakers(evidence, coding, heard)
        if persons is not None:
            place = (heard.response.id, coding.start, coding.end)
            found.append(Passage(coding, heard, persons, ties[tied], place))
    return found


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
