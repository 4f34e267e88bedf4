"""How sure a measure of agreement is: its interval, by drawing units anew."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from operator import add, itemgetter, mul

from fieldkit.findings.agreement_ratings import Cluster, Measure, Pattern, Ratio

SEED = 20_000_305
"""What drawing begins with, so that the same codings give the same interval on every machine."""

DRAWS = 1_000
MOST_BLOCKS = 250
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A measure with its interval.

    Attributes:
        value: the measure; None where it is undefined.
        low: lower end of the interval; None where there is none, as with a single cluster.
        high: its upper end.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


class Resampling:
    """Weights of clusters for each draw; the first line is all ones, the data as they are.

    It is the bootstrap with exponential weights (Rubin 1981, Annals of Statistics 9): every cluster keeps
    some weight, so a measure that is defined stays so however few units there are. More than 250
    clusters are first put together at random into as many blocks (random groups: Wolter 2007,
    Introduction to Variance Estimation, 2nd edition, chapter 2), which costs the interval little.
    """

    def __init__(self, clusters: int, *, draws: int = DRAWS, seed: int = SEED) -> None:
        """Draw the weights.

        Args:
            clusters: how many clusters of units there are.
            draws: how often units are drawn anew.
            seed: what drawing begins with.
        """
        source = random.Random(seed)  # noqa: S311 - statistics, no secret
        self.blocks = min(clusters, MOST_BLOCKS)
        self.block_of = [place * self.blocks // clusters for place in range(clusters)]
        if clusters > self.blocks:
            source.shuffle(self.block_of)
        self._weights = [[1.0] * self.blocks]
        for _ in range(draws if clusters > 1 else 0):
            drawn = [source.expovariate(1.0) for _ in range(self.blocks)]
            scale = self.blocks / sum(drawn)
            self._weights.append([weight * scale for weight in drawn])
        self._known: dict[tuple[tuple[int, ...], tuple[float, ...]], list[float]] = {}

    def sums(self, column: dict[int, float]) -> list[float]:
        """One sum over clusters in every draw.

        Args:
            column: block to what it adds; one at least.

        Returns:
            The sums, that of the data as they are first.
        """
        places, values = tuple(column), tuple(column.values())
        # Much of what is summed differs by a factor only, such as units and the ratings of units.
        factor = values[0]
        known = (places, tuple(value / factor for value in values))
        if known not in self._known:
            take = _taker(places)
            self._known[known] = [sum(map(mul, take(line), known[1])) for line in self._weights]
        return [factor * total for total in self._known[known]]


def _taker(places: tuple[int, ...]) -> Callable[[list[float]], tuple[float, ...]]:
    if len(places) == 1:
        (only,) = places
        return lambda line: (line[only],)
    return itemgetter(*places)


def estimate(
    measures: Sequence[Measure], decisions: Sequence[Sequence[Cluster]], resampling: Resampling
) -> dict[str, Estimate]:
    """Measures of agreement, each with its 95% interval.

    Args:
        measures: the measures; those that have categories have the same ones.
        decisions: for each thing that was decided on every unit, such as a code given or not, the
            clusters of units; the same clusters, in the same order, for each. Several are pooled: what
            was reached and what could have been are each averaged (de Vries, Elliott, Kanouse and Teleki
            2008, Field Methods 20), so that chance is what it is for each alone.
        resampling: the weights of as many clusters.

    Returns:
        Id of the measure to its estimate. The ends of the interval are those of the middle 95% of draws.
    """
    pooled: dict[str, tuple[list[float], list[float]]] = {}
    for decision in decisions:
        lines = _sums(measures, _blocks(decision, resampling), resampling)
        for measure in measures:
            ratios = [measure.ratio(sums) for sums in lines]
            over, under = [each.over for each in ratios], [each.under for each in ratios]
            if measure.id in pooled:
                before = pooled[measure.id]
                over, under = list(map(add, before[0], over)), list(map(add, before[1], under))
            pooled[measure.id] = (over, under)
    return {measure.id: _estimate(*pooled.get(measure.id, ([0.0], [0.0]))) for measure in measures}


def _blocks(clusters: Sequence[Cluster], resampling: Resampling) -> dict[Pattern, dict[int, float]]:
    """Pattern to block to how many of its units have it."""
    found: dict[Pattern, dict[int, float]] = {}
    for block, cluster in zip(resampling.block_of, clusters, strict=True):
        for pattern, weight in cluster.items():
            column = found.setdefault(pattern, {})
            column[block] = column.get(block, 0.0) + weight
    return found


def _sums(
    measures: Sequence[Measure], blocks: dict[Pattern, dict[int, float]], resampling: Resampling
) -> list[dict[Hashable, float]]:
    """All that the measures sum, in every draw."""
    columns: dict[Hashable, dict[int, float]] = {}
    for pattern, weights in blocks.items():
        terms = {key: term for measure in measures for key, term in measure.terms(pattern).items() if term}
        for key, term in terms.items():
            column = columns.setdefault(key, {})
            for block, weight in weights.items():
                column[block] = column.get(block, 0.0) + term * weight
    if not columns:
        return [{}]
    keys = tuple(columns)
    totals = [resampling.sums(column) for column in columns.values()]
    return [dict(zip(keys, line, strict=True)) for line in zip(*totals, strict=True)]


def _estimate(over: list[float], under: list[float]) -> Estimate:
    """The figure of the data as they are, and the middle of those of the draws."""
    first, *drawn = (Ratio(*pair).value for pair in zip(over, under, strict=True))
    figures = sorted(figure for figure in drawn if figure is not None)
    if first is None or not figures:
        return Estimate(first)
    cut = round((1 - CONFIDENCE) / 2 * len(figures))
    return Estimate(first, figures[cut], figures[-1 - cut])
