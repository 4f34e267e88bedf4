"""Counts kept as codings come and go, against counting what is left from nothing."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.findings.code_counts import CodeCounts
from fieldkit.findings.recounting import recounted
from fieldkit.findings.tabulate import tabulate
from fieldkit.records.adjudications import Adjudication
from fieldkit.records.codings import ChartCell, Coding
from tests.findings.test_tables import LEAVES, POSITIONS, random_world, seeds
from tests.findings.world import CODEBOOK

PEOPLE = tuple("ABCDEFG")
CODES = ("council", "scbf", "costs")

coding = st.tuples(
    st.sampled_from(CODES),
    st.frozensets(st.sampled_from(LEAVES), max_size=2),
    st.frozensets(st.sampled_from(PEOPLE), max_size=3),
)


@given(st.lists(st.tuples(coding, st.booleans(), st.integers(0, 1000)), max_size=40))
def test_kept_counts_are_those_of_what_is_left(
    steps: list[tuple[tuple[str, frozenset[str], frozenset[str]], bool, int]],
) -> None:
    counts, left = CodeCounts(PEOPLE), []
    for one, taken_out, which in steps:
        if taken_out and left:
            counts.remove(*left.pop(which % len(left)))
        else:
            counts.add(*one)
            left.append(one)
    now = counts.now()
    for leaves in (None, LEAVES[:1], LEAVES[:3]):
        for codes in (CODES[:1], CODES[:2], CODES):
            said = [one for one in left if one[0] in codes and (leaves is None or one[1] & set(leaves))]
            hers = {person for _, _, persons in said for person in persons}
            marks = now.of(codes, leaves)
            assert bool(marks) == bool(said)
            assert set(now.persons(marks)) == hers
            assert (marks & now.marks("ABC")).bit_count() == len(hers & set("ABC"))


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(1, 6), st.booleans())
def test_evidence_told_of_changes_is_evidence_gathered_from_nothing(
    seed: int, rounds: int, counted_before: bool
) -> None:
    draw = random.Random(seed)
    world = random_world(seed)
    if not world.codings:
        return
    first = world.codings[0]
    decided = Adjudication(id="a", response=first.response or "", code=first.code)
    kept = world.evidence(adjudications=(decided,) if draw.random() < 0.5 else ())
    for number in range(rounds):
        before = kept
        shown = (
            {code: dict(leaves) for code, leaves in before.coded.spoken.items()} if counted_before else None
        )
        covered = tabulate(before, "coverage") if counted_before else []
        changed = recoded(draw, kept.codings, number)
        kept = recounted(kept, changed, recharted(draw, kept.chart), waiting=frozenset())
        assert shown is None or shown == before.coded.spoken
        # What a table rests on is looked up when somebody asks, and is that of its own figures even then.
        as_before = tabulate(replace(before), "coverage") if counted_before else []
        assert [table.to_json() for table in covered] == [table.to_json() for table in as_before]
    fresh = replace(kept, codings=tuple(draw.sample(kept.codings, len(kept.codings))))
    assert kept.passages == fresh.passages
    assert kept.cells == fresh.cells
    for what in ("codes", "coverage", "positions"):
        told = [table.to_json() for table in tabulate(kept, what)]
        assert told == [table.to_json() for table in tabulate(fresh, what)]


def recoded(draw: random.Random, codings: tuple[Coding, ...], number: int) -> dict[str, Coding | None]:
    """Up to three codings taken out or replaced, each perhaps with a new one beside it."""
    made: dict[str, Coding | None] = {}
    for at in range(draw.randrange(1, 4) if codings else 0):
        one = draw.choice(codings)
        code = draw.choice([each.id for each in CODEBOOK.codes])
        other = one.model_copy(update={"code": code, "layer": draw.choice((None, None, "consensus"))})
        made[one.id] = draw.choice((None, other))
        if draw.random() < 0.5:
            beside = {"id": f"new{number}-{at}", "evaluation_questions": [draw.choice(LEAVES)]}
            made[beside["id"]] = other.model_copy(update=beside)
    return made


def recharted(draw: random.Random, chart: tuple[ChartCell, ...]) -> dict[str, ChartCell | None]:
    """Now and then a chart cell taken out or given another position."""
    if not chart or draw.random() < 0.7:
        return {}
    one = draw.choice(chart)
    return {one.id: draw.choice((None, one.model_copy(update={"position": draw.choice(POSITIONS)})))}
