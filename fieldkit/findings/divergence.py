"""How far respondent groups differ on a proposition: the total variation distance of their stances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import grouping
from fieldkit.findings.positions import held_positions


@dataclass(frozen=True)
class Divergence:
    """How far two groups are apart on one proposition.

    Attributes:
        question: id of the evaluation question or part.
        groups: ids of the two groups, in the framework's order.
        n: how many persons of each take a side or stand between.
        distance: 0 where their shares of stances are the same, 1 where they share none.
    """

    question: str
    groups: tuple[str, str]
    n: tuple[int, int]
    distance: Fraction


def divergences(evidence: Evidence, question: str | None = None, by: str = "group") -> list[Divergence]:
    """How far every two groups are apart, those furthest apart first.

    The measure is the total variation distance (Levin, Peres and Wilmer 2009, Markov Chains and Mixing
    Times, chapter 4): half the sum of the absolute differences between the shares of stances, which are for
    (1), between (0) and against (-1). Persons whose position takes no side are not counted; a group without
    anybody who does is compared with none.

    Args:
        evidence: the study's evidence.
        question: keep to an evaluation question, or to its parts.
        by: attribute to tell persons apart by.

    Returns:
        The pairs on all propositions, exact.

    Raises:
        FindingsError: there is no such attribute.
        KeyError: there is no such evaluation question.
    """
    framework = evidence.framework
    groups = grouping(evidence, by, "en")
    stances = {position.id: position.stance for position in framework.positions}
    wanted = [leaf.id for leaf in framework.leaves] if question is None else framework.leaf_ids(question)
    held = held_positions(evidence)
    found = []
    for leaf in wanted:
        counts: dict[str, Counter[int]] = {heading.id: Counter() for heading in groups.headings}
        for person, position in held[leaf].positions.items():
            stance = stances[position]
            if stance is not None:
                counts[groups.of[person]][stance] += 1
        spoken = [(name, count) for name, count in counts.items() if count]
        for (one, first), (other, second) in combinations(spoken, 2):
            n = first.total(), second.total()
            found.append(Divergence(leaf, (one, other), n, total_variation(first, second)))
    # Sorting keeps the framework's order among equals.
    return sorted(found, key=lambda each: -each.distance)


def total_variation(one: Mapping[int, int], other: Mapping[int, int]) -> Fraction:
    """The total variation distance between two counts of the same things.

    Args:
        one: what to how many.
        other: likewise.

    Returns:
        From 0 to 1, exact.

    Raises:
        ValueError: one of them counts nothing.
    """
    n, m = sum(one.values()), sum(other.values())
    if not n or not m:
        raise ValueError("nothing to compare: a distribution of nobody")
    apart = (abs(Fraction(one.get(k, 0), n) - Fraction(other.get(k, 0), m)) for k in {*one, *other})
    return sum(apart, Fraction(0)) / 2
