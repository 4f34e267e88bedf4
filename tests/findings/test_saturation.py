"""Saturation, against series worked out by hand by the published rule."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.saturation import Run, rule, saturation
from tests.findings.world import World


def series(*codes: str) -> list[frozenset[str]]:
    return [frozenset(each) for each in codes]


def test_new_codes_of_overlapping_runs_are_divided_by_the_codes_of_the_base() -> None:
    # By hand: the first four bring a-j, ten codes. Interviews 5 and 6 bring k, l and m: 30 %.
    # 6 and 7 bring m alone: 10 %. 7 and 8 bring n: 10 %. 8 and 9: n: 10 %. 9 and 10: nothing.
    held = series("abcd", "efg", "hi", "aj", "bkl", "akm", "abc", "n", "a", "nk")
    new, base, runs, reached = rule(held, 4, 2, Fraction(5, 100))
    assert new == (4, 3, 2, 1, 2, 1, 0, 1, 0, 0)
    assert base == 10
    assert runs == (
        Run(5, 6, 3, Fraction(3, 10)),
        Run(6, 7, 1, Fraction(1, 10)),
        Run(7, 8, 1, Fraction(1, 10)),
        Run(8, 9, 1, Fraction(1, 10)),
        Run(9, 10, 0, Fraction(0)),
    )
    assert reached == 10
    assert rule(held, 4, 2, Fraction(10, 100))[3] == 7
    assert rule(held[:9], 4, 2, Fraction(5, 100))[3] is None


def test_a_base_without_codes_has_no_share_and_reaches_nothing() -> None:
    _, base, runs, reached = rule(series("", "", "", "", "", "a"), 4, 2, Fraction(1))
    assert (base, runs, reached) == (0, (Run(5, 6, 1, None),), None)


@given(
    st.lists(st.frozensets(st.sampled_from("abcdefgh")), max_size=12), st.integers(1, 5), st.integers(1, 4)
)
def test_new_codes_add_up_to_all_and_a_lower_threshold_is_reached_no_sooner(
    held: list[frozenset[str]], base: int, run: int
) -> None:
    new, first, runs, reached = rule(held, base, run, Fraction(0))
    assert sum(new) == len(frozenset().union(*held))
    assert first == (len(frozenset().union(*held[:base])) if len(held) >= base else None)
    assert len(runs) == max(0, len(held) - base - run + 1)
    later = rule(held, base, run, Fraction(1, 2))[3]
    assert reached is None or (later is not None and later <= reached)


def test_interviews_count_in_the_order_they_were_held_by_question_and_group() -> None:
    world = World()
    for number in range(6, 0, -1):
        world.interviewed(f"CIC-0{number}")
        response = world.response(f"i-CIC-0{number}", "worth", "Worth it.", disposition="answered")
        world.code(response, "costs" if number > 1 else "value", "3.3")
    world.interviewed("DFA-01")
    world.interviews = [
        each.model_copy(update={"started_at": f"2005-03-{n + 1:02}T09:00:00Z"})
        for n, each in enumerate(reversed(world.interviews))
    ]
    found = saturation(world.evidence(), question="3.3", group="CIC")
    assert found.interviews == tuple(f"i-CIC-0{number}" for number in range(1, 7))
    assert (found.new, found.curve) == ((1, 1, 0, 0, 0, 0), (1, 2, 2, 2, 2, 2))
    assert (found.base, found.reached) == (2, 6)
    assert found.to_json()["runs"] == [{"first": 5, "last": 6, "new": 0, "share": 0.0}]
    # DFA was never asked about it, so there is no series of it to speak of.
    assert saturation(world.evidence(), question="3.3", group="DFA").to_json() == {
        "question": "3.3",
        "group": "DFA",
        "interviews": 0,
    }


def test_of_fewer_than_six_interviews_nothing_is_said() -> None:
    world = World()
    for number in range(1, 6):
        world.interviewed(f"CIC-0{number}")
        world.code(
            world.response(f"i-CIC-0{number}", "worth", "Worth.", disposition="answered"), "costs", "3.3"
        )
    found = saturation(world.evidence())
    assert not found.shown
    assert "curve" not in found.to_json()


def test_what_there_is_not_is_told() -> None:
    evidence = World().evidence()
    with pytest.raises(FindingsError, match="no respondent group 'XYZ'"):
        saturation(evidence, group="XYZ")
    with pytest.raises(FindingsError, match="no evaluation question '9'"):
        saturation(evidence, question="9")
    with pytest.raises(FindingsError, match="from 1"):
        saturation(evidence, run=0)
