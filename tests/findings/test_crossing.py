"""Two attributes crossed, against persons counted by hand."""

from __future__ import annotations

import pytest

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import tabulate
from tests.findings.world import World


def made() -> World:
    """CIC: two in Geneva, one at headquarters; DFA: one whose place is not stated."""
    world = World()
    for code, place in (
        ("CIC-01", "geneva"),
        ("CIC-02", "headquarters"),
        ("CIC-03", "geneva"),
        ("DFA-01", None),
    ):
        interview = world.interviewed(code, place=place)
        rated = world.response(interview, "oversight", "Late.", value=3, disposition="answered")
        world.code(rated, "council", "1.1")
        world.position(code, "1.1", "mixed" if code == "CIC-03" else "favourable")
    world.response("i-CIC-01", "missions", value=4, disposition="answered")
    world.response("i-CIC-03", "missions", value=5, disposition="answered")
    return world


def crossed(what: str, by: str = "group~place", language: str = "en") -> Table:
    return tabulate(made().evidence(), what, by=by, language=language)[0]


def test_each_pair_of_values_that_somebody_has_is_a_column() -> None:
    table = crossed("positions", language="fr")
    assert table.grid()[0] == [
        "",
        "CIC / Administration centrale",
        "CIC / Genève",
        "DFA / non précisé",
        "Ensemble",
    ]
    assert [line[1:] for line in table.grid()[1:]] == [
        ["1", "1", "1", "3"],
        ["0", "1", "0", "1"],
        ["0", "0", "0", "0"],
        ["0", "0", "0", "0"],
        ["1", "2", "1", "4"],
    ]
    cell = table.cells["favourable", "group=CIC~place=geneva"]
    assert (cell.persons, cell.n) == (("CIC-01",), 2)
    assert cell.trace == "positions/1.1/favourable/group=CIC~place=geneva"


def test_the_other_way_round_the_same_persons_stand_in_another_order() -> None:
    assert [column.label for column in crossed("codes", "place~group").columns] == [
        "Headquarters / CIC",
        "Geneva / CIC",
        "not stated / DFA",
        "All",
    ]


@pytest.mark.parametrize(
    ("what", "row", "column", "persons"),
    [
        ("codes", "governance", "group=CIC~place=geneva", ("CIC-01", "CIC-03")),
        ("dispositions", "group=CIC~place=geneva", "answered", ("CIC-01", "CIC-03")),
        ("ratings", "group=CIC~place=headquarters", "3", ("CIC-02",)),
        ("totals", "group=CIC~place=geneva", "sum", ("CIC-01", "CIC-03")),
        ("coverage", "1.1", "group=DFA~place=:asked", ("DFA-01",)),
    ],
)
def test_every_kind_of_table_is_crossed(what: str, row: str, column: str, persons: tuple[str, ...]) -> None:
    assert crossed(what).cells[row, column].persons == persons


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("group~group", "two different ones"),
        ("group~place~level", "two different ones"),
        ("group~plce", "did you mean place"),
    ],
)
def test_what_cannot_be_crossed_is_told(by: str, told: str) -> None:
    with pytest.raises(FindingsError, match=told):
        crossed("codes", by)
