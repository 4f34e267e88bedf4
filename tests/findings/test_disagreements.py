"""Disagreements are told side by side; what is decided stands in tables, and never in agreement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldkit.findings.agreement import agreement_tables
from fieldkit.findings.disagreements import disagreements
from fieldkit.findings.evidence import Evidence
from fieldkit.records.adjudications import Adjudication, adjudication_id
from fieldkit.records.codings import Coding
from tests.findings.world import World


@pytest.fixture
def world() -> World:
    """Two coders of one interview: AB and MT differ on costs, and in the words of council."""
    world = World()
    interview = world.interviewed("CIC-01")
    change = world.response(interview, "change", "The Council meets twice, and costs rise.")
    world.code(change, "council", coder="AB", start=0, end=11)
    world.code(change, "council", coder="MT", start=4, end=11)
    world.code(change, "costs", coder="MT", start=30, end=40)
    world.code(change, "scbf", coder="AB", start=0, end=5)
    world.code(change, "scbf", coder="MT", start=0, end=5)
    return world


RESPONSE = "i-CIC-01:change"


def decided(evidence: Evidence, code: str, *consensus: Coding) -> Evidence:
    adjudication = Adjudication(
        id=adjudication_id(RESPONSE, code),
        response=RESPONSE,
        code=code,
        codings=[coding.id for coding in consensus],
    )
    return replace(
        evidence,
        codings=(*evidence.codings, *consensus),
        adjudications=(*evidence.adjudications, adjudication),
    )


def test_what_one_gave_and_another_did_not_stands_side_by_side(world: World) -> None:
    evidence = world.evidence()
    (only,) = disagreements(evidence)
    assert (only.code, only.kind, only.settled) == ("costs", "given", None)
    assert {coder: len(codings) for coder, codings in only.given.items()} == {"AB": 0, "MT": 1}
    words, given = disagreements(evidence, unit="passage")
    assert (words.code, words.kind, given.code) == ("council", "words", "costs")
    assert [each.start for codings in words.given.values() for each in codings] == [0, 4]


def test_a_coder_who_has_not_read_the_interview_does_not_disagree(world: World) -> None:
    world.code(world.response(world.interviewed("DFA-01"), "bodies", "They work."), "costs", coder="ZZ")
    assert [each.code for each in disagreements(world.evidence())] == ["costs"]
    assert disagreements(world.evidence(), coders=["MT"]) == []


def test_what_was_decided_counts_for_its_code_alone(world: World) -> None:
    consensus = Coding(
        id="agreed", response=RESPONSE, code="council", coder="MT", start=0, end=11, layer="consensus"
    )
    evidence = decided(decided(world.evidence(), "costs"), "council", consensus)
    counted = sorted((each.coding.code, each.coding.layer or each.coding.coder) for each in evidence.passages)
    assert counted == [("council", "consensus"), ("scbf", "AB"), ("scbf", "MT")]
    assert all(each.settled for each in disagreements(evidence, unit="passage"))


def test_agreement_is_that_before_anything_was_decided(world: World) -> None:
    before = [table.to_json() for table in agreement_tables(world.evidence())]
    consensus = Coding(
        id="agreed", response=RESPONSE, code="costs", coder="MT", start=30, end=40, layer="consensus"
    )
    after = agreement_tables(decided(world.evidence(), "costs", consensus))
    figures = [[line["figures"] for line in table["lines"]] for table in before]
    assert [[line["figures"] for line in table.to_json()["lines"]] for table in after] == figures
