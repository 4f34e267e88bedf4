"""Totals, against Table 2.3 of the evaluation report and figures added up by hand."""

from __future__ import annotations

from fractions import Fraction

from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import tabulate
from tests.findings.world import World


def percent(low: float, high: float | None = None) -> dict[str, object]:
    return {"low": low, "high": low if high is None else high, "estimate": high is not None}


def totals(world: World, item: str, **more: str) -> Table:
    return next(each for each in tabulate(world.evidence(), "totals", **more) if each.question == item)


def table_2_3() -> World:
    """Director, senior advisor and advisor at headquarters; Counsellor and local staff in Geneva."""
    world = World()
    for code, place, share in (
        ("CIC-01", "headquarters", percent(5)),
        ("CIC-02", "headquarters", percent(70)),
        ("CIC-03", "headquarters", percent(5)),
        ("CIC-04", "geneva", percent(30)),
        ("CIC-05", "geneva", percent(10, 15)),
    ):
        interview = world.interviewed(code, place=place)
        world.response(interview, "own_time", value={"membership": share})
    return world


def test_table_2_3_gives_its_full_time_equivalents_exactly() -> None:
    table = totals(table_2_3(), "cic:own_time", by="place")
    headquarters = table.cells["membership@place=headquarters", "fte"]
    geneva = table.cells["membership@place=geneva", "fte"]
    assert (headquarters.value, headquarters.text, headquarters.n) == (Fraction(4, 5), "0.80", 3)
    assert (geneva.value, geneva.text, geneva.n) == (Fraction(17, 40), "~0.425", 2)
    assert not headquarters.estimate
    assert geneva.estimate
    # The report prints .45 for Geneva: its range reaches that at the upper end.
    assert table.cells["membership@place=geneva", "fte_high"].value == Fraction(9, 20)
    assert table.cells["membership@place=geneva", "fte_low"].value == Fraction(2, 5)
    assert table.cells["membership@total", "fte"].value == Fraction(49, 40)
    assert table.cells["membership@total", "posts"].value == 5
    assert geneva.persons == ("CIC-04", "CIC-05")
    assert geneva.responses == ("i-CIC-04:own_time", "i-CIC-05:own_time")
    assert geneva.trace == "totals/cic:own_time/membership@place=geneva/fte"
    assert geneva.to_json()["value"] == 0.425
    assert geneva.to_json()["exact"] == "17/40"


def test_a_row_nobody_answered_is_undefined_and_french_has_its_comma() -> None:
    table = totals(table_2_3(), "cic:own_time", by="place", language="fr")
    assert table.cells["services@total", "fte"].value is None
    assert table.cells["services@total", "fte"].text == "indéfini"
    assert table.cells["membership@place=headquarters", "fte"].text == "0,80"
    assert any(note.startswith("~ : une estimation") for note in table.notes)


def test_what_a_post_splits_over_rows_is_added_up_together() -> None:
    world = World()
    for code, place, membership, services in (
        ("CIC-01", "headquarters", percent(4), percent(1)),
        ("CIC-02", "headquarters", percent(40), percent(30)),
        ("CIC-03", "headquarters", percent(5), None),
        ("CIC-04", "geneva", percent(10), percent(20)),
        ("CIC-05", "geneva", percent(10, 15), percent(0)),
    ):
        interview = world.interviewed(code, place=place)
        shares = {"membership": membership} | ({} if services is None else {"services": services})
        world.response(interview, "own_time", value=shares)
    table = totals(world, "cic:own_time", by="place")
    assert table.cells["place=headquarters", "fte"].value == Fraction(4, 5)
    assert table.cells["place=headquarters", "fte"].n == 3
    assert table.cells["place=geneva", "fte"].value == Fraction(17, 40)
    assert table.cells["place=geneva", "fte"].estimate
    assert table.cells["total", "posts"].value == 5
    assert table.cells["membership@place=headquarters", "fte"].value == Fraction(49, 100)
    assert table.cells["place=geneva", "fte"].trace == "totals/cic:own_time/place=geneva/fte"


def test_a_post_counts_once_and_only_when_its_answers_agree() -> None:
    world = World()
    for code, post, share in (
        ("CIC-01", "advisor", 40),
        ("CIC-02", "advisor", 40),
        ("CIC-03", "director", 5),
        ("CIC-04", "director", 10),
    ):
        interview = world.interviewed(code, place="headquarters", attributes={"post": post})
        world.response(interview, "own_time", value={"membership": percent(share)})
    table = totals(world, "cic:own_time")
    assert table.cells["membership@total", "fte"].value == Fraction(2, 5)
    assert table.cells["membership@total", "posts"].value == 1
    assert table.cells["membership@total", "posts"].persons == ("CIC-01", "CIC-02")
    assert any("none is accepted yet: CIC-03 CIC-04 (Membership)." in note for note in table.notes)


def test_what_is_answered_for_the_organisation_is_not_added_up_over_its_people() -> None:
    world = World()
    for code in ("DFA-01", "DFA-02"):
        world.response(world.interviewed(code), "time", value=percent(20, 30))
    table = totals(world, "dfa:time")
    assert table.cells["total", "sum"].value == 25
    assert table.cells["total", "organisations"].value == 1
    by_place = totals(world, "dfa:time", by="place")
    assert [row.id for row in by_place.rows] == ["total"]
    by_group = totals(world, "dfa:time", by="reporting_group")
    assert by_group.cells["reporting_group=other", "fte"].text == "~0.25"
    world.response(world.interviewed("DFA-03"), "time", value=percent(60))
    assert totals(world, "dfa:time").cells["total", "sum"].text == "undefined"


def test_numbers_are_added_as_they_were_written() -> None:
    world = World()
    for code, value in (("CIC-01", 0.1), ("CIC-02", 0.2), ("CIC-03", "many"), ("CIC-04", float("nan"))):
        world.response(world.interviewed(code), "missions", value=value)
    table = totals(world, "cic:missions")
    assert table.cells["CIC", "sum"].value == Fraction(3, 10)
    assert table.cells["CIC", "sum"].text == "0.3"
    assert table.title == "cic:missions Totals: Missions (missions)"
    assert any("not counted: 2." in note for note in table.notes)


def test_a_shared_answer_in_a_joint_interview_is_nobodys() -> None:
    world = World()
    interview = world.interview(world.person("CIC-01"), world.person("CIC-02"))
    world.response(interview, "missions", [("CIC-01", "Three of us went.")], value=3)
    world.response(interview, "worth", "It was worth it.")
    world.response(interview, "own_time", value={"membership": percent(50)}, respondent="CIC-02")
    tables = tabulate(world.evidence(), "totals")
    assert [table.question for table in tables] == ["cic:own_time"]
    assert tables[0].cells["membership@total", "fte"].persons == ("CIC-02",)
    assert any("counted for no person: 1." in note for note in tables[0].notes)
