"""Numbers in words, against shares worked out by hand and as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.quantify import quantity_phrase, quantity_word, scale_of
from fieldkit.protocol.framework import Framework
from fieldkit.protocol.library import load_protocol
from tests.findings.world import FRAMEWORK


def shipped() -> Framework:
    framework = load_protocol(Path(__file__).parents[2] / "interview_guides").framework
    assert framework is not None
    return framework


@pytest.mark.parametrize(
    ("k", "n", "english", "french"),
    [
        (9, 9, "all CIC respondents (9 of 9)", "tous les répondants de CIC (9 sur 9)"),
        (7, 9, "most CIC respondents (7 of 9)", "la plupart des répondants de CIC (7 sur 9)"),
        # 75 % is most, and 3 of 4 would be, were there not too few people for a word.
        (6, 8, "most CIC respondents (6 of 8)", "la plupart des répondants de CIC (6 sur 8)"),
        (3, 4, None, None),
        (5, 9, "many CIC respondents (5 of 9)", "beaucoup de répondants de CIC (5 sur 9)"),
        (3, 9, "some CIC respondents (3 of 9)", "certains répondants de CIC (3 sur 9)"),
        (2, 9, "a few CIC respondents (2 of 9)", "quelques répondants de CIC (2 sur 9)"),
        (
            1,
            9,
            "one person among CIC respondents (1 of 9)",
            "une personne parmi les répondants de CIC (1 sur 9)",
        ),
        (0, 9, "no one among CIC respondents (0 of 9)", "personne parmi les répondants de CIC (0 sur 9)"),
        (0, 0, None, None),
    ],
)
def test_how_many_of_how_many_in_words(k: int, n: int, english: str | None, french: str | None) -> None:
    scale = scale_of(shipped())
    assert quantity_phrase(scale, k, n, "CIC", "en") == english
    assert quantity_phrase(scale, k, n, "CIC", "fr") == french


def test_every_share_of_up_to_sixty_people_has_the_word_whose_limits_it_is_within() -> None:
    # The federal pattern, written down once more by percentages.
    def wanted(k: int, n: int) -> str:
        percent = Fraction(100 * k, n)
        if k == 0:
            return "no one"
        if percent == 100:
            return "all" if k > 1 else "one person"
        if percent >= 75:
            return "most"
        if percent >= 50:
            return "many"
        if percent >= 25:
            return "some"
        return "a few" if k >= 2 else "one person"

    scale = scale_of(shipped(), "federal")
    for n in range(61):
        for k in range(n + 1):
            assert quantity_word(scale, k, n, "en") == (wanted(k, n) if n >= 5 else None)


def test_another_scale_is_asked_for_by_its_id() -> None:
    scale = scale_of(shipped(), "halves")
    words = [quantity_word(scale, k, 10, "fr") for k in (10, 9, 5, 4, 1, 0)]
    assert words == [
        "tous",
        "presque tous",
        "la moitié ou plus",
        "moins de la moitié",
        "une personne",
        "personne",
    ]
    with pytest.raises(FindingsError, match="no quantity scale 'thirds': there are federal, halves"):
        scale_of(shipped(), "thirds")
    with pytest.raises(FindingsError, match="has no quantity_scales"):
        scale_of(FRAMEWORK)


def test_more_than_all_is_no_number_of_people() -> None:
    with pytest.raises(ValueError, match="5 of 4"):
        quantity_word(scale_of(shipped()), 5, 4, "en")
