"""Choices, against persons counted by hand."""

from __future__ import annotations

from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import tabulate
from tests.findings.world import BODIES, THINGS, World, guide, item

GUIDE = guide(
    "cic",
    "CIC",
    [
        item("unit", "single", [], context=True, choices=THINGS, other=True),
        item("used", "multiple", ["3.3"], choices=THINGS, other=True),
        item("known", "grid", ["1.4a"], rows=BODIES, cell="single", choices=THINGS[:2]),
    ],
)


def choices(world: World, item_id: str, **more: str) -> Table:
    tables = tabulate(world.evidence(guides={"cic": GUIDE}), "ratings", **more)
    return next(each for each in tables if each.question == f"cic:{item_id}")


def line(table: Table, row: str) -> list[str]:
    return [table.cells[row, column.id].text for column in table.columns]


def test_one_of_several_with_those_in_own_words_under_other() -> None:
    world = World()
    for number, value in enumerate(("forum", "forum", "savings", {"other": "the Library"}), start=1):
        place = "geneva" if number < 3 else "headquarters"
        world.response(world.interviewed(f"CIC-0{number}", place=place), "unit", value=value)
    world.response(world.interviewed("CIC-05", place="geneva"), "unit", disposition="don't know")
    table = choices(world, "unit", by="place", language="fr")
    assert [column.label for column in table.columns] == [
        *("Forum (fr)", "Services (fr)", "Savings (fr)", "autre"),
        *("n", "ne sait pas", "sans objet"),
    ]
    assert line(table, "total") == ["2", "0", "1", "1", "4", "1", "0"]
    assert line(table, "place=geneva") == ["2", "0", "0", "0", "2", "1", "0"]
    assert line(table, "place=headquarters") == ["0", "0", "1", "1", "2", "0", "0"]
    assert table.cells["total", "forum:chosen"].persons == ("CIC-01", "CIC-02")


def test_whoever_chose_several_counts_once_under_each_and_once_in_n() -> None:
    world = World()
    chosen = (["forum", "savings"], ["forum"], [], ["services", {"other": "x"}])
    for number, value in enumerate(chosen, start=1):
        world.response(world.interviewed(f"CIC-0{number}"), "used", value=value)
    table = choices(world, "used", question="3.3")
    assert line(table, "total") == ["2", "1", "1", "1", "4", "0", "0"]
    assert table.notes[0].startswith("Several could be chosen")


def test_each_row_of_a_grid_of_choices_has_its_own_n() -> None:
    world = World()
    world.response(world.interviewed("CIC-01"), "known", value={"council": "forum", "scbf": "services"})
    world.response(world.interviewed("CIC-02"), "known", value={"council": "forum", "scbf": None})
    table = choices(world, "known", question="1.4")
    assert line(table, "council@total")[:3] == ["2", "0", "2"]
    assert line(table, "scbf@total")[:3] == ["0", "1", "1"]


def test_what_cannot_be_chosen_is_told_and_not_counted() -> None:
    world = World()
    for number, value in enumerate(("peace", ["forum"], 3, {"more": "x"}, "forum"), start=1):
        world.response(world.interviewed(f"CIC-0{number}"), "unit", value=value)
    table = choices(world, "unit")
    assert line(table, "total")[:5] == ["1", "0", "0", "0", "1"]
    assert any(note.endswith("not counted: 4.") for note in table.notes)
