"""Which units coders can be compared on, and what each of them made of these."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from fieldkit.findings.agreement_ratings import Cluster, Pattern
from fieldkit.findings.evidence import Evidence
from fieldkit.records.codings import Coding

Unit = Literal["response", "passage"]
UNITS: Final[tuple[Unit, ...]] = ("response", "passage")

Spans = list[tuple[int, int]]
"""Starts and ends of passages in one text."""


@dataclass(frozen=True)
class Work:
    """The coders' own work on the responses that count: what there was before anything was adjudicated.

    Attributes:
        unit: what is compared: whole responses, or passages by their characters.
        sizes: id of a response to how many units it has.
        rated: coder to the responses that she has coded, those included in which she found nothing.
        given: response to code to coder to where she gave it.
        left_out: key of a note to how many codings it is about.
    """

    unit: Unit
    sizes: Mapping[str, int]
    rated: Mapping[str, frozenset[str]]
    given: Mapping[str, Mapping[str, Mapping[str, Spans]]]
    left_out: Mapping[str, int]


@dataclass(frozen=True)
class Compared:
    """What some coders made of the responses that at least two of them have coded.

    Attributes:
        coders: the coders, in the order of the patterns.
        responses: ids of the responses, sorted.
        units: how many responses or characters these are.
        decisions: code to the responses' units, by who gave it; only codes that one of them gave.
    """

    coders: tuple[str, ...]
    responses: tuple[str, ...]
    units: int
    decisions: Mapping[str, Sequence[Cluster]]


def work(evidence: Evidence, unit: Unit) -> Work:
    """The coders' own work, from the codings of a study.

    A coder is taken to have read all of an interview in which she gave any code, and all of a share that
    she handed in: where she gave none, she decided against it. Consensus is left out, and so are codings
    of nobody, of documents and, where passages are compared, of values, which have no words.
    """
    sizes = {
        heard.response.id: len(heard.response.text) if unit == "passage" else 1
        for heard in evidence.heard.values()
        if heard.response.text.strip() or (unit == "response" and heard.response.value is not None)
    }
    left_out = {"note before": 0, "note documents": 0, "note no coder": 0, "note values": 0}
    given: dict[str, dict[str, dict[str, Spans]]] = {}
    seen: dict[str, set[str]] = {}
    for coding in evidence.codings:
        reason = _why_left_out(coding)
        if reason:
            left_out[reason] += 1
            continue
        response, coder = coding.response or "", coding.coder or ""
        if response not in evidence.heard:
            continue
        seen.setdefault(coder, set()).add(evidence.heard[response].interview.id)
        if response not in sizes or (unit == "passage" and coding.start == coding.end):
            left_out["note values"] += 1
            continue
        spans = given.setdefault(response, {}).setdefault(coding.code, {}).setdefault(coder, [])
        spans.append((coding.start, coding.end))
    held = {heard.interview.id for heard in evidence.heard.values()}
    for assignment in evidence.assignments:
        if assignment.handed_in_at is not None and held.intersection(assignment.interviews):
            seen.setdefault(assignment.coder, set()).update(assignment.interviews)
    rated = {
        coder: frozenset(each for each in sizes if evidence.heard[each].interview.id in interviews)
        for coder, interviews in sorted(seen.items())
    }
    return Work(unit, sizes, rated, given, left_out)


def compare(done: Work, coders: Sequence[str], among: Collection[str] | None = None) -> Compared:
    """Put the work of some coders side by side.

    Args:
        done: the work of all.
        coders: those to compare, two or more.
        among: keep to these responses; None takes all.

    Returns:
        What they made of each response that two of them have coded.
    """
    responses = tuple(
        sorted(
            response
            for response in done.sizes
            if (among is None or response in among)
            and sum(response in done.rated[coder] for coder in coders) > 1
        )
    )
    silent: list[Cluster] = [
        {tuple(False if each in done.rated[coder] else None for coder in coders): float(done.sizes[each])}
        for each in responses
    ]
    found: dict[str, list[Cluster]] = {}
    for place, response in enumerate(responses):
        for code, by_coder in done.given.get(response, {}).items():
            if not by_coder.keys().isdisjoint(coders):
                if code not in found:
                    found[code] = list(silent)
                found[code][place] = _cluster(done, response, coders, by_coder)
    units = sum(done.sizes[each] for each in responses)
    return Compared(tuple(coders), responses, units, dict(sorted(found.items())))


def _why_left_out(coding: Coding) -> str | None:
    if coding.layer is not None:
        return "note before"
    if coding.document is not None:
        return "note documents"
    return None if coding.coder else "note no coder"


def _cluster(done: Work, response: str, coders: Sequence[str], by_coder: Mapping[str, Spans]) -> Cluster:
    """The units of one response by who gave a code to them."""
    rates = [response in done.rated[coder] for coder in coders]
    if done.unit == "response":
        who = zip(coders, rates, strict=True)
        return {tuple(coder in by_coder if rated else None for coder, rated in who): 1.0}
    length = done.sizes[response]
    spans = [[(start, min(end, length)) for start, end in by_coder.get(coder, [])] for coder in coders]
    edges = sorted({0, length, *(edge for each in spans for span in each for edge in span)})
    cluster: dict[Pattern, float] = {}
    for start, end in pairwise(edges):
        pattern = tuple(
            any(first <= start and end <= last for first, last in each) if rated else None
            for each, rated in zip(spans, rates, strict=True)
        )
        cluster[pattern] = cluster.get(pattern, 0.0) + end - start
    return cluster
