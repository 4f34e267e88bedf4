"""Agreement of 5 coders on 50,000 units, every measure with its interval, against the krippendorff package.

The package computes one alpha without an interval; it is what a coder's own script would call. What is
promised is two seconds for all measures with their intervals; the ratio says what that costs beside it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import krippendorff
import numpy as np

from fieldkit.findings.agreement_alpha import KrippendorffAlpha, Level
from fieldkit.findings.agreement_interval import Resampling, estimate
from fieldkit.findings.agreement_kappa import FleissKappa, GwetAC1, PercentAgreement
from fieldkit.findings.agreement_ratings import from_columns
from fieldkit.findings.agreement_units import Work, compare

CODERS = 5
UNITS = 50_000
SECONDS = 2.0
MISSING = 0.05
SAME = 0.8

SCALES: dict[str, tuple[tuple[int, ...], Level]] = {
    "a code given or not": ((0, 1), "nominal"),
    "one of 7 codes": ((0, 1, 2, 3, 4, 5, 6), "nominal"),
    "a scale of 5 points, by rank": ((1, 2, 3, 4, 5), "ordinal"),
    "a scale of 5 points, by distance": ((1, 2, 3, 4, 5), "interval"),
    "amounts from 0 to 10": (tuple(range(11)), "ratio"),
}


def run(arguments: list[str]) -> bool:
    """Print the seconds and ratios; True when every scale keeps to the promise."""
    units = UNITS // 10 if "--quick" in arguments else UNITS
    limit = SECONDS
    kept = True
    print(f"{CODERS} coders x {units:,} units{'':16}{'all, s':>8}{'one alpha, s':>14}{'ratio':>8}")
    for name, (categories, level) in SCALES.items():
        columns = ratings(categories, units)
        ours, alpha = timed(lambda c=columns, k=categories, v=level: all_measures(c, k, v))
        theirs, their_alpha = timed(lambda c=columns, k=categories, v=level: package(c, k, v))
        held = ours <= limit and abs(alpha - their_alpha) < 1e-9
        kept = kept and held
        print(
            f"  {name:36}{ours:8.2f}{theirs:14.3f}{ours / theirs:8.1f}  "
            f"<= {limit:g} s  {'PASS' if held else 'FAIL'}"
        )
    done = coded(units)
    seconds, _ = timed(lambda: side_by_side(done))
    kept = kept and seconds <= limit
    verdict = "PASS" if seconds <= limit else "FAIL"
    print(f"  {'coded responses, put side by side':36}{seconds:8.2f}{'':22}  <= {limit:g} s  {verdict}")
    return kept


def coded(responses: int) -> Work:
    """Make the work of all coders on one code."""
    source = random.Random(9)
    sizes = {f"interview{number // 15:05}:item_{number % 15}": 1 for number in range(responses)}
    coders = [f"C{number}" for number in range(CODERS)]
    given = {
        response: {"council": {coder: [(0, 20)] for coder in coders if source.random() < SAME}}
        for response in sizes
        if source.random() < 0.5
    }
    return Work("response", sizes, {coder: frozenset(sizes) for coder in coders}, given, {})


def side_by_side(done: Work) -> float:
    """Compare all coders on the code, with every measure and its interval; return the units compared."""
    compared = compare(done, list(done.rated))
    given = (False, True)
    measures = [PercentAgreement(), FleissKappa(given), KrippendorffAlpha(given), GwetAC1(given)]
    estimate(measures, list(compared.decisions.values()), Resampling(len(compared.responses)))
    return float(compared.units)


def ratings(categories: tuple[int, ...], units: int) -> list[list[int | None]]:
    """Make one column for each coder: mostly the same, sometimes a guess, sometimes missing."""
    source = random.Random(7)
    truth = [source.choice(categories) for _ in range(units)]
    return [
        [
            None
            if source.random() < MISSING
            else (value if source.random() < SAME else source.choice(categories))
            for value in truth
        ]
        for _ in range(CODERS)
    ]


def all_measures(columns: list[list[int | None]], categories: tuple[int, ...], level: Level) -> float:
    """Compute every measure for more than two coders, with its interval; return alpha."""
    clusters = from_columns(columns)
    alpha = KrippendorffAlpha(categories, level)
    measures = [PercentAgreement(), FleissKappa(categories), alpha, GwetAC1(categories)]
    found = estimate(measures, [clusters], Resampling(len(clusters)))[alpha.id]
    assert found.value is not None
    return found.value


def package(columns: list[list[int | None]], categories: tuple[int, ...], level: Level) -> float:
    """Compute alpha alone, without an interval, with the package."""
    data = np.array([[np.nan if value is None else value for value in column] for column in columns])
    domain = [float(value) for value in categories]
    return float(krippendorff.alpha(data, level_of_measurement=level, value_domain=domain))


def timed(work: Callable[[], float]) -> tuple[float, float]:
    """Return the seconds that something takes, the better of two turns, and what it returns."""
    seconds = []
    result = 0.0
    for _ in range(2):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result
