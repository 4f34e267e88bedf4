"""Percent agreement, and the measures that compare it with what chance alone would bring: kappas and AC1."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from fieldkit.findings.agreement_ratings import (
    APART,
    PAIRED,
    RATED,
    UNDEFINED,
    Pattern,
    Ratio,
    Sums,
    Value,
    counted,
    share_apart,
)

Weights = Literal["none", "linear", "quadratic"]


@dataclass(frozen=True)
class PercentAgreement:
    """The share of pairs of raters who gave a unit the same value, averaged over units with two ratings."""

    id: ClassVar[str] = "percent"

    def terms(self, pattern: Pattern) -> dict[Hashable, float]:
        """What one unit adds to the sums."""
        counts = counted(pattern)
        return {PAIRED: 1.0, APART: share_apart(counts)} if counts.total() > 1 else {}

    def ratio(self, sums: Sums) -> Ratio:
        """The share, of 1."""
        units = sums.get(PAIRED, 0.0)
        return Ratio(1 - sums.get(APART, 0.0) / units, 1.0) if units else UNDEFINED


@dataclass(frozen=True)
class _ChanceCorrected(ABC):
    """(observed - expected) / (1 - expected), where all raters together say what is expected.

    With raters missing from some units it follows Gwet (2014, Handbook of Inter-Rater Reliability, 4th
    edition, chapter 2): agreement over units with two ratings or more, shares over all that are rated.

    Attributes:
        categories: all values there are to choose from.
    """

    categories: tuple[Value, ...]

    def terms(self, pattern: Pattern) -> dict[Hashable, float]:
        """What one unit adds to the sums."""
        counts = counted(pattern)
        ratings = counts.total()
        if not ratings:
            return {}
        # The first category's share is what the others leave: one sum less over most units.
        first = self.categories[0]
        terms: dict[Hashable, float] = {
            ("share", value): count / ratings for value, count in counts.items() if value != first
        }
        terms[RATED] = 1.0
        if ratings > 1:
            terms[PAIRED] = 1.0
            terms[APART] = share_apart(counts)
        return terms

    def ratio(self, sums: Sums) -> Ratio:
        """The measure, from sums over all units."""
        units, rated = sums.get(PAIRED, 0.0), sums.get(RATED, 0.0)
        if not units:
            return UNDEFINED
        shares = [sums.get(key, 0.0) / rated for key in self._keys]
        expected = self._expected([1 - sum(shares), *shares])
        return Ratio(1 - sums.get(APART, 0.0) / units - expected, 1 - expected)

    @cached_property
    def _keys(self) -> list[tuple[str, Value]]:
        return [("share", value) for value in self.categories[1:]]

    @abstractmethod
    def _expected(self, shares: Sequence[float]) -> float:
        """The agreement that chance would bring, from the share of each category."""


@dataclass(frozen=True)
class FleissKappa(_ChanceCorrected):
    """Kappa for any number of raters (Fleiss 1971, Psychological Bulletin 76); for two it is Scott's pi."""

    id: ClassVar[str] = "fleiss"

    def _expected(self, shares: Sequence[float]) -> float:
        return sum([share * share for share in shares])


@dataclass(frozen=True)
class GwetAC1(_ChanceCorrected):
    """First-order agreement coefficient (Gwet 2008, British J. of Math. and Stat. Psychology 61).

    Where nearly all units are of one value, kappas fall however well raters agree; this does not.
    """

    id: ClassVar[str] = "ac1"

    def _expected(self, shares: Sequence[float]) -> float:
        if len(shares) < 2:
            return 1.0
        return sum([share * (1 - share) for share in shares]) / (len(shares) - 1)


@dataclass(frozen=True)
class CohenKappa:
    """Kappa of two raters, each with habits of her own (Cohen 1960; weighted: 1968, Psych. Bulletin 70).

    Units that one of them did not rate are left out.

    Attributes:
        categories: all values there are to choose from; where they are weighted, in their order.
        weights: how far from each other two values count as apart: `none`, all alike; `linear`, by the
            steps between them; `quadratic`, by the square of these.
    """

    categories: tuple[Value, ...]
    weights: Weights = "none"
    id: ClassVar[str] = "cohen"

    def terms(self, pattern: Pattern) -> dict[Hashable, float]:
        """What one unit adds to the sums."""
        first, second = pattern
        if first is None or second is None:
            return {}
        # As with shares, what the first category has is what the others leave.
        terms: dict[Hashable, float] = {"both": 1.0}
        if first != self.categories[0]:
            terms["first", first] = 1.0
        if second != self.categories[0]:
            terms["second", second] = 1.0
        if first != second:
            places = self.categories.index(first), self.categories.index(second)
            terms["distance", self.weights] = self._distance(*places)
        return terms

    def ratio(self, sums: Sums) -> Ratio:
        """The measure, from sums over all units."""
        units = sums.get("both", 0.0)
        if not units:
            return UNDEFINED
        ones, others = (
            [sums.get(key, 0.0) / units for key in keys] for keys in (self._first_keys, self._second_keys)
        )
        ones[0], others[0] = 1 - sum(ones), 1 - sum(others)
        by_chance = sum([distance * ones[i] * others[j] for i, j, distance in self._distances])
        observed = sums.get(("distance", self.weights), 0.0) / units
        return Ratio(by_chance - observed, by_chance)

    def _distance(self, one: int, other: int) -> float:
        """How far the categories at two places are apart, from 0 to 1."""
        if self.weights == "none":
            return float(one != other)
        power = 1 if self.weights == "linear" else 2
        return (abs(one - other) / (len(self.categories) - 1)) ** power

    @cached_property
    def _distances(self) -> list[tuple[int, int, float]]:
        """Places of two categories that are apart, and how far."""
        places = range(len(self.categories))
        return [
            (one, other, self._distance(one, other)) for one in places for other in places if one != other
        ]

    @cached_property
    def _first_keys(self) -> list[tuple[str, Value]]:
        return [("first", value) for value in self.categories]

    @cached_property
    def _second_keys(self) -> list[tuple[str, Value]]:
        return [("second", value) for value in self.categories]
