"""From every figure of every table back to the persons, responses and words."""

from __future__ import annotations

import pytest

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.findings.trace import trace
from tests.findings.world import World


def spoken() -> World:
    world = World()
    for code in ("CIC-01", "CIC-02", "DFA-01"):
        unit = {"unit": "a~b/50% of c"} if code == "CIC-01" else {}
        world.interviewed(code, place="geneva" if code != "CIC-02" else None, attributes=unit)
    for code, words in (("CIC-01", "Papers come late."), ("CIC-02", "Books are read."), ("DFA-01", "Fine.")):
        response = world.response(f"i-{code}", "oversight", words, value=3, disposition="answered")
        world.code(response, "council", "1.1", start=0, end=6, coder="MT")
        world.code(response, "council", "1.1", start=0, end=6, coder="AB")
        world.code(response, "scbf", "1.1", start=7, end=12)
        world.position(code, "1.1", "favourable")
    world.response("i-CIC-02", "missions", value=4, disposition="answered")
    world.response(
        "i-CIC-01", "own_time", value={"membership": {"low": 10, "high": 15}}, disposition="answered"
    )
    return world


def test_a_figure_is_traced_to_its_persons_their_responses_and_the_very_passages() -> None:
    found = trace(spoken().evidence(), "codes/1.1/council/CIC")
    assert (found.cell.value, found.cell.n, found.row, found.column) == (2, 2, "Council", "CIC")
    assert [
        (each.persons, each.item, [(words.text, words.codes) for words in each.words])
        for each in found.responses
    ] == [
        (("CIC-01",), "Oversight", [("Papers", ("council",))]),
        (("CIC-02",), "Oversight", [("Books ", ("council",))]),
    ]


def test_a_code_above_others_is_traced_to_the_passages_of_all_below_it() -> None:
    found = trace(spoken().evidence(), "codes/1.1/governance/total:passages")
    assert found.cell.value == sum(len(each.words) for each in found.responses) == 6


def test_a_position_is_traced_to_all_that_was_said_on_the_question() -> None:
    found = trace(spoken().evidence(), "positions/1.1/favourable/place=geneva", "fr")
    assert found.cell.persons == ("CIC-01", "DFA-01")
    assert [each.value for each in found.of_person("CIC-01")] == ["3 Good (fr)"]
    assert [words.text for each in found.responses for words in each.words] == ["Papers come late.", "Fine."]


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("by", ["group", "place", "group~place", "place~attributes.unit"])
def test_every_figure_of_every_table_is_found_by_its_id_with_all_that_is_behind_it(
    what: str, by: str
) -> None:
    evidence = spoken().evidence()
    tables: list[Table] = tabulate(evidence, what, by=by)
    assert tables
    for table in tables:
        for cell in table.cells.values():
            found = trace(evidence, cell.trace)
            assert found.cell == cell
            assert {each.id for each in found.responses} == set(cell.responses)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("nothing", "'nothing' names no figure"),
        ("codes/1.1/council", "names no figure"),
        ("sums/1.1/council/CIC", "no table 'sums'"),
        ("codes/1.1/council/XYZ", "no table has a figure"),
        ("codes/9.9/council/CIC", "no table has a figure"),
        ("codes/1.1/a\x1b[2J/CIC", "\u241b[2J"),
    ],
)
def test_what_is_no_figure_is_told_in_one_line(cell: str, told: str) -> None:
    with pytest.raises(FindingsError) as caught:
        trace(spoken().evidence(), cell)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_words_of_who_took_consent_back_are_in_no_trace() -> None:
    world = spoken()
    world.consent("i-CIC-01", "CIC-01", given=True, withdrawn_at="2005-03-02T10:00:00Z")
    found = trace(world.evidence(), "codes/1.1/council/total")
    assert found.cell.persons == ("CIC-02", "DFA-01")
    assert all("Papers" not in words.text for each in found.responses for words in each.words)
