"""Canonical JSON: the standard's bytes, by whichever way is quicker."""

from __future__ import annotations

import math
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.storage.canonical import MAX_DEPTH, MAX_INT, canonical
from fieldkit.storage.errors import NotStorable

floats = st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda number: abs(number) <= MAX_INT or abs(number) >= 1e21
)
texts = st.text(st.characters(exclude_categories=["Cs"]))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-MAX_INT, MAX_INT),
    floats,
    texts,
)
values = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner), st.dictionaries(texts, inner)), max_leaves=12
)


@given(values)
def test_equals_the_reference(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(floats)
def test_numbers_equal_the_reference(value: float) -> None:
    assert canonical([value]) == rfc8785.dumps([value])


def test_the_standards_own_example() -> None:
    # RFC 8785, section 3.2.2 and 3.2.3.
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '\u20ac$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical(value) == (
        b'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_a_tuple_counts_as_a_list() -> None:
    assert canonical({"a": (1, "b")}) == b'{"a":[1,"b"]}'


@given(values)
def test_reading_it_back_gives_the_value(value: Any) -> None:
    again = orjson.loads(canonical(value))
    assert canonical(again) == canonical(value)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"a": [1, {"b": math.nan}]}, "a/1/b: nan is not a JSON number"),
        ({"a": math.inf}, "a: inf is not"),
        ({"n": 2.0**53}, "n: the number 9007199254740992.0 is too large"),
        ({"n": MAX_INT + 1}, "n: the integer 9007199254740992 is too large"),
        ({"a": {1: 2}}, "a: the key 1 is not text"),
        ({"a": {1, 2}}, "a: a value of type set cannot"),
        ({"a": b"x"}, "a: a value of type bytes cannot"),
        ({"a": ["x", "\ud800"]}, "a/1: half of a surrogate pair"),
        ({"\udfff": 1}, "half of a surrogate pair"),
        ({"é": "\ud800"}, "é: half of a surrogate pair"),
    ],
)
def test_refuses_what_json_cannot_keep(value: Any, told: str) -> None:
    with pytest.raises(NotStorable, match="^.*" + told.replace("(", r"\(")):
        canonical(value)


def test_refuses_deep_nesting_but_not_up_to_the_limit() -> None:
    value: Any = "x"
    for _ in range(MAX_DEPTH):
        value = [value]
    assert orjson.loads(canonical(value)) == value
    for _ in range(5_00):
        value = [value]
    with pytest.raises(NotStorable, match="nested more than"):
        canonical(value)
