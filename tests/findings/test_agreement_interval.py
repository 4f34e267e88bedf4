"""Intervals of agreement, against standard errors known from formulas."""

from __future__ import annotations

import random

import pytest

from fieldkit.findings.agreement_alpha import KrippendorffAlpha
from fieldkit.findings.agreement_interval import Estimate, Resampling, estimate
from fieldkit.findings.agreement_kappa import CohenKappa, PercentAgreement
from fieldkit.findings.agreement_ratings import Cluster
from tests.findings.test_agreement_measures import FUN

GIVEN = (False, True)


def couples() -> list[Cluster]:
    return [{(i, j): 1.0} for i, line in enumerate(FUN) for j, n in enumerate(line) for _ in range(n)]


def drawn(units: int, same: float) -> list[Cluster]:
    source = random.Random(8)
    return [{(True, source.random() < same): 1.0} for _ in range(units)]


def only(measure: PercentAgreement | CohenKappa, clusters: list[Cluster], **drawing: int) -> Estimate:
    return estimate([measure], [clusters], Resampling(len(clusters), **drawing))[measure.id]


def test_the_interval_is_as_wide_as_the_published_standard_error_says() -> None:
    # vcd prints .1293 with a standard error of .0686, and .2374 with .0783, for these 91 couples.
    for weights, value, error in (("none", 0.1293, 0.0686), ("linear", 0.2374, 0.0783)):
        found = only(CohenKappa((0, 1, 2, 3), weights), couples())
        assert found.value == pytest.approx(value, abs=0.0001)
        assert found.low is not None
        assert found.high is not None
        assert (found.high - found.low) / (2 * 1.96) == pytest.approx(error, rel=0.1)
        assert found.low < value < found.high


@pytest.mark.parametrize("units", [200, 5_000])
def test_many_units_in_blocks_give_the_interval_of_a_proportion(units: int) -> None:
    found = only(PercentAgreement(), drawn(units, 0.8))
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    error = (found.value * (1 - found.value) / units) ** 0.5
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(error, rel=0.12)


def test_units_of_one_response_stand_together() -> None:
    # 40 responses of 25 characters each, of which coders agree on all or none: 40 units, not 1,000.
    whole: list[Cluster] = [{(True, place % 4 > 0): 25.0} for place in range(40)]
    letters: list[Cluster] = [each for each in whole for _ in range(25)]
    apart, together = only(PercentAgreement(), letters), only(PercentAgreement(), whole)
    assert apart.value == together.value == 0.75
    assert together.high - together.low > 3 * (apart.high - apart.low)  # type: ignore[operator]


def test_the_same_codings_give_the_same_interval_and_another_seed_another() -> None:
    first, again = only(CohenKappa((0, 1, 2, 3)), couples()), only(CohenKappa((0, 1, 2, 3)), couples())
    assert first == again
    assert only(CohenKappa((0, 1, 2, 3)), couples(), seed=1) != first


def test_one_response_has_a_figure_and_no_interval() -> None:
    passage: list[Cluster] = [
        {(True, True): 20.0, (True, False): 10.0, (False, True): 10.0, (False, False): 60.0}
    ]
    found = only(CohenKappa(GIVEN), passage)
    assert found.value == pytest.approx(0.5238, abs=0.0001)
    assert (found.low, found.high) == (None, None)


def test_several_codes_are_pooled_with_the_chance_of_each() -> None:
    # Two codes, 100 units each: observed .9 and .7, expected .5 and .58 (de Vries et al. 2008).
    often: list[Cluster] = [{(True, True): 45, (False, False): 45, (True, False): 5, (False, True): 5}]
    seldom: list[Cluster] = [{(True, True): 15, (False, False): 55, (True, False): 15, (False, True): 15}]
    found = estimate([CohenKappa(GIVEN)], [often, seldom], Resampling(1))["cohen"]
    assert found.value == pytest.approx((0.8 - 0.54) / (1 - 0.54))


def test_of_nothing_there_is_no_figure() -> None:
    measures = [PercentAgreement(), CohenKappa(GIVEN), KrippendorffAlpha(GIVEN)]
    assert set(estimate(measures, [], Resampling(0)).values()) == {Estimate(None)}
