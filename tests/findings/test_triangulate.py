"""Triangulation, the evidence matrix, gaps and divergence, against what was worked out by hand."""

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.findings.divergence import divergences, total_variation
from fieldkit.findings.errors import FindingsError
from fieldkit.findings.standpoints import Statement
from fieldkit.findings.triangulate import Gap, evidence_matrix, gaps, triangulation
from fieldkit.protocol.framework import Framework
from fieldkit.records.codings import Coding
from fieldkit.records.documents import Document
from tests.findings.world import FRAMEWORK, World, text

LINES = [
    {"id": "talks", "name": text("Interviews"), "kind": "interviews"},
    {"id": "papers", "name": text("Documents"), "kind": "documents"},
]


def framework() -> Framework:
    data = FRAMEWORK.model_dump(mode="json", exclude_none=True, by_alias=True)
    data["lines_of_evidence"] = LINES
    data["matrix"]["papers"] = {"1.1": "asked", "3.3": "asked"}
    indicators = [{"id": f"1.1.{n}", "text": text("Shown")} for n in (1, 2)]
    data["issues"][0]["evaluation_questions"][0]["indicators"] = indicators
    return Framework.model_validate(data)


def world() -> World:
    made = World()
    stands = {
        "CIC-01": "favourable",
        "CIC-02": "favourable",
        "CIC-03": "mixed",
        "DFA-01": "unfavourable",
        "DFA-02": "no_view",
        "IOM-01": "favourable",
    }
    for code, position in stands.items():
        interview = made.interviewed(code)
        made.position(code, "1.1", position)
        if not code.startswith("IOM"):
            made.response(interview, "oversight", "Said.", disposition="answered")
    return made


MINUTES = Document(id="minutes", name="Minutes", text="They met.", evaluation_questions=["1.1"])
OWN = Document(id="own", name="Own account", text="We met.", role="profile", evaluation_questions=["3.3"])
CODING = Coding.of({"id": "m", "document": "minutes", "code": "council", "end": 4})


def test_groups_are_sources_within_interviews_and_documents_a_method_of_their_own() -> None:
    made = world()
    made.codings.append(CODING)
    evidence = made.evidence(framework=framework(), documents=(MINUTES, OWN))
    grid = triangulation(evidence, {"f": Statement("1.1", True, ("m",))})["f"]
    assert [(each.id, each.verdict) for each in grid.groups] == [
        ("CIC", "partly"),
        ("DFA", "contradicts"),
        ("CIDA", "silent"),
        ("IOM", "agrees"),
    ]
    assert [(each.id, each.verdict) for each in grid.all_methods] == [
        ("talks", "partly"),
        ("papers", "agrees"),
    ]
    assert (grid.interviews.agree, grid.interviews.against, grid.interviews.answering) == (3, 1, 6)


def test_indicators_have_the_persons_who_answered_and_the_documents() -> None:
    evidence = world().evidence(framework=framework(), documents=(MINUTES, OWN))
    cells = evidence_matrix(evidence, "1.1")
    assert list(cells) == [("1.1", "1.1.1"), ("1.1", "1.1.2")]
    assert cells["1.1", "1.1.1"]["CIC"].persons == ("CIC-01", "CIC-02", "CIC-03")
    assert [cells["1.1", "1.1.2"][each].count for each in ("CIC", "DFA", "CIDA", "IOM", "papers")] == [
        3,
        2,
        0,
        0,
        1,
    ]
    assert evidence_matrix(evidence)["3.3", ""]["papers"].count == 0
    with pytest.raises(FindingsError, match=r"'9\.9'"):
        evidence_matrix(evidence, "9.9")


def test_gaps_are_what_the_matrix_wants_and_nobody_gave() -> None:
    evidence = world().evidence(framework=framework(), documents=(MINUTES, OWN))
    found = gaps(evidence)
    assert Gap("1.1", "IOM", "asked", "not answered") in found
    assert Gap("3.3", "CIDA", "asked", "not interviewed") in found
    assert Gap("3.3", "papers", "asked", "no document") in found
    assert not [gap for gap in found if (gap.question, gap.source) in (("1.1", "CIC"), ("1.1", "papers"))]
    # DFA is asked 1.1 only where involved, and CIDA not at all.
    assert not [gap for gap in found if gap.question == "1.1" and gap.source in ("DFA", "CIDA")]


def test_groups_are_apart_by_half_the_sum_of_differences() -> None:
    """CIC 2/3 for and 1/3 between, DFA all against, IOM all for: 1, 1/3 and 1 by hand."""
    found = {each.groups: each for each in divergences(world().evidence(), "1.1")}
    assert {groups: each.distance for groups, each in found.items()} == {
        ("CIC", "DFA"): Fraction(1),
        ("CIC", "IOM"): Fraction(1, 3),
        ("DFA", "IOM"): Fraction(1),
    }
    assert found["CIC", "DFA"].n == (3, 1)
    assert [each.distance for each in divergences(world().evidence())] == [1, 1, Fraction(1, 3)]


stances = st.dictionaries(st.sampled_from((-1, 0, 1)), st.integers(1, 9), min_size=1)


@given(stances, stances)
def test_the_distance_is_the_largest_difference_of_any_event(
    one: dict[int, int], other: dict[int, int]
) -> None:
    """Levin, Peres and Wilmer, proposition 4.2: half the sum is the maximum over all sets of outcomes."""
    n, m = Counter(one).total(), Counter(other).total()
    events = product((False, True), repeat=3)
    most = max(
        abs(
            sum(
                Fraction(one.get(k, 0), n) - Fraction(other.get(k, 0), m)
                for k, chosen in zip((-1, 0, 1), event, strict=True)
                if chosen
            )
        )
        for event in events
    )
    assert total_variation(one, other) == most
