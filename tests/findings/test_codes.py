"""Codes, against persons and passages counted by hand."""

from __future__ import annotations

import pytest

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.tabulate import tabulate
from tests.findings.world import World


def spoken() -> World:
    world = World()
    first = world.response(world.interviewed("CIC-01"), "change", "The Council is slow, the SCBF is not.")
    second = world.response(world.interviewed("CIC-02"), "worth", "The Council alone is worth it.")
    third = world.response(world.interviewed("DFA-01"), "bodies", "Costs again.")
    world.code(first, "council", "1.4b", start=0, end=19)
    world.code(first, "scbf", "1.4b", start=21, end=36)
    world.code(first, "council", "1.4b", start=21, end=36)
    world.code(second, "council", "3.3", start=0, end=11)
    world.code(second, "governance", "1.4", start=0, end=11)
    world.code(third, "costs", "1.4", coder="AB")
    world.code(third, "costs", "1.4", coder="MT")
    return world


def test_a_person_counts_once_under_a_code_and_once_above_it() -> None:
    persons, passages = tabulate(spoken().evidence(), "codes")
    assert persons.grid() == [
        ["", "CIC", "DFA", "CIDA", "IOM", "All"],
        ["Governance", "2", "0", "–", "–", "2"],
        ["  Council", "2", "0", "–", "–", "2"],
        ["  SCBF", "1", "0", "–", "–", "1"],
        ["Value", "0", "1", "–", "–", "1"],
        ["  Costs", "0", "1", "–", "–", "1"],
    ]
    assert [line[5] for line in passages.grid()] == ["All", "3", "3", "1", "1", "1"]
    cell = persons.cells["governance", "CIC"]
    assert (cell.n, cell.persons) == (2, ("CIC-01", "CIC-02"))
    assert cell.responses == ("i-CIC-01:change", "i-CIC-02:worth")
    assert cell.trace == "codes/all/governance/CIC"
    assert passages.cells["costs", "DFA:passages"].trace == "codes/all/costs/DFA:passages"


def test_only_codings_tied_to_the_question_asked_for() -> None:
    persons, passages = tabulate(spoken().evidence(), "codes", question="1.4")
    assert persons.cells["council", "total"].persons == ("CIC-01",)
    assert persons.cells["governance", "total"].persons == ("CIC-01", "CIC-02")
    assert passages.cells["council", "total:passages"].value == 2
    part, _ = tabulate(spoken().evidence(), "codes", question="1.4a")
    assert part.cells["governance", "total"].persons == ("CIC-02",)
    assert part.cells["costs", "total"].persons == ("DFA-01",)


def test_consensus_stands_for_the_coders_own_work_on_a_response() -> None:
    world = spoken()
    world.code("i-CIC-01:change", "costs", "3.3", layer="consensus")
    persons, _ = tabulate(world.evidence(), "codes")
    assert persons.cells["scbf", "total"].value == 0
    assert persons.cells["costs", "total"].persons == ("CIC-01", "DFA-01")
    assert "Responses counted by their consensus codings alone: 1." in persons.notes


def test_a_code_that_the_codebook_lacks_is_listed_and_said() -> None:
    world = spoken()
    world.code("i-CIC-02:worth", "savings", "3.3")
    persons, _ = tabulate(world.evidence(), "codes")
    assert persons.rows[-1].id == "savings"
    assert persons.cells["savings", "CIC"].value == 1
    assert "Codes that the codebook does not have: savings." in persons.notes


def test_in_a_joint_interview_only_words_with_a_name_count_for_a_person() -> None:
    world = World()
    interview = world.interview(world.person("CIC-01"), world.person("CIC-02"), world.person("CIC-03"))
    lines = [("CIC-01", "Council good."), (None, "Noise."), ("CIC-02", "Council bad."), ("CIC-03", "Hm.")]
    response = world.response(interview, "change", lines)
    world.consent(interview, "CIC-03", given=False)
    text = world.responses[0].text
    assert text[14:20] == "Noise."
    # The newline after a paragraph is nobody's, and does not reach into the next one.
    world.code(response, "council", "1.4b", start=0, end=14)
    world.code(response, "scbf", "1.4b", start=13, end=20)
    world.code(response, "governance", "1.4b", start=8, end=len(text))
    world.code(response, "costs", "1.4b", start=text.index("Hm."), end=len(text))
    persons, passages = tabulate(world.evidence(), "codes")
    assert persons.cells["council", "CIC"].persons == ("CIC-01",)
    assert persons.cells["scbf", "CIC"].value == 0
    assert passages.cells["scbf", "CIC:passages"].value == 0
    assert passages.cells["scbf", "total:passages"].value == 1
    assert persons.cells["governance", "CIC"].persons == ("CIC-01", "CIC-02")
    # Her words are hers alone, and she refused.
    assert passages.cells["costs", "total:passages"].value == 0
    assert persons.cells["governance", "CIC"].n == 2


@pytest.mark.parametrize(
    ("what", "more", "message"),
    [
        ("themes", {}, "no table 'themes': there are positions, codes,"),
        ("codes", {"by": "rank"}, "no attribute 'rank' to tabulate by: there are group,"),
        ("codes", {"by": "plce"}, "did you mean place?"),
        ("codes", {"question": "1.5"}, "no evaluation question '1.5': did you mean"),
    ],
)
def test_what_there_is_no_table_of_is_refused_in_one_line(what: str, more: dict, message: str) -> None:
    with pytest.raises(FindingsError, match=message.replace("?", r"\?")) as caught:
        tabulate(spoken().evidence(), what, **more)
    assert "\n" not in str(caught.value)
