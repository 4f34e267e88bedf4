"""The method note of a report: how its numbers came about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from fieldkit.exchange.report_words import say

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.protocol.framework import QuantityScale


def method_note(
    evidence: Evidence, left_out: int, language: str, *, leaving: bool = False
) -> tuple[str, ...]:
    """Tell how the numbers of a study came about.

    Args:
        evidence: what they are made from.
        left_out: how many responses are left out of everything.
        language: language of the note.
        leaving: whether it is for a report that leaves the house, whose numbers all pass a gate: it has none.

    Returns:
        One paragraph each.
    """
    lines = [] if leaving else [_persons(evidence, language)]
    source = evidence.framework.study.source
    if source:
        lines.append(source.strip())
    lines += [say(language, key) for key in ("method tables", "method codes")]
    lines.append(say(language, "method consent"))
    lines += [_scale(scale, language) for scale in evidence.framework.quantity_scales]
    if not leaving:
        lines += [say(language, "method left out", left_out=left_out), *evidence.notes(language)]
    return tuple(lines)


def _persons(evidence: Evidence, language: str) -> str:
    days = sorted(each.started_at[:10] for each in evidence.held.values() if each.started_at)
    identified = len(evidence.people)
    if not days:
        return say(language, "method nobody", identified=identified)
    return say(
        language,
        "method persons",
        identified=identified,
        interviewed=len(evidence.interviewed),
        interviews=len(evidence.held),
        first=days[0],
        last=days[-1],
    )


def _scale(scale: QuantityScale, language: str) -> str:
    return say(
        language,
        "method scale",
        name=scale.name.get(language),
        words="; ".join(_words(scale, language)),
        minimum=scale.minimum_n,
        source=scale.source.strip(),
        verified=say(language, "scale verified" if scale.verified else "scale unverified"),
    )


def _words(scale: QuantityScale, language: str) -> Iterator[str]:
    for word in scale.words:
        name, low, high = word.word.get(language), word.at_least, word.under
        if low == 1:
            yield say(language, "scale all", word=name)
        elif high is None:
            yield say(language, "scale from", word=name, low=_percent(low, language))
        elif low == 0:
            yield say(language, "scale under", word=name, high=_percent(high, language))
        else:
            limits = {"low": _percent(low, language), "high": _percent(high, language)}
            yield say(language, "scale between", word=name, **limits)


def _percent(share: Fraction, language: str) -> str:
    percent = share * 100
    number = str(percent.numerator) if percent.denominator == 1 else f"{float(percent):.1f}"
    return f"{number.replace('.', ',')}\u00a0%" if language.startswith("fr") else f"{number}%"
