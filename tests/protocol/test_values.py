"""Values of every kind of item: typed, checked and shown."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fieldkit.protocol.items import Item
from fieldkit.protocol.values import (
    BadValue,
    check_value,
    display_value,
    parse_value,
    percent_midpoint,
    soft_warnings,
)

ADAPTER = TypeAdapter(Item)
PARKS = [
    {"id": "north", "text": {"en": "North park", "fr": "Parc du Nord"}},
    {"id": "south", "text": {"en": "South park", "fr": "Parc du Sud"}},
    {"id": "quay", "text": {"en": "Quay", "fr": "Quai fermé"}},
]
SCALE = [
    {"value": 1, "text": {"en": "Not at all", "fr": "Pas du tout"}},
    {"value": 2, "text": {"en": "Fully", "fr": "Entièrement"}},
]


def make(kind, **keys):
    return ADAPTER.validate_python({"id": "x", "type": kind, "text": {"en": "X"}} | keys)


SINGLE = make("single", choices=PARKS, other=True)
PLAIN = make("single", choices=PARKS)
MULTIPLE = make("multiple", choices=PARKS, other=True)
SCALED = make("scale", scale=SCALE)
RATED = make("grid", rows=PARKS, cell="scale", scale=SCALE)
SHARED = make("grid", rows=PARKS, cell="percent")
COUNTED = make("grid", rows=PARKS, cell="number", minimum=0)
NUMBER = make("number", minimum=0, maximum=100, unit={"en": "staff", "fr": "personnes"})
PERCENT = make("percent")
YEAR = make("year", minimum=1951, maximum=2005)
DATE = make("date", minimum="1951", maximum="2005-06-30")
RANK = make("rank", choices=PARKS)
TEXT = make("text")
NOTE = make("note")


def percent(low, high=None, estimate=None):
    high = low if high is None else high
    return {"low": low, "high": high, "estimate": (low != high) if estimate is None else estimate}


@pytest.mark.parametrize(
    ("item", "typed", "stored"),
    [
        (SINGLE, "south", "south"),
        (SINGLE, "2", "south"),
        (SINGLE, "south PARK", "south"),
        (SINGLE, "quai ferme", "quay"),
        (SINGLE, "other: the pond, drained", {"other": "the pond, drained"}),
        (SINGLE, "autre : l'étang", {"other": "l'étang"}),
        (MULTIPLE, "north, 3", ["north", "quay"]),
        (MULTIPLE, "1,other: a pond, drained", ["north", {"other": "a pond, drained"}]),
        (MULTIPLE, "none", []),
        (MULTIPLE, '["north", {"other": "x"}]', ["north", {"other": "x"}]),
        (SCALED, "2", 2),
        (SCALED, "entierement", 2),
        (RATED, "north=1;south=2", {"north": 1, "south": 2}),
        (RATED, "1 = Fully ; 3=1;", {"north": 2, "quay": 1}),
        (SHARED, "north=10-15;south=~5", {"north": percent(10, 15), "south": percent(5, estimate=True)}),
        (COUNTED, "north=3", {"north": 3}),
        (PERCENT, "12", percent(12)),
        (PERCENT, "12.5 %", percent(12.5)),
        (PERCENT, "12,5", percent(12.5)),
        (PERCENT, "10-15", percent(10, 15)),
        (PERCENT, "10–15%", percent(10, 15)),
        (PERCENT, "10 % – 15 %", percent(10, 15)),
        (PERCENT, "~12", percent(12, estimate=True)),
        (PERCENT, '{"low": 1, "high": 2, "estimate": true}', percent(1, 2)),
        (NUMBER, "1 200", 1200),
        (NUMBER, "1\u202f200,5", 1200.5),
        (NUMBER, "-3", -3),
        (YEAR, "1991", 1991),
        (DATE, "2005-06-30", "2005-06-30"),
        (DATE, "2005", "2005"),
        (RANK, "1>2=3", [["north"], ["south", "quay"]]),
        (RANK, "quay > north", [["quay"], ["north"]]),
        (RANK, "none", []),
    ],
)
def test_what_is_typed_becomes_what_is_stored(item, typed, stored):
    value = parse_value(item, typed)
    assert value == stored
    assert check_value(item, value) == []
    assert check_value(item, json.loads(json.dumps(value))) == []


@pytest.mark.parametrize(
    ("item", "typed", "said"),
    [
        (SINGLE, "", "nothing was given"),
        (SINGLE, "nort", 'did you mean "north"?'),
        (SINGLE, "9", "known: north, south, quay"),
        (PLAIN, "other: x", "is no choice"),
        (PLAIN, '{"other": "x"}', 'this item has no "other"'),
        (SINGLE, '{"other": " "}', 'an "other" is written {"other": "in words"}'),
        (SINGLE, "[1", "starts like JSON and is none"),
        (MULTIPLE, "north,north", '"north" is chosen twice'),
        (MULTIPLE, '[{"other": "a"}, {"other": "b"}]', 'more than one "other"'),
        (SCALED, "3", "no point of the scale: 1, 2"),
        (SCALED, "rather", "1 Not at all, 2 Fully"),
        (RATED, "north", "write north=..., with ; between rows"),
        (RATED, "north=1;1=2", 'the row "north" is given twice'),
        (RATED, "nrth=1", 'did you mean "north"?'),
        (RATED, "north=7", "no point of the scale"),
        (PERCENT, "a tenth", "write 12, 10-15 or ~12"),
        (PERCENT, "101", "between 0 and 100"),
        (PERCENT, "15-10", "the range runs backwards: write 10-15"),
        (NUMBER, "1,200", "can be read in two ways: write 1200 or 1.200"),
        (NUMBER, "١٢", "is no number"),
        (NUMBER, "1e400", "is no number"),
        (NUMBER, "[NaN]", "is no number"),
        (YEAR, "91", "write four digits"),
        (DATE, "2005-02-30", "write 2005-06-30, or a year alone"),
        (RANK, "1>1", '"north" is ranked twice'),
        (RANK, "1>>2", "is no choice"),
        (TEXT, "words", "write notes, not a value"),
        (NOTE, "words", "has no value"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_be_right(item, typed, said):
    with pytest.raises(BadValue) as caught:
        parse_value(item, typed)
    assert said in str(caught.value)
    assert str(caught.value).startswith("x: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (SCALED, True),
        (SCALED, 1.0),
        (NUMBER, float("nan")),
        (NUMBER, True),
        (PERCENT, 12),
        (PERCENT, {"low": 10, "high": 15}),
        (PERCENT, {"low": "10", "high": 15, "estimate": True}),
        (RANK, ["north"]),
        (RANK, [[]]),
        (RANK, [[{}]]),
        (MULTIPLE, "north"),
        (MULTIPLE, [["north"]]),
        (SINGLE, ["north"]),
        (RATED, [1]),
        (RATED, {"north": "1"}),
        (YEAR, "1991"),
        (DATE, 1991),
    ],
)
def test_an_impossible_stored_value_is_found(item, value):
    assert check_value(item, value)


def test_no_value_is_always_possible():
    for item in (SINGLE, RATED, PERCENT, TEXT, NOTE):
        assert check_value(item, None) == []
        assert display_value(item, None, "en") == ""


@pytest.mark.parametrize(
    ("item", "value", "oddities"),
    [
        (YEAR, 1950, ["1950 is under 1951, the least expected"]),
        (YEAR, 1951, []),
        (NUMBER, 101, ["101 is over 100, the most expected"]),
        (DATE, "1950-12-31", ["1950-12-31 is before 1951, the earliest expected"]),
        (DATE, "1951-01-01", []),
        (DATE, "2005", []),
        (DATE, "2005-07-01", ["2005-07-01 is after 2005-06-30, the latest expected"]),
        (SHARED, {"north": percent(90), "south": percent(20)}, ["the rows add up to at least 110%"]),
        (SHARED, {"north": percent(90), "south": percent(10, 20)}, []),
        (COUNTED, {"north": -1}, ["row north: -1 is under 0, the least expected"]),
    ],
)
def test_odd_values_warn_and_are_possible(item, value, oddities):
    assert check_value(item, value) == []
    assert soft_warnings(item, value) == oddities


@pytest.mark.parametrize(
    ("item", "value", "english", "french"),
    [
        (SINGLE, "quay", "Quay", "Quai fermé"),
        (SINGLE, {"other": "a pond"}, "other: a pond", "autre : a pond"),
        (MULTIPLE, ["north", {"other": "z"}], "North park, other: z", "Parc du Nord, autre : z"),
        (MULTIPLE, [], "none", "aucun"),
        (SCALED, 2, "2 Fully", "2 Entièrement"),
        (RATED, {"south": 1}, "South park: 1 Not at all", "Parc du Sud\u00a0: 1 Pas du tout"),
        (PERCENT, percent(10, 15), "10–15%", "10–15\u00a0%"),
        (PERCENT, percent(12.5, estimate=True), "~12.5%", "~12,5\u00a0%"),
        (NUMBER, 3, "3 staff", "3 personnes"),
        (
            RANK,
            [["north", "south"], ["quay"]],
            "1. North park = South park; 3. Quay",
            "1. Parc du Nord = Parc du Sud; 3. Quai fermé",
        ),
    ],
)
def test_a_value_reads_as_people_would_say_it(item, value, english, french):
    assert display_value(item, value, "en") == english
    assert display_value(item, value, "fr") == french


def test_the_midpoints_of_table_2_3():
    # Headquarters 80%; Geneva 30% and 10-15%: the counsellor's .30 and the assistant's .125 make .425.
    assert percent_midpoint(percent(80)) == 80
    assert percent_midpoint(percent(30)) + percent_midpoint(percent(10, 15)) == Fraction("42.5")
    assert percent_midpoint(percent(0.1, 0.2)) == Fraction(3, 20)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
EVERY = [SINGLE, MULTIPLE, SCALED, RATED, SHARED, COUNTED, NUMBER, PERCENT, YEAR, DATE, RANK, TEXT, NOTE]


@given(st.sampled_from(EVERY), JSON)
def test_any_value_can_be_checked_and_shown(item, value):
    faults = check_value(item, value)
    assert all("\n" not in fault or "\n" in str(value) for fault in faults)
    assert isinstance(display_value(item, value, "fr"), str)
    if not faults:
        soft_warnings(item, value)


@given(st.sampled_from(EVERY), st.text(max_size=40))
def test_any_text_is_a_value_or_a_bad_value(item, text):
    try:
        value = parse_value(item, text)
    except BadValue:
        return
    assert check_value(item, value) == []


@given(st.integers(0, 100), st.integers(0, 100))
def test_percentages_come_back_from_what_is_shown(first, second):
    low, high = sorted((first, second))
    stored = parse_value(PERCENT, f"{low}-{high}")
    assert parse_value(PERCENT, display_value(PERCENT, stored, "fr")) == stored
