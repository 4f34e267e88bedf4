"""Tables kept to some persons, or to one layer: what is left out is left out wholly, and nothing else."""

from __future__ import annotations

import pytest

from fieldkit.findings.narrowing import Narrowing, narrowed
from fieldkit.findings.tabulate import WHATS, tabulate
from tests.findings.world import World

GROUPS = ("CIC", "DFA")


def spoken() -> World:
    world = World()
    for code, place in (("CIC-01", "geneva"), ("CIC-02", "headquarters"), ("DFA-01", "headquarters")):
        world.interviewed(code, place=place)
        response = world.response(f"i-{code}", "oversight", "Late.", value=3, disposition="answered")
        world.code(response, "council", "1.1", start=0, end=4, coder="MT")
        world.position(code, "1.1", "favourable")
    return world


@pytest.mark.parametrize("what", WHATS)
def test_a_group_s_column_says_the_same_when_nobody_else_is_there(what: str) -> None:
    evidence = spoken().evidence()
    for group in GROUPS:
        kept = narrowed(evidence, Narrowing().toggled("group", group))
        for whole, part in zip(
            tabulate(evidence, what, question="1.1"), tabulate(kept, what, question="1.1"), strict=False
        ):
            for (row, column), cell in whole.cells.items():
                if column.partition(":")[0] == group and (row, column) in part.cells:
                    assert part.cells[row, column] == cell


def test_every_attribute_named_must_fit_and_one_of_its_values_is_enough() -> None:
    evidence = spoken().evidence()
    headquarters = Narrowing().toggled("place", "place=headquarters")
    assert {person.code for person in narrowed(evidence, headquarters).respondents} == {"CIC-02", "DFA-01"}
    both = headquarters.toggled("group", "CIC")
    assert [person.code for person in narrowed(evidence, both).respondents] == ["CIC-02"]
    either = both.toggled("place", "place=geneva")
    assert {person.code for person in narrowed(evidence, either).respondents} == {"CIC-01", "CIC-02"}
    assert narrowed(evidence, either.toggled("group", "CIC")).notes("en") == evidence.notes("en")
    assert headquarters.toggled("place", "place=headquarters").everything


def test_a_joint_interview_counts_for_the_person_who_stays_and_says_nothing_of_the_other() -> None:
    world = World()
    joint = world.interview(world.person("CIC-01"), world.person("DFA-01"))
    world.response(joint, "oversight", value=2, disposition="answered", respondent="CIC-01")
    world.response(joint, "oversight", value=4, disposition="answered", respondent="DFA-01")
    kept = narrowed(world.evidence(), Narrowing().toggled("group", "CIC"))
    assert [heard.persons for heard in kept.heard.values()] == [(kept.respondents[0].id,)]
    assert kept.notes("en") == []


def test_a_layer_alone_is_what_its_coders_gave() -> None:
    world = spoken()
    response = "i-CIC-01:oversight"
    world.code(response, "scbf", "1.1", start=0, end=4, coder="MT", layer="consensus")
    evidence = world.evidence()

    def given(to: Narrowing) -> list[str]:
        passages = narrowed(evidence, to).passages
        return [each.coding.code for each in passages if each.coding.response == response]

    assert given(Narrowing()) == ["scbf"]
    assert given(Narrowing().with_layer("own")) == ["council"]
    assert given(Narrowing().with_layer("consensus")) == ["scbf"]
    assert Narrowing().with_layer("own").with_layer("own").everything
