"""Which interviews of each group are drawn for a share: pure, and the same again with the same seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction


def drawn_share(groups: Mapping[str, Sequence[str]], share: Fraction, seed: int) -> list[str]:
    """Draw a share of interviews at random from each group; the same seed draws the same.

    Each group gives its share, rounded half up, and at least one where it has any: a group that the
    second coder sees nothing of says nothing of agreement. What is drawn of a group depends on that group
    and the seed alone.

    Args:
        groups: respondent group to ids of its interviews, in any order.
        share: how much of each, more than 0 and at most 1.
        seed: any whole number.

    Returns:
        The ids, sorted.
    """
    chosen = {group: sorted(set(interviews)) for group, interviews in groups.items()}
    counts = {
        group: min(len(each), max(1, int(share * len(each) + Fraction(1, 2))))
        for group, each in chosen.items()
    }
    return _drawn(chosen, counts, seed)


def drawn_count(groups: Mapping[str, Sequence[str]], count: int, seed: int) -> list[str]:
    """Draw a number of interviews at random, spread over the groups by their sizes.

    The spread is that of Webster and Sainte-Laguë (highest averages of size over 1, 3, 5, ...), after
    every group has given one, the largest first.

    Args:
        groups: respondent group to ids of its interviews, in any order.
        count: how many, 1 or more; all there are where there are fewer.
        seed: any whole number.

    Returns:
        The ids, sorted.
    """
    chosen = {group: sorted(set(interviews)) for group, interviews in groups.items()}
    given = dict.fromkeys(sorted(chosen), 0)
    for _ in range(min(count, sum(map(len, chosen.values())))):
        able = [group for group in given if given[group] < len(chosen[group])]
        following = max(
            able, key=lambda group: (not given[group], Fraction(len(chosen[group]), 2 * given[group] + 1))
        )
        given[following] += 1
    return _drawn(chosen, given, seed)


def _drawn(chosen: Mapping[str, list[str]], counts: Mapping[str, int], seed: int) -> list[str]:
    found: list[str] = []
    for group, interviews in chosen.items():
        shuffled = list(interviews)
        random.Random(f"{seed}:{group}").shuffle(shuffled)  # noqa: S311 - to be drawn again, no secret
        found += shuffled[: counts[group]]
    return sorted(found)
