"""How many of how many in words: by a scale of the framework, with integers compared as integers."""

from __future__ import annotations

from fieldkit.findings.errors import FindingsError
from fieldkit.protocol.framework import Framework, QuantityScale, QuantityWord
from fieldkit.protocol.texts import Text
from fieldkit.say import t
from fieldkit.text import visible_line

_SHARE = {"en": "{k} of {n}", "fr": "{k} sur {n}"}


def scale_of(framework: Framework, scale_id: str | None = None) -> QuantityScale:
    """A scale of quantity words; the framework's first where none is named.

    Raises:
        FindingsError: the framework has none, or none of that id.
    """
    scales = framework.quantity_scales
    found = scales[:1] if scale_id is None else [each for each in scales if each.id == scale_id]
    if found:
        return found[0]
    if not scales:
        raise FindingsError(t("framework.yaml has no quantity_scales: write one to put numbers into words"))
    known = ", ".join(each.id for each in scales)
    raise FindingsError(
        t("no quantity scale {scale_id}: there are {known}").format(
            scale_id=repr(visible_line(str(scale_id))), known=known
        )
    )


def quantity_word(scale: QuantityScale, k: int, n: int, language: str) -> str | None:
    """The word for k of n people.

    Args:
        scale: the scale.
        k: how many, 0 to n.
        n: of how many.
        language: language of the word.

    Returns:
        The word; None where n is under the scale's least, or 0, which no word says.

    Raises:
        ValueError: k is below 0 or above n.
    """
    word = _word(scale, k, n)
    if word is None:
        return None
    return (word.word if isinstance(word, QuantityWord) else word).get(language)


def quantity_phrase(scale: QuantityScale, k: int, n: int, group: str, language: str) -> str | None:
    """A phrase to begin a sentence with, to be offered: `most CIC respondents (7 of 9)`.

    Args:
        scale: the scale.
        k: how many, 0 to n.
        n: of how many.
        group: name of the group.
        language: language of the phrase.

    Returns:
        The phrase; None where there is no word, or the scale does not say how it is put.

    Raises:
        ValueError: k is below 0 or above n.
    """
    word = _word(scale, k, n)
    if word is None or scale.who is None:
        return None
    who = scale.who.get(language).replace("{group}", group)
    share = _SHARE["fr" if language.split("-")[0] == "fr" else "en"].format(k=k, n=n)
    if isinstance(word, QuantityWord):
        if word.phrase is None:
            return None
        return f"{word.phrase.get(language).replace('{who}', who)} ({share})"
    of = f"parmi les {who}" if language.split("-")[0] == "fr" else f"among {who}"
    return f"{word.get(language)} {of} ({share})"


def _word(scale: QuantityScale, k: int, n: int) -> QuantityWord | Text | None:
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} people")
    if n == 0 or n < scale.minimum_n:
        return None
    if k == 0:
        return scale.none
    for word in scale.words:
        share = word.at_least
        reaches = k * share.denominator >= share.numerator * n
        below = word.under is None or k * word.under.denominator < word.under.numerator * n
        if reaches and below:
            return scale.one_person if k < word.persons else word
    return scale.one_person if k == 1 else None
