"""Where coders differ: who gave a code to which words of a response, and who did not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from fieldkit.findings.agreement_units import Unit, Work, work
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.heard import Heard
from fieldkit.records.adjudications import Adjudication, adjudication_id
from fieldkit.records.codings import Coding

Kind = Literal["given", "words"]
"""What coders differ in: whether the code is given at all, or to which words."""


@dataclass(frozen=True)
class Disagreement:
    """One code in one response that coders of its interview do not agree on.

    Attributes:
        heard: the response, with its interview and persons.
        code: id of the code.
        kind: what they differ in.
        given: initials of everyone who coded the interview to her codings of this code, none where she
            did not give it; sorted.
        settled: what was decided, or None.
    """

    heard: Heard
    code: str
    kind: Kind
    given: dict[str, tuple[Coding, ...]]
    settled: Adjudication | None = None

    @property
    def id(self) -> str:
        """What names it: response and code."""
        return adjudication_id(self.heard.response.id, self.code)


def disagreements(
    evidence: Evidence, *, unit: Unit = "response", coders: Collection[str] | None = None
) -> list[Disagreement]:
    """Where coders differ, on their own codings before anything was adjudicated.

    Args:
        evidence: the study's evidence.
        unit: `response` lists codes that one gave to a response and another did not; `passage` also those
            that all gave, but not to the same words.
        coders: initials of those to compare; None takes all.

    Returns:
        Them, by response and in the codebook's order; what was decided already included.
    """
    done = work(evidence, unit)
    known = [code.id for code in evidence.codebook.codes]
    place = {code: at for at, code in enumerate(known)}
    decided = {each.id: each for each in evidence.adjudications}
    own: dict[tuple[str, str, str], list[Coding]] = {}
    for coding in evidence.codings:
        if coding.layer is None and coding.response and coding.coder:
            own.setdefault((coding.response, coding.code, coding.coder), []).append(coding)
    found = []
    for response in sorted(done.given):
        raters = [
            coder
            for coder in done.rated
            if response in done.rated[coder] and (coders is None or coder in coders)
        ]
        if len(raters) < 2:
            continue
        for code in sorted(done.given[response], key=lambda code: (place.get(code, len(place)), code)):
            if kind := _differ(done, response, code, raters):
                given = {coder: tuple(_in_order(own.get((response, code, coder), []))) for coder in raters}
                settled = decided.get(adjudication_id(response, code))
                found.append(Disagreement(evidence.heard[response], code, kind, given, settled))
    return found


def _differ(done: Work, response: str, code: str, raters: Collection[str]) -> Kind | None:
    spans = [tuple(sorted(set(done.given[response][code].get(coder, ())))) for coder in raters]
    gave = [bool(each) for each in spans]
    if not any(gave):
        return None
    if not all(gave):
        return "given"
    return "words" if done.unit == "passage" and len(set(spans)) > 1 else None


def _in_order(codings: list[Coding]) -> Iterator[Coding]:
    yield from sorted(codings, key=lambda coding: (coding.start, coding.end, coding.id))
