"""Figures drawn with characters say what the figures say, without any colour."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.tui.counting import with_shapes
from fieldkit.tui.heat import SIGNS, heat
from fieldkit.tui.pictures import Bar, bars, binned, columns, sparkline
from fieldkit.tui.table_pictures import picture


def table(cells: dict[tuple[str, str], tuple[int, int | None]], what: str = "codes") -> Table:
    rows = [Heading(row, row) for row in dict.fromkeys(row for row, _ in cells)]
    heads = [Heading(column, column) for column in dict.fromkeys(column for _, column in cells)]
    made = {place: Cell(value, str(value), n, (), ("A",) * value, "") for place, (value, n) in cells.items()}
    return Table(what, "t", "n", heads, rows, made)


@pytest.mark.parametrize(
    ("value", "level"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4)]
)
def test_a_share_is_as_warm_as_the_quarters_it_begins(value: int, level: int) -> None:
    assert heat(table({("a", "CIC"): (value, 8)})) == {("a", "CIC"): level}
    assert len(set(SIGNS)) == len(SIGNS)


def test_counts_without_a_denominator_are_as_warm_as_they_are_beside_the_largest_that_is_no_total() -> None:
    made = table(
        {
            ("a", "CIC:passages"): (1, None),
            ("a", "DFA:passages"): (4, None),
            ("a", "total:passages"): (5, None),
        }
    )
    assert heat(made) == {("a", "CIC:passages"): 1, ("a", "DFA:passages"): 4}


def test_medians_and_sums_have_no_warmth() -> None:
    assert heat(table({("a", "1"): (1, 2), ("a", "median"): (4, 4)}, "ratings")) == {("a", "1"): 2}
    assert heat(table({("a", "sum"): (3, 3)}, "totals")) == {}


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40))
def test_a_small_curve_keeps_the_order_of_its_values_and_shows_none_as_nothing(values: list[int]) -> None:
    drawn = sparkline(values)
    assert len(drawn) == len(values)
    assert [each == "·" for each in drawn] == [value == 0 for value in values]
    for one, first in zip(values, drawn, strict=True):
        for other, second in zip(values, drawn, strict=True):
            assert one >= other or first.replace("·", " ") <= second.replace("·", " ")


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(9, 9)), min_size=1, max_size=8), st.integers(30, 120)
)
def test_bars_are_as_long_as_their_shares_and_never_wider_than_the_line(
    shares: list[tuple[int, int]], width: int
) -> None:
    drawn = bars([Bar("label", Fraction(k, n), f"{k} of {n}") for k, n in shares], width)
    lengths = [str(line).count("█") for line in drawn]
    for line, (k, _) in zip(drawn, shares, strict=True):
        assert line.cell_length <= width
        assert f"{k} of 9" in str(line)
    assert [length for _, length in sorted(zip(shares, lengths, strict=True))] == sorted(lengths)


def test_columns_reach_as_high_as_their_values() -> None:
    lines = [str(line) for line in columns([4, 2, 0], 2, 40)]
    assert [line.split("│")[1].split() for line in lines] == [["██"], ["██", "██"]]
    assert lines[0].startswith("4")


def test_a_shape_stands_beside_its_ratings_and_the_row_is_drawn_as_shares() -> None:
    made = with_shapes(table({("a", "1"): (1, 4), ("a", "2"): (3, 4), ("a", "n"): (4, None)}, "ratings"))
    assert made.columns[0].id == "shape"
    assert made.cells["a", "shape"].text == "▃█"
    drawn = picture(made, (made.rows[0], made.columns[1]), {}, (60, 6))
    assert [str(line).split()[0] for line in drawn] == ["1", "2"]
    assert str(drawn[1]).endswith("3 of 4")


def test_a_curve_of_too_few_interviews_says_nothing() -> None:
    made = table({("all", "codes"): (0, None)}, "saturation")
    (line,) = picture(made, (made.rows[0], made.columns[0]), {"all": ()}, (60, 6))
    assert "nothing is said" in str(line)


@given(st.lists(st.integers(0, 50), max_size=200), st.integers(1, 40))
def test_many_values_are_summed_to_few_and_none_is_lost(values: list[int], most: int) -> None:
    assert sum(binned(values, most)) == sum(values)
    assert len(binned(values, most)) <= most
