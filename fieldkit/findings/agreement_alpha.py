"""Krippendorff's alpha, for values that are names, ranks, distances or amounts, with ratings missing."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import ClassVar, Literal

from fieldkit.findings.agreement_ratings import UNDEFINED, Pattern, Ratio, Sums, Value, counted

Level = Literal["nominal", "ordinal", "interval", "ratio"]

VALUES = "values of units with two ratings"


@dataclass(frozen=True)
class KrippendorffAlpha:
    """One less observed over expected disagreement (Krippendorff 2011, Computing Krippendorff's Alpha).

    Only values that can be paired within their unit count. It takes any number of raters. Computed from
    counts: time grows with the number of values, and for ranks and amounts with that of pairs of values.

    Attributes:
        categories: all values that occur; for ranks in their order; for distances and amounts numbers.
        level: what the values are: `nominal` names, `ordinal` ranks, `interval` distances, `ratio`
            amounts from a true zero up.
    """

    categories: tuple[Value, ...]
    level: Level = "nominal"
    id: ClassVar[str] = "alpha"

    def __post_init__(self) -> None:
        if self.level in ("interval", "ratio"):
            numbers = [value for value in self.categories if isinstance(value, int | float)]
            if len(numbers) < len(self.categories):
                raise ValueError(f"values of a scale of {self.level} must be numbers")
            if self.level == "ratio" and min(numbers) < 0:
                raise ValueError(f"an amount of {min(numbers)} lies below the zero of its scale")

    def terms(self, pattern: Pattern) -> dict[Hashable, float]:
        """What one unit adds to the sums."""
        counts = counted(pattern)
        ratings = counts.total()
        if ratings < 2:
            return {}
        terms: dict[Hashable, float] = {VALUES: ratings}
        if self.level == "interval":
            for value, count in counts.items():
                place = self._places[value]
                terms["sum"] = terms.get("sum", 0.0) + count * place
                terms["squares"] = terms.get("squares", 0.0) + count * place * place
        else:
            # The first category has what the others leave: one sum less over most units.
            terms |= {("value", each): n for each, n in counts.items() if each != self.categories[0]}
        for one, other in combinations(sorted(counts, key=self._order.__getitem__), 2):
            pairs = 2 * counts[one] * counts[other] / (ratings - 1)
            key, apart = (
                (("pair", one, other), 1.0)
                if self.level == "ordinal"
                else (("apart", self.level), self._distance(one, other))
            )
            terms[key] = terms.get(key, 0.0) + pairs * apart
        return terms

    def ratio(self, sums: Sums) -> Ratio:
        """The measure, from sums over all units."""
        values = sums.get(VALUES, 0.0)
        if values <= 1:
            return UNDEFINED
        if self.level == "interval":
            apart = sums.get(("apart", self.level), 0.0)
            by_chance = 2 * (values * sums.get("squares", 0.0) - sums.get("sum", 0.0) ** 2)
        else:
            counts = [sums.get(key, 0.0) for key in self._keys]
            counts.insert(0, values - sum(counts))
            apart, by_chance = self._from_counts(sums, counts, values)
        expected = by_chance / (values * (values - 1))
        return Ratio(expected - apart / values, expected)

    def _from_counts(self, sums: Sums, counts: Sequence[float], values: float) -> tuple[float, float]:
        """Disagreement summed over pairs within units, and over all pairs of values."""
        if self.level == "ordinal":
            ranks = self._ranks(counts, values)
            apart = sum(
                weight * (ranks[key[1]] - ranks[key[2]]) ** 2
                for key, weight in sums.items()
                if isinstance(key, tuple) and key[0] == "pair"
            )
            mean = sum(n * rank for n, rank in zip(counts, ranks.values(), strict=True)) / values
            spread = sum(n * (rank - mean) ** 2 for n, rank in zip(counts, ranks.values(), strict=True))
            return apart, 2 * values * spread
        apart = sums.get(("apart", self.level), 0.0)
        if self.level == "nominal":
            return apart, values * values - sum([n * n for n in counts])
        pairs = combinations(zip(self.categories, counts, strict=True), 2)
        return apart, 2 * sum(n * m * self._distance(one, other) for (one, n), (other, m) in pairs if n and m)

    def _ranks(self, counts: Sequence[float], values: float) -> dict[Value, float]:
        """Category to its middle rank, as a share of all values.

        Krippendorff's ordinal metric, the values between two ranks and half of those at both, is the
        distance between these.
        """
        below, ranks = 0.0, {}
        for value, count in zip(self.categories, counts, strict=True):
            ranks[value] = (below + count / 2) / values
            below += count
        return ranks

    @cached_property
    def _keys(self) -> list[tuple[str, Value]]:
        return [("value", value) for value in self.categories[1:]]

    def _distance(self, one: Value, other: Value) -> float:
        """How far two different values are apart, squared, from 0 to 1."""
        if self.level == "nominal":
            return 1.0
        here, there = self._places[one], self._places[other]
        if self.level == "interval":
            return (here - there) ** 2
        return ((here - there) / (here + there)) ** 2

    @cached_property
    def _order(self) -> dict[Value, int]:
        return {value: place for place, value in enumerate(self.categories)}

    @cached_property
    def _places(self) -> dict[Value, float]:
        """Category to its number; of distances, counted from the least and in shares of the widest."""
        numbers: dict[Value, float] = {
            each: float(each) for each in self.categories if isinstance(each, int | float)
        }
        if self.level == "ratio":
            return numbers
        least = min(numbers.values())
        widest = max(numbers.values()) - least or 1.0
        return {value: (number - least) / widest for value, number in numbers.items()}
