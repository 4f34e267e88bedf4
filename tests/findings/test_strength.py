"""Strength of evidence, against cases worked out by hand from the rules in words."""

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.findings.standpoints import Source, Standpoints, Statement, standpoints
from fieldkit.findings.strength import judge, strength_of
from fieldkit.protocol.framework import Basis, StrengthRule
from fieldkit.protocol.texts import Text
from fieldkit.records.codings import Coding
from fieldkit.records.documents import Document
from fieldkit.study.study import Study
from tests.findings.world import FRAMEWORK, World, text


@cache
def shipped() -> list[StrengthRule]:
    return list(Study(Path(__file__).parents[2], None, None).framework.strength_rules)


@pytest.fixture(scope="module")
def rules() -> list[StrengthRule]:
    return shipped()


def source(name: str, agree: int = 0, against: int = 0, of: int = 0, **more: int) -> Source:
    made = Text.model_validate({"en": name, "fr": name})
    between = int(more.pop("between", 0))
    return Source(name, made, agree, against, between, of or agree + against + between, **more)  # type: ignore[arg-type]


def case(groups: list[Source], documents: Source | None = None) -> Standpoints:
    together = source("Interviews")
    together = replace(
        together,
        **{
            name: sum(getattr(each, name) for each in groups)
            for name in ("agree", "against", "between", "answering", "second_hand")
        },
    )
    return Standpoints(tuple(groups), (documents or source("Documents"),), together)


BY_HAND = {
    "two groups at three quarters and documents": (
        [source("CIC", 6, of=8), source("DFA", 3, of=4)],
        source("Documents", 2),
        "strong",
    ),
    "one of the two groups under three quarters": (
        [source("CIC", 5, of=8), source("DFA", 3, of=4)],
        source("Documents", 2),
        "moderate",
    ),
    "documents agree in part": (
        [source("CIC", 8), source("DFA", 4)],
        source("Documents", 1, 1, between=1),
        "moderate",
    ),
    "two groups at one half, documents silent": (
        [source("CIC", 4, of=8), source("DFA", 2, of=4)],
        None,
        "moderate",
    ),
    "one group at one half only": ([source("CIC", 4, of=8), source("DFA", 1, of=4)], None, "limited"),
    "one group": ([source("CIC", 8)], None, "limited"),
    "documents alone": ([], source("Documents", 3), "limited"),
    "the interested party alone": ([source("IOM", 8, interested=True)], None, "limited"),
    "mostly second-hand": (
        [source("CIC", 4, second_hand=3), source("DFA", 4, second_hand=2)],
        None,
        "limited",
    ),
    "half second-hand is not mostly": (
        [source("CIC", 4, second_hand=2), source("DFA", 4, second_hand=2)],
        None,
        "moderate",
    ),
    "groups oppose": ([source("CIC", 6, 2), source("IOM", 1, 5)], None, "contradictory"),
    "documents oppose": ([source("CIC", 8), source("DFA", 4)], source("Documents", 0, 2), "contradictory"),
    "everybody holds the opposite": ([source("CIC", 0, 5)], None, "contradictory"),
    "two persons": ([source("CIC", 2)], None, "insufficient"),
    "two persons and a document": ([source("CIC", 2)], source("Documents", 1), "moderate"),
    "nothing": ([], None, "insufficient"),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_the_shipped_rules_come_to_what_they_say_in_words(name: str, rules: list[StrengthRule]) -> None:
    groups, documents, expected = BY_HAND[name]
    found = judge(case(groups, documents), rules)
    assert found.rule == expected
    assert found.explain("en")
    assert found.explain("fr") != found.explain("en")


def test_a_share_is_compared_as_integers() -> None:
    """Three quarters of 10^20 less one is not reached by one person fewer, which no float can tell."""
    n = 4 * 10**20
    assert source("a", 3 * 10**20, of=n).reaches(Fraction(3, 4))
    assert not source("a", 3 * 10**20 - 1, of=n).reaches(Fraction(3, 4))


counts = st.builds(
    lambda agree, against, between, silent, interested: Source(
        "g",
        Text.model_validate({"en": "g"}),
        agree,
        against,
        between,
        agree + against + between + silent,
        0,
        interested,
    ),
    *(st.integers(0, 6),) * 4,
    st.booleans(),
)


@given(st.lists(counts, max_size=4), counts)
def test_one_rule_always_fits_and_an_interested_party_alone_is_never_above_limited(
    groups: list[Source], documents: Source
) -> None:
    documents = replace(documents, interested=False)
    found = judge(case(groups, documents), shipped())
    assert found.rule is not None
    independent = documents.agree + sum(each.agree for each in groups if not each.interested)
    if not independent:
        assert found.rule not in ("strong", "moderate")


def test_what_sources_say_is_read_from_chart_and_passages() -> None:
    world = World()
    for code in ("CIC-01", "CIC-02", "CIC-03", "DFA-01"):
        world.interviewed(code)
    world.position("CIC-01", "1.1", "favourable", basis="hearsay")
    world.position("CIC-02", "1.1", "unfavourable")
    world.position("CIC-03", "1.1", "no_view")
    spoken = world.response("i-DFA-01", "oversight", "They do not look.", disposition="answered")
    world.code(spoken, "council", "1.1")
    documents = (
        Document(id="minutes", name="Minutes", text="The Council met."),
        Document(id="own", name="Profile", text="We are overseen.", role="profile"),
    )
    for document in documents:
        coding = {"id": f"on-{document.id}", "document": document.id, "code": "council", "end": 4}
        world.codings.append(Coding.of(coding))
    framework = FRAMEWORK.model_copy(
        update={"bases": [Basis.model_validate(HEARSAY)], "lines_of_evidence": []}
    )
    evidence = world.evidence(framework=framework, documents=documents)
    said = world.codings[0].id
    points = standpoints(evidence, Statement("1.1", False, (said, "on-minutes"), ("on-own",)))
    by_id = {each.id: each for each in (*points.groups, *points.methods)}
    cic = by_id["CIC"]
    assert (cic.agree, cic.against, cic.answering, cic.second_hand) == (1, 1, 3, 0)
    assert (by_id["DFA"].agree, by_id["DFA"].verdict, by_id["CIDA"].verdict) == (1, "agrees", "silent")
    assert (by_id["documents"].agree, by_id["documents"].against) == (1, 0)
    turned = standpoints(evidence, Statement("1.1", True))
    assert (turned.groups[0].agree, turned.groups[0].second_hand) == (1, 1)
    assert strength_of(evidence, Statement("1.1", True)).rule is None


HEARSAY = {"id": "hearsay", "name": text("Hearsay"), "second_hand": True}
