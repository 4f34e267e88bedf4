"""Positions, against charts counted by hand."""

from __future__ import annotations

from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import tabulate
from tests.findings.world import World


def positions(world: World, question: str, **more: str) -> Table:
    tables = tabulate(world.evidence(), "positions", question=question, **more)
    assert len(tables) == 1
    return tables[0]


def met(*codes: str) -> World:
    world = World()
    for code in codes:
        world.interviewed(code)
    return world


def test_persons_by_position_and_group_with_all_who_hold_one_as_the_base() -> None:
    world = met("CIC-01", "CIC-02", "CIC-03", "DFA-01", "DFA-02")
    said = world.response("i-CIC-01", "oversight", "They do look at the books.", value=3)
    other = world.response("i-CIC-01", "worth", "And it is worth it.")
    world.code(other, "costs", "1.1")
    for code, position in (
        ("CIC-01", "favourable"),
        ("CIC-02", "favourable"),
        ("CIC-03", "mixed"),
        ("DFA-01", "unfavourable"),
    ):
        world.position(code, "1.1", position)
    table = positions(world, "1.1", language="fr")
    assert table.title == "1.1 Positions sur : Members oversee. (fr)"
    assert table.grid() == [
        ["", "CIC", "DFA", "CIDA", "IOM", "Ensemble"],
        ["Favorable", "2", "0", "–", "–", "2"],
        ["Mixed (fr)", "1", "0", "–", "–", "1"],
        ["Unfavourable (fr)", "0", "1", "–", "–", "1"],
        ["No view (fr)", "0", "0", "–", "–", "0"],
        ["Ensemble", "3", "1", "–", "–", "4"],
    ]
    cell = table.cells["favourable", "CIC"]
    assert (cell.n, cell.persons, cell.trace) == (3, ("CIC-01", "CIC-02"), "positions/1.1/favourable/CIC")
    # What her position rests on: what she answered on it, and what was coded to it elsewhere.
    assert cell.responses == tuple(sorted((said, other)))


def test_coders_who_differ_are_not_counted_until_they_agree() -> None:
    world = met("CIC-01", "CIC-02", "CIC-03")
    world.position("CIC-01", "3.3", "favourable", coder="AB")
    world.position("CIC-01", "3.3", "mixed", coder="MT")
    world.position("CIC-02", "3.3", "mixed", coder="AB")
    world.position("CIC-02", "3.3", None, coder="MT")
    world.position("CIC-03", "3.3", None)
    table = positions(world, "3.3")
    assert table.cells["total", "CIC"].persons == ("CIC-02",)
    assert "Coders differ on the position, not counted: CIC-01." in table.notes
    assert "Chart cell without a position yet, not counted: CIC-03." in table.notes
    world.position("CIC-01", "3.3", "mixed", coder="", layer="consensus")
    table = positions(world, "3.3")
    assert table.cells["mixed", "CIC"].persons == ("CIC-01", "CIC-02")
    assert not any("Coders differ" in note for note in table.notes)


def test_each_part_has_its_table_and_what_is_on_no_proposition_is_said() -> None:
    world = met("CIC-01")
    world.position("CIC-01", "1.4b", "favourable")
    world.position("CIC-01", "1.4", "favourable", coder="AB")
    world.position("CIC-01", "1.1", "enthusiastic")
    tables = tabulate(world.evidence(), "positions")
    assert [table.question for table in tables] == ["1.1", "1.4a", "1.4b", "3.3"]
    assert [table.cells["total", "total"].value for table in tables] == [None, None, 1, None]
    assert "Positions that the framework does not have, not counted: CIC-01." in tables[0].notes
    assert all(
        "Chart cells on what is no proposition of the framework, not counted: 1.4." in table.notes
        for table in tables
    )


def test_a_chart_cell_goes_with_the_consent_it_was_filled_under() -> None:
    world = met("CIC-01", "CIC-02")
    world.position("CIC-01", "1.1", "favourable", interview="i-CIC-01")
    world.position("CIC-02", "1.1", "favourable")
    world.consent("i-CIC-01", "CIC-01", given=True, withdrawn_at="2005-06-30T10:00:00Z")
    assert positions(world, "1.1").cells["total", "total"].persons == ("CIC-02",)
    world.consent("i-CIC-02", "CIC-02", given=False)
    assert positions(world, "1.1").cells["total", "total"].value is None


def test_a_chart_cell_goes_with_the_interview_that_was_withdrawn() -> None:
    world = met("CIC-02")
    world.interview(world.person("CIC-01"), state="withdrawn")
    world.position("CIC-01", "1.1", "favourable")
    world.position("CIC-02", "1.1", "mixed")
    # Nobody met her, but she wrote.
    world.position(world.person("CIC-03"), "1.1", "mixed")
    assert positions(world, "1.1").cells["total", "total"].persons == ("CIC-02", "CIC-03")
