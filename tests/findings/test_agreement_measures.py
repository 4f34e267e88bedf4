"""Measures of agreement, against published tables, a library of their own, and their definitions."""

from __future__ import annotations

import random
from itertools import permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.findings.agreement_alpha import KrippendorffAlpha, Level
from fieldkit.findings.agreement_kappa import CohenKappa, FleissKappa, GwetAC1, PercentAgreement
from fieldkit.findings.agreement_ratings import Cluster, Value, from_columns, measured
from fieldkit.findings.agreement_reading import reading

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C; also Gwet's worked example.
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")

# Fleiss 1971, table 1: 30 patients, 6 psychiatrists, 5 diagnoses.
PSYCHIATRISTS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""

# Cohen 1960, table 2, and Hout, Duncan and Sobel 1987 (wife and husband; vcd's SexualFun).
DIAGNOSES = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
FUN = ((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))

LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")


def observers() -> list[Cluster]:
    return from_columns([[None if sign == "." else int(sign) for sign in row] for row in FOUR_OBSERVERS])


def crossed(table: tuple[tuple[int, ...], ...]) -> list[Cluster]:
    return [{(row, column): float(n) for row, line in enumerate(table) for column, n in enumerate(line)}]


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorffs_worked_example(level: Level, published: float) -> None:
    assert measured(KrippendorffAlpha((1, 2, 3, 4, 5), level), observers()) == pytest.approx(
        published, abs=0.0005
    )


def test_gwets_figures_for_the_same_ratings() -> None:
    categories = (1, 2, 3, 4, 5)
    assert measured(PercentAgreement(), observers()) == pytest.approx(0.81818, abs=0.00001)
    assert measured(GwetAC1(categories), observers()) == pytest.approx(0.77544, abs=0.00001)
    assert measured(FleissKappa(categories), observers()) == pytest.approx(0.76117, abs=0.00001)


def test_fleiss_kappa_of_his_psychiatrists() -> None:
    patients = [
        [place for place, n in enumerate(row) for _ in range(int(n))] for row in PSYCHIATRISTS.split()
    ]
    clusters: list[Cluster] = [{tuple(patient): 1.0} for patient in patients]
    assert {len(patient) for patient in patients} == {6}
    assert measured(FleissKappa((0, 1, 2, 3, 4)), clusters) == pytest.approx(0.430, abs=0.0005)
    assert measured(PercentAgreement(), clusters) == pytest.approx(0.5556, abs=0.0001)


def test_cohens_kappa_of_his_diagnoses() -> None:
    assert measured(CohenKappa((0, 1, 2)), crossed(DIAGNOSES)) == pytest.approx(0.492, abs=0.0005)


def test_weighted_kappa_of_an_ordered_scale() -> None:
    categories = (0, 1, 2, 3)
    assert measured(CohenKappa(categories), crossed(FUN)) == pytest.approx(0.1293, abs=0.0001)
    assert measured(CohenKappa(categories, "linear"), crossed(FUN)) == pytest.approx(0.2374, abs=0.0001)


def test_quadratic_weights_compare_squared_differences_with_spread() -> None:
    # Fleiss and Cohen 1973: one less mean squared difference over variances and difference of means.
    pairs = [(row, column) for row, line in enumerate(FUN) for column, n in enumerate(line) for _ in range(n)]
    first, second = np.array(pairs).T
    spread = first.var() + second.var() + (first.mean() - second.mean()) ** 2
    expected = 1 - ((first - second) ** 2).mean() / spread
    assert measured(CohenKappa((0, 1, 2, 3), "quadratic"), crossed(FUN)) == pytest.approx(expected)


def test_where_nearly_all_is_of_one_value_ac1_holds_and_kappa_falls() -> None:
    # Gwet 2002, Kappa Statistic Is Not Satisfactory for Assessing the Extent of Agreement.
    table = ((118, 5), (2, 0))
    assert measured(CohenKappa((0, 1)), crossed(table)) == pytest.approx(-0.0234, abs=0.0001)
    assert measured(GwetAC1((0, 1)), crossed(table)) == pytest.approx(0.9408, abs=0.0001)


