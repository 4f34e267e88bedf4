"""Every figure of the tables that ground findings leads back to its persons, responses and words."""

from __future__ import annotations

import pytest

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.standpoints import Statement
from fieldkit.findings.table import Heading
from fieldkit.findings.trace import trace
from fieldkit.findings.traced import Trace
from fieldkit.records.codings import Coding
from tests.findings.test_grounds_tables import seven_interviews
from tests.findings.test_triangulate import CODING, MINUTES, OWN, framework, world
from tests.findings.world import World

STATED = [(Heading("f", "1.1 They do."), Statement("1.1", True, ("m",)))]


def told(found: Trace) -> list[tuple[tuple[str, ...], str, list[str]]]:
    """Persons, id and words of each response."""
    return [(each.persons, each.id, [words.text for words in each.words]) for each in found.responses]


def test_saturation_leads_back_to_what_was_coded_in_its_interviews() -> None:
    gathered = seven_interviews().evidence()
    worth = [((f"CIC-0{n}",), f"i-CIC-0{n}:worth", ["Worth it."]) for n in range(1, 7)]
    # The base is the first four interviews, the last run the fifth and sixth; the second brought a code.
    for cell, value, text, rests_on in (
        ("saturation/all/3.3/interviews", 6, "6", worth),
        ("saturation/all/3.3/codes", 2, "2", worth),
        ("saturation/all/3.3/base", 2, "2", worth[:4]),
        ("saturation/all/3.3/new", 0, "0", worth[4:]),
        ("saturation/all/3.3/share", 0, "0%", worth),
        ("saturation/all/3.3/group=CIC", 6, "after 6", worth),
        ("saturation/all/2/codes after 3.3", 2, "2", worth[1:2]),
    ):
        found = trace(gathered, cell)
        assert (found.cell.value, found.cell.text, told(found)) == (value, text, rests_on), cell
    few = trace(gathered, "saturation/all/1.1/interviews")
    assert (few.cell.value, told(few)) == (1, [(("DFA-01",), "i-DFA-01:oversight", ["Yes."])])


def test_what_sources_say_to_a_finding_leads_back_to_answers_and_to_passages_of_documents() -> None:
    made = world()
    said = next(each for each in made.responses if each.interview == "i-CIC-01")
    made.codings.append(CODING)
    gathered = made.evidence(framework=framework(), documents=(MINUTES, OWN))
    for group, persons in (("CIC", 3), ("DFA", 2)):
        found = trace(gathered, f"triangulation/all/f/{group}", stated=STATED)
        answered = [
            ((f"{group}-0{n}",), f"i-{group}-0{n}:oversight", ["Said."]) for n in range(1, 1 + persons)
        ]
        assert (told(found), found.cell.n) == (answered, persons)
    # She has a position in the chart, and answered nothing.
    alone = trace(gathered, "triangulation/all/f/IOM", stated=STATED)
    assert (alone.cell.persons, told(alone)) == (("IOM-01",), [])
    papers = trace(gathered, "triangulation/all/f/method=papers", stated=STATED)
    assert told(papers) == [((), "minutes", ["They"])]
    # A finding without a side rests on the passages named, and on nothing else.
    made.codings.append(Coding.of({"id": "n", "response": said.id, "code": "council", "end": 4, "start": 0}))
    neither = [(Heading("g", "1.1 So."), Statement("1.1", None, ("n",)))]
    gathered = made.evidence(framework=framework(), documents=(MINUTES, OWN))
    named = trace(gathered, "triangulation/all/g/talks", stated=neither)
    assert told(named) == [(("CIC-01",), said.id, ["Said."])]


def test_evidence_gaps_and_divergence_lead_back_too() -> None:
    made = world()
    made.codings.append(CODING.model_copy(update={"evaluation_questions": ["1.1"]}))
    gathered = made.evidence(framework=framework(), documents=(MINUTES, OWN))
    persons = [((f"DFA-0{n}",), f"i-DFA-0{n}:oversight", ["Said."]) for n in (1, 2)]
    assert told(trace(gathered, "evidence/all/1.1.2/DFA")) == persons
    papers = trace(gathered, "evidence/all/1.1.1/method=papers")
    assert (papers.cell.value, told(papers)) == (1, [((), "minutes", ["They"])])
    lacks = trace(gathered, "gaps/all/1.1/IOM")
    assert (lacks.cell.text, lacks.cell.persons, told(lacks)) == ("nobody answered", (), [])
    apart = trace(gathered, "divergence/all/1.1/CIC DFA")
    assert apart.cell.persons == ("CIC-01", "CIC-02", "CIC-03", "DFA-01")
    assert [name for _, name, _ in told(apart)] == [f"i-{each}:oversight" for each in apart.cell.persons]


def test_the_profile_leads_back_to_persons_by_each_thing_that_they_are_counted_by() -> None:
    made = World()
    made.interviewed("CIC-01", place="geneva")
    made.person("CIC-02", place="geneva")
    made.interviewed("DFA-01")
    gathered = made.evidence()
    for cell, persons in (
        ("profile/all/CIC/identified", ("CIC-01", "CIC-02")),
        ("profile/all/CIC/interviewed", ("CIC-01",)),
        ("profile/all/place=geneva/identified", ("CIC-01", "CIC-02")),
        ("profile/all/place=geneva/interviewed", ("CIC-01",)),
        ("profile/all/IOM/identified", ()),
        ("profile/all/total/identified", ("CIC-01", "CIC-02", "DFA-01")),
        ("profile/all/total/interviewed", ("CIC-01", "DFA-01")),
    ):
        found = trace(gathered, cell)
        assert (found.cell.persons, found.cell.value, found.responses) == (persons, len(persons), ()), cell


def test_what_no_table_has_is_refused_in_one_line() -> None:
    gathered = world().evidence()
    for cell, why in (
        ("saturation/all/9.9/codes", "tabulate --what saturation"),
        ("triangulation/all/f/CIC", "tabulate --what triangulation"),
        ("guesses/all/1.1/CIC", "divergence"),
    ):
        with pytest.raises(FindingsError, match=why) as refused:
            trace(gathered, cell)
        assert "\n" not in str(refused.value)
