"""Ratings, against distributions and medians counted by hand."""

from __future__ import annotations

import statistics

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.findings.ordered import median
from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import tabulate
from fieldkit.protocol.guide import Guide
from tests.findings.world import CIC, GUIDES, World


def ratings(world: World, item: str, **more: str) -> Table:
    return next(each for each in tabulate(world.evidence(), "ratings", **more) if each.question == item)


def five() -> World:
    world = World()
    places = ("headquarters", "headquarters", "geneva", "geneva", "geneva")
    for number, (place, value) in enumerate(zip(places, (1, 2, 3, 3, 4), strict=True), start=1):
        interview = world.interviewed(f"CIC-0{number}", place=place)
        world.response(interview, "oversight", value=value)
    world.response(world.interviewed("CIC-06", place="geneva"), "oversight", disposition="don't know")
    world.response(world.interviewed("CIC-07", place="geneva"), "oversight", disposition="not applicable")
    return world


def line(table: Table, row: str) -> list[str]:
    return [table.cells[row, column.id].text for column in table.columns]


def test_distribution_n_and_median_with_dont_know_and_not_applicable_apart() -> None:
    table = ratings(five(), "cic:oversight", by="place")
    assert [column.id for column in table.columns] == [
        *("1", "2", "3", "4"),
        *("n", "median", "dont_know", "not_applicable"),
    ]
    assert line(table, "total") == ["1", "1", "2", "1", "5", "3", "1", "1"]
    assert line(table, "place=geneva") == ["0", "0", "2", "1", "3", "3", "1", "1"]
    # Two ratings, 1 and 2: between points of an ordered scale there is no number.
    assert line(table, "place=headquarters") == ["1", "1", "0", "0", "2", "1–2", "0", "0"]
    assert table.cells["place=headquarters", "median"].value is None
    assert table.cells["total", "3"].persons == ("CIC-03", "CIC-04")
    assert table.cells["total", "3"].responses == ("i-CIC-03:oversight", "i-CIC-04:oversight")


def test_without_ratings_the_median_is_undefined() -> None:
    world = World()
    world.response(world.interviewed("CIC-01"), "oversight", disposition="don't know")
    assert line(ratings(world, "cic:oversight"), "total") == ["–"] * 4 + ["0", "undefined", "1", "0"]


def test_each_row_of_a_grid_has_its_own_n() -> None:
    world = World()
    world.response(world.interviewed("CIC-01"), "bodies", value={"council": 4, "scbf": 2})
    world.response(world.interviewed("CIC-02"), "bodies", value={"council": 2})
    table = ratings(world, "cic:bodies", question="1.4")
    assert line(table, "council@total")[:6] == ["0", "1", "0", "1", "2", "2–4"]
    assert line(table, "scbf@CIC")[:6] == ["0", "1", "0", "0", "1", "2"]
    assert [row.label for row in table.rows] == ["The Council", "CIC", "The SCBF", "CIC"]
    assert not tabulate(world.evidence(), "ratings", question="1.1")


def test_what_is_no_point_of_the_scale_is_counted_apart() -> None:
    world = World()
    for code, value in (("CIC-01", 5), ("CIC-02", True), ("CIC-03", "3"), ("CIC-04", 3)):
        world.response(world.interviewed(code), "oversight", value=value)
    world.response("i-CIC-04", "bodies", value={"congress": 3})
    table = ratings(world, "cic:oversight")
    assert table.cells["total", "n"].persons == ("CIC-04",)
    assert any("another scale, not counted: 3." in note for note in table.notes)
    assert ratings(world, "cic:bodies").cells["council@total", "n"].value == 0


def test_an_older_version_with_another_scale_is_not_pooled() -> None:
    older = CIC.to_dict()
    oversight = older["sections"][0]["items"][1]
    oversight["scale"] = oversight["scale"][:3]
    before = Guide.from_dict(older)
    world = World()
    world.response(world.interviewed("CIC-01"), "oversight", value=3)
    world.response(world.interviewed("CIC-02"), "oversight", value=3)
    world.interviews[0] = world.interviews[0].model_copy(update={"guide_hash": before.content_hash})
    evidence = world.evidence(guides=GUIDES | {before.content_hash: before})
    table = tabulate(evidence, "ratings")[0]
    assert table.cells["total", "n"].persons == ("CIC-02",)
    assert any("another scale, not counted: 1." in note for note in table.notes)


def test_one_person_rating_twice_counts_once_or_not_at_all() -> None:
    world = World()
    first = world.interviewed("CIC-01")
    second = world.interviewed("CIC-02")
    again = world.interviews[0].model_copy(update={"id": "again"})
    more = world.interviews[1].model_copy(update={"id": "more"})
    world.interviews += [again, more]
    for interview, value in ((first, 2), ("again", 2), (second, 3), ("more", 4)):
        world.response(interview, "oversight", value=value)
    table = ratings(world, "cic:oversight")
    assert table.cells["total", "n"].persons == ("CIC-01",)
    assert any(
        "different ratings in several interviews, not counted: CIC-02." in note for note in table.notes
    )


@given(st.lists(st.integers(1, 7), min_size=1))
def test_the_median_is_that_of_the_standard_library(values: list[int]) -> None:
    assert median(values) == (statistics.median_low(values), statistics.median_high(values))