@given(st.data())
def test_alpha_is_that_of_the_krippendorff_package(data: st.DataObject) -> None:
    level = data.draw(st.sampled_from(LEVELS))
    raters, units = data.draw(st.integers(2, 5)), data.draw(st.integers(2, 12))
    source = random.Random(data.draw(st.integers(0, 10_000)))
    columns = [[source.choice((None, 1, 2, 3, 5)) for _ in range(units)] for _ in range(raters)]
    ours = measured(KrippendorffAlpha((1, 2, 3, 5), level), from_columns(columns))
    paired = [u for u in zip(*columns, strict=True) if sum(each is not None for each in u) > 1]
    values = {each for unit in paired for each in unit if each is not None}
    if len(values) < 2:
        assert ours is None
        return
    known = np.array([[np.nan if each is None else each for each in column] for column in columns])
    theirs = krippendorff.alpha(
        reliability_data=known, level_of_measurement=level, value_domain=[1.0, 2.0, 3.0, 5.0]
    )
    assert ours == pytest.approx(theirs, abs=1e-9)


@given(
    st.lists(st.lists(st.sampled_from("abc"), min_size=3, max_size=3), min_size=2, max_size=15),
)
def test_fleiss_and_ac1_are_what_pairs_of_raters_come_to(units: list[list[str]]) -> None:
    clusters: list[Cluster] = [{tuple(unit): 1.0} for unit in units]
    pairs = [one == other for unit in units for one, other in permutations(unit, 2)]
    observed = sum(pairs) / len(pairs)
    ratings = [each for unit in units for each in unit]
    shares = [ratings.count(each) / len(ratings) for each in "abc"]
    by_chance = sum(share**2 for share in shares)
    fleiss = measured(FleissKappa(("a", "b", "c")), clusters)
    if len(set(ratings)) == 1:
        assert fleiss is None
    else:
        assert fleiss == pytest.approx((observed - by_chance) / (1 - by_chance))
    low = sum(share * (1 - share) for share in shares) / 2
    assert measured(GwetAC1(("a", "b", "c")), clusters) == pytest.approx((observed - low) / (1 - low))


@pytest.mark.parametrize("categories", [("no", "yes"), ("yes", "no")])
def test_of_one_value_only_there_is_percent_agreement_and_no_kappa_or_alpha(
    categories: tuple[Value, ...],
) -> None:
    clusters = from_columns([["yes"] * 3, ["yes"] * 3])
    assert measured(PercentAgreement(), clusters) == 1.0
    assert measured(CohenKappa(categories), clusters) is None
    assert measured(FleissKappa(categories), clusters) is None
    assert measured(KrippendorffAlpha(categories), clusters) is None
    assert measured(GwetAC1(categories), clusters) == 1.0


def test_where_nobody_rated_the_same_unit_nothing_is_defined() -> None:
    clusters = from_columns([["yes", None], [None, "no"]])
    for measure in (PercentAgreement(), CohenKappa(("no", "yes")), KrippendorffAlpha(("no", "yes"))):
        assert measured(measure, clusters) is None
    assert measured(GwetAC1(("no", "yes")), clusters) is None


def test_always_differing_is_worse_than_chance_and_defined() -> None:
    clusters = from_columns([[1, 2, 1, 2], [2, 1, 2, 1]])
    assert measured(CohenKappa((1, 2)), clusters) == -1.0
    # One coder always says yes, the other always no: chance brings as much, which is nothing.
    assert measured(CohenKappa((1, 2)), from_columns([[1, 1], [2, 2]])) == 0.0


def test_distances_and_amounts_must_be_numbers() -> None:
    with pytest.raises(ValueError, match="must be numbers"):
        KrippendorffAlpha(("few", "many"), "interval")
    with pytest.raises(ValueError, match="below the zero"):
        KrippendorffAlpha((-1, 2), "ratio")


@pytest.mark.parametrize(
    ("measure", "value", "word"),
    [
        ("cohen", -0.01, "poor"),
        ("cohen", 0.0, "slight"),
        ("fleiss", 0.20, "slight"),
        ("fleiss", 0.21, "fair"),
        ("cohen", 0.5238, "moderate"),
        ("ac1", 0.61, "substantial"),
        ("ac1", 0.81, "almost perfect"),
        ("alpha", 0.8, "reliable"),
        ("alpha", 0.799, "tentative"),
        ("alpha", 0.667, "tentative"),
        ("alpha", 0.666, "unreliable"),
        ("alpha", 0.79996, "reliable"),
        ("percent", 0.9, None),
    ],
)
def test_readings_by_landis_and_koch_and_by_krippendorff(
    measure: str, value: float, word: str | None
) -> None:
    assert reading(measure, value) == word
