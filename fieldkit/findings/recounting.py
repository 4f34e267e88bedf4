"""Evidence after some codings or chart cells were changed: only what they touch is worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeVar

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.heard import Passage
from fieldkit.findings.passages import passages_of, place_of
from fieldkit.findings.spoken import coded_since
from fieldkit.records.codings import ChartCell, Coding

Kept = TypeVar("Kept", Coding, ChartCell)

_UNTOUCHED: Final = (
    "people",
    "refused",
    "unconsented",
    "silent",
    "held",
    "interviewed",
    "heard",
    "settled",
    "decided",
    "left_out",
    "codable",
    "asked_on",
    "_leaves",
)
"""What is worked out from neither codings nor the chart."""


def recounted(
    evidence: Evidence,
    codings: Mapping[str, Coding | None],
    chart: Mapping[str, ChartCell | None],
    *,
    waiting: frozenset[str],
    conflicts: frozenset[tuple[str, str]] = frozenset(),
    as_of: str | None = None,
) -> Evidence:
    """The evidence with some codings and chart cells added, replaced or taken out.

    Args:
        evidence: the evidence before; it stays as it was.
        codings: coding id to the coding as it stands now; None where it is gone.
        chart: chart cell id likewise.
        waiting: ids of all codings that a person has yet to decide on.
        conflicts: all records that are in conflict.
        as_of: when the last of it was written.

    Returns:
        What the same records gathered from nothing would give.
    """
    by_id = _changed(evidence.codings_by_id, codings)
    cells = _changed({cell.id: cell for cell in evidence.chart}, chart) if chart else None
    later = replace(
        evidence,
        codings=tuple(by_id.values()),
        chart=evidence.chart if cells is None else tuple(cells.values()),
        waiting=waiting,
        conflicts=conflicts,
        as_of=as_of,
    )
    known = vars(evidence)
    untouched = _UNTOUCHED if chart else (*_UNTOUCHED, "cells", "charted_on")
    vars(later).update((name, known[name]) for name in untouched if name in known)
    vars(later)["codings_by_id"] = by_id
    if "passages_in" in known:
        _hand_on(evidence, later, codings)
    return later


def _changed(before: Mapping[str, Kept], changes: Mapping[str, Kept | None]) -> dict[str, Kept]:
    after = dict(before)
    for name, record in changes.items():
        if record is None:
            after.pop(name, None)
        else:
            after[name] = record
    return after


def _hand_on(before: Evidence, later: Evidence, changes: Mapping[str, Coding | None]) -> None:
    """Give the later evidence the passages, those of the responses that a change touches made anew.

    One coding decides on others of its response, where coders have agreed. The counts go over to the later
    evidence; what was counted before is kept by the earlier one.
    """
    standing = [coding for coding in changes.values() if coding is not None]
    fell = [coding for name in changes if (coding := before.codings_by_id.get(name)) is not None]
    codings, passages = dict(before.codings_in), dict(before.passages_in)
    counts = vars(before).pop("passage_counts", None)
    fallen: list[Passage] = []
    added: list[Passage] = []
    for place in {place_of(coding) for coding in (*standing, *fell)}:
        stay = [coding for coding in codings.pop(place, ()) if coding.id not in changes]
        here = (*stay, *(coding for coding in standing if place_of(coding) == place))
        gone, come = passages.pop(place, ()), passages_of(later, place, here)
        if here:
            codings[place], passages[place] = here, come
        fallen += gone
        added += come
    vars(later).update(codings_in=codings, passages_in=passages)
    if "coded_on" in vars(before):
        vars(later)["coded_on"] = coded_since(before, fallen, added)
    if counts is not None:
        for passage in fallen:
            counts.remove(passage)
        for passage in added:
            counts.add(passage)
        vars(later)["passage_counts"] = counts
