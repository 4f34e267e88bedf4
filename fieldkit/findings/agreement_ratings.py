"""What raters made of units, and the sums that every measure of their agreement is computed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

Value: TypeAlias = Hashable
"""What one rater made of one unit."""

Pattern: TypeAlias = tuple[Value | None, ...]
"""What each rater made of one unit, always in the same order of raters; None where she did not rate it."""

Cluster: TypeAlias = Mapping[Pattern, float]
"""Units that stand or fall together when units are drawn anew: pattern to how many units have it.

A response as a whole is one unit of its own; the characters of one response are many units in one cluster.
"""

Sums: TypeAlias = Mapping[Hashable, float]
"""Sums over units, by what is summed; what is not there is 0."""

NIL = 1e-12
"""Proportions of no more than this are nothing: what is left of nothing by the rounding of floats."""

PAIRED = "units with two ratings"
RATED = "units with a rating"
APART = "share of pairs of raters who differ"


class Ratio(NamedTuple):
    """A measure as a fraction, so that it can be pooled and so that it can be undefined.

    Attributes:
        over: what was reached.
        under: what could have been; nothing where the measure is undefined.
    """

    over: float
    under: float

    @property
    def value(self) -> float | None:
        """The measure, or None where it is undefined."""
        return self.over / self.under if self.under > NIL else None


UNDEFINED = Ratio(0.0, 0.0)


class Measure(Protocol):
    """A measure of agreement: what it sums over units, and what it makes of the sums.

    What a unit adds depends on its pattern alone. That makes drawing units anew cheap: the sums are
    weighted, the units are not looked at again.
    """

    @property
    def id(self) -> str:
        """What figures name it by."""
        ...

    def terms(self, pattern: Pattern) -> dict[Hashable, float]:
        """What one unit adds to the sums."""
        ...

    def ratio(self, sums: Sums) -> Ratio:
        """The measure, from sums over all units."""
        ...


def counted(pattern: Pattern) -> Counter[Value]:
    """How many raters gave each value to a unit."""
    return Counter(value for value in pattern if value is not None)


def share_apart(counts: Counter[Value]) -> float:
    """The share of pairs of raters of one unit who gave it different values; there must be two."""
    ratings = counts.total()
    together = sum(count * (count - 1) for count in counts.values())
    return 1 - together / (ratings * (ratings - 1))


def from_columns(columns: Sequence[Sequence[Value | None]]) -> list[Cluster]:
    """Ratings as a table of literature has them, one column for each rater, every unit a cluster."""
    return [{pattern: 1.0} for pattern in zip(*columns, strict=True)]


def summed(measure: Measure, clusters: Iterable[Cluster]) -> dict[Hashable, float]:
    """The sums of a measure over all units."""
    patterns: dict[Pattern, float] = {}
    for cluster in clusters:
        for pattern, weight in cluster.items():
            patterns[pattern] = patterns.get(pattern, 0.0) + weight
    sums: dict[Hashable, float] = {}
    for pattern, weight in patterns.items():
        for key, term in measure.terms(pattern).items():
            sums[key] = sums.get(key, 0.0) + term * weight
    return sums


def measured(measure: Measure, clusters: Iterable[Cluster]) -> float | None:
    """One measure over all units.

    Args:
        measure: the measure.
        clusters: the units with what raters made of them.

    Returns:
        The figure, or None where the measure is undefined: no unit has two ratings, or all ratings
        are of one value, so that there is nothing to tell agreement from chance by.
    """
    return measure.ratio(summed(measure, clusters)).value
