"""Whether a scale of quantity words covers every share once, and says only what can occur."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fieldkit.protocol.framework import QuantityScale, QuantityWord
from fieldkit.say import t

LARGEST_N = 60
"""Group sizes tried, up to this many people: larger than any study's groups."""


def scale_problems(scale: QuantityScale) -> Iterator[tuple[int, str]]:
    """Find gaps, overlaps and words that no number of people reaches.

    Args:
        scale: a quantity scale.

    Yields:
        The index of the word it is about, and one line.
    """
    ordered = sorted(range(len(scale.words)), key=lambda n: scale.words[n].at_least, reverse=True)
    if ordered != list(range(len(scale.words))):
        yield 0, t("the words must go from the highest share to the lowest: put them in order")
        return
    above: Fraction | None = None
    for n, word in enumerate(scale.words):
        name = _name(word)
        if word.under is not None and word.under <= word.at_least:
            yield n, t('"{name}" covers nothing: `under` must be above `at_least`').format(name=name)
        if word.at_least > 1:
            yield n, t('"{name}" starts above 1, which is everybody: lower `at_least`').format(name=name)
        yield from _against(n, word, above)
        above = word.at_least
        if not any(_reached(word, k, people) for people in _sizes(scale) for k in range(1, people + 1)):
            yield (
                n,
                t('no number of people up to {largest_n} reaches "{name}": check its limits').format(
                    largest_n=LARGEST_N, name=name
                ),
            )
    if above:
        yield (
            len(scale.words) - 1,
            t("shares under {above} have no word: let the last start at 0").format(above=above),
        )


def _against(n: int, word: QuantityWord, above: Fraction | None) -> Iterator[tuple[int, str]]:
    """The upper end of a word against the lower end of the word above it."""
    name = _name(word)
    if above is None:
        if word.under is not None:
            yield (
                n,
                t('shares from {under} up have no word: leave `under` out of "{name}"').format(
                    under=word.under, name=name
                ),
            )
    elif word.under is None or word.under > above:
        yield (
            n,
            t('"{name}" overlaps the word above it: write `under: "{above}"`').format(name=name, above=above),
        )
    elif word.under < above:
        yield (
            n,
            t('shares from {under} to {above} have no word: write `under: "{above}"` in "{name}"').format(
                under=word.under, above=above, name=name
            ),
        )


def _sizes(scale: QuantityScale) -> range:
    return range(scale.minimum_n, max(LARGEST_N, scale.minimum_n) + 1)


def _reached(word: QuantityWord, k: int, n: int) -> bool:
    share = Fraction(k, n)
    return k >= word.persons and share >= word.at_least and (word.under is None or share < word.under)


def _name(word: QuantityWord) -> str:
    return word.word.get("en")
