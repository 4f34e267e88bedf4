"""Ranks, against places, medians and firsts counted by hand."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.findings.ranks import place_of
from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import tabulate
from tests.findings.world import World


def ranks(world: World, **more: str) -> Table:
    return next(
        each for each in tabulate(world.evidence(), "ratings", **more) if each.question == "cic:order"
    )


def five() -> World:
    """Five made-up rankings; places by hand, ties sharing the mean of those they take.

    | | forum | services | savings |
    |---|---|---|---|
    | CIC-01 | 1 | 2.5 | 2.5 |
    | CIC-02 | 1.5 | 1.5 | 3 |
    | CIC-03 | 1 | - | - |
    | CIC-04 | none | none | none |
    | CIC-05 | 2 | 3 | 1 |
    """
    world = World()
    orders = (
        [["forum"], ["services", "savings"]],
        [["services", "forum"], ["savings"]],
        [["forum"]],
        [],
        [["savings"], ["forum"], ["services"]],
    )
    for number, order in enumerate(orders, start=1):
        place = "geneva" if number < 3 else "headquarters"
        world.response(world.interviewed(f"CIC-0{number}", place=place), "order", value=order)
    world.response(world.interviewed("CIC-06", place="geneva"), "order", disposition="don't know")
    return world


def line(table: Table, row: str) -> list[str]:
    return [table.cells[row, column.id].text for column in table.columns]


def test_places_medians_and_firsts_with_those_who_ranked_none_apart() -> None:
    table = ranks(five(), by="place")
    assert [column.id for column in table.columns] == [
        *("n", "median", "first", "left_out", "none"),
        *("dont_know", "not_applicable"),
    ]
    assert line(table, "forum@total") == ["4", "1–1.5", "3", "0", "1", "1", "0"]
    assert line(table, "services@total") == ["3", "2.5", "1", "1", "1", "1", "0"]
    assert line(table, "savings@total") == ["3", "2.5", "1", "1", "1", "1", "0"]
    assert line(table, "services@place=geneva") == ["2", "1.5–2.5", "1", "0", "0", "1", "0"]
    assert line(table, "savings@place=headquarters") == ["1", "1", "1", "1", "1", "0", "0"]
    first = table.cells["forum@total", "first"]
    assert (first.n, first.persons) == (4, ("CIC-01", "CIC-02", "CIC-03"))
    median = table.cells["savings@total", "median"]
    assert (median.value, median.n) == (Fraction(5, 2), 3)
    assert table.cells["savings@total", "none"].persons == ("CIC-04",)
    assert line(ranks(five(), language="fr"), "services@total")[1] == "2,5"


def test_whoever_ranks_differently_in_two_interviews_counts_in_neither() -> None:
    world = five()
    again = world.interviews[0].model_copy(update={"id": "again"})
    world.interviews.append(again)
    world.consent("again", "CIC-01", given=True)
    world.response("again", "order", value=[["savings"]])
    table = ranks(world)
    assert line(table, "forum@total")[:3] == ["3", "1.5", "2"]
    assert any("CIC-01" in note for note in table.notes)


def test_a_ranking_that_cannot_be_one_is_told_and_not_counted() -> None:
    world = five()
    for number, order in enumerate(("forum", [["forum"], ["forum"]], [["peace"]], [[]], [[3]]), start=7):
        world.response(world.interviewed(f"CIC-{number:02}"), "order", value=order)
    table = ranks(world)
    assert line(table, "forum@total") == line(ranks(five()), "forum@total")
    assert any(note.endswith("not counted: 5.") for note in table.notes)


@given(st.lists(st.frozensets(st.integers(0, 6).map(str), min_size=1), max_size=4))
def test_the_places_of_a_ranking_add_up_whatever_ties(groups: list[frozenset[str]]) -> None:
    ranking: list[frozenset[str]] = []
    for group in groups:
        new = group - frozenset().union(*ranking)
        ranking += [new] if new else []
    things = [thing for tied in ranking for thing in tied]
    places = [place_of(thing, tuple(ranking)) for thing in things]
    n = len(things)
    assert sum(place for place in places if place is not None) == Fraction(n * (n + 1), 2)
    assert place_of("7", tuple(ranking)) is None
