"""Agreement on charted positions: an ordered scale, against figures computed by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from fieldkit.findings.agreement import agreement_tables
from fieldkit.findings.agreement_positions import position_agreement
from fieldkit.findings.errors import FindingsError
from fieldkit.records.assignments import Assignment
from tests.findings.world import World

CHARTED = ("favourable favourable", "favourable mixed", "unfavourable unfavourable", "mixed unfavourable")


@pytest.fixture
def world() -> World:
    """Four persons whom AB and MT charted on 1.1, and a fifth on whom no stance is told."""
    world = World()
    for number, positions in enumerate((*CHARTED, "no_view favourable"), start=1):
        person = world.person(f"CIC-0{number}")
        world.interview(person)
        for coder, position in zip(("AB", "MT"), positions.split(), strict=True):
            world.position(person, "1.1", position, coder)
    return world


def test_steps_between_positions_count(world: World) -> None:
    coders, by_question = position_agreement(world.evidence())
    (line,) = coders.lines
    assert (line.coders, line.units, [each.id for each in by_question.lines]) == (("AB", "MT"), 4, ["1.1"])
    # Distances of 0, 1/2, 0, 1/2: 1/4 observed. AB has favourable 2, mixed 1, unfavourable 1 of 4, MT has
    # 1, 1, 2. Expected: (2*1*1/2 + 2*2*1 + 1*1*1/2 + 1*2*1/2 + 1*1*1 + 1*1*1/2) / 16 = 8/16.
    assert line.figures["cohen"].value == pytest.approx(float(1 - Fraction(1, 4) / Fraction(1, 2)))
    assert line.figures["percent"].value == pytest.approx(0.5)
    import krippendorff

    data = [[1, 1, 3, 2], [1, 2, 3, 3]]
    expected = krippendorff.alpha(data, level_of_measurement="ordinal")
    assert line.figures["alpha"].value == pytest.approx(expected)
    assert any("no stance, left out: 1" in note for note in by_question.notes)


def test_consensus_is_not_compared_and_one_coder_agrees_with_nobody(world: World) -> None:
    before = [table.to_json() for table in position_agreement(world.evidence())]
    agreed = world.evidence().chart[0].model_copy(update={"id": "agreed", "layer": "consensus"})
    after = replace(world.evidence(), chart=(*world.evidence().chart, agreed))
    assert [table.to_json() for table in position_agreement(after)] == before
    with pytest.raises(FindingsError, match="no two coders"):
        position_agreement(world.evidence(), coders=["AB"])


def test_a_share_that_was_handed_in_is_read_though_nothing_was_found_in_it() -> None:
    world = World()
    interview = world.interviewed("CIC-01")
    world.code(world.response(interview, "change", "They change."), "costs", coder="MT")
    assignment = Assignment(id="a", coder="SR", interviews=[interview], handed_in_at="2005-03-01T14:00:00Z")
    evidence = replace(world.evidence(), assignments=(assignment,))
    (line, *_) = agreement_tables(evidence)[0].lines
    assert line.coders == ("MT", "SR")
    assert line.figures["percent"].value == 0
    blind = assignment.model_copy(update={"handed_in_at": None})
    with pytest.raises(FindingsError):
        agreement_tables(replace(world.evidence(), assignments=(blind,)))
