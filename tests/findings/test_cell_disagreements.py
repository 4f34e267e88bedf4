"""Where two coders chart one person differently, and what was agreed stands in tables, not in agreement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldkit.findings.agreement_positions import position_agreement
from fieldkit.findings.cell_disagreements import cell_disagreements
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.positions import held_positions
from fieldkit.records.codings import ChartCell, chart_cell_id
from tests.findings.world import World


def cell(person: str, coder: str, position: str | None, basis: str | None = None, **more: str) -> ChartCell:
    return ChartCell(
        id=chart_cell_id(person, "1.1", coder, more.get("layer")),
        respondent=person,
        evaluation_question="1.1",
        coder=coder,
        position=position,
        basis=basis,
        **more,
    )


@pytest.fixture
def evidence() -> Evidence:
    """AB and MT chart four persons: one alike, one in position, one in basis, one where AB says nothing."""
    world = World()
    for code in ("CIC-01", "CIC-02", "CIC-03", "CIC-04"):
        world.interviewed(code)
    found = world.evidence()
    by_code = {person.code: person.id for person in found.people.values()}
    one, two, three, four = (by_code[f"CIC-0{n}"] for n in range(1, 5))
    cells = [
        cell(one, "AB", "favourable"),
        cell(one, "MT", "favourable"),
        cell(two, "AB", "favourable"),
        cell(two, "MT", "unfavourable"),
        cell(three, "AB", "mixed", "first-hand"),
        cell(three, "MT", "mixed", "opinion"),
        cell(four, "AB", None),
        cell(four, "MT", "mixed"),
    ]
    return replace(found, chart=tuple(cells))


def test_persons_whose_cells_differ_are_listed_with_who_said_what(evidence: Evidence) -> None:
    position, basis = cell_disagreements(evidence)
    assert evidence.people[position.respondent].code == "CIC-02"
    assert position.positions_differ
    assert {coder: each.position for coder, each in position.given.items()} == {
        "AB": "favourable",
        "MT": "unfavourable",
    }
    assert evidence.people[basis.respondent].code == "CIC-03"
    assert not basis.positions_differ


@pytest.mark.parametrize(("agreed", "counted"), [("unfavourable", True), (None, False)])
def test_what_was_agreed_is_counted_and_agreement_is_as_before(
    evidence: Evidence, agreed: str | None, counted: bool
) -> None:
    two = cell_disagreements(evidence)[0].respondent
    assert held_positions(evidence)["1.1"].disputed == {two}
    decided = replace(evidence, chart=(*evidence.chart, cell(two, "SR", agreed, layer="consensus")))
    held = held_positions(decided)["1.1"]
    assert held.disputed == set()
    assert held.positions.get(two) == agreed
    assert (two in held.open) is not counted
    assert [each.settled is not None for each in cell_disagreements(decided)] == [True, False]
    assert position_agreement(decided) == position_agreement(evidence)
