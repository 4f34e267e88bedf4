"""How well typed letters match a name, in time that grows with its length alone.

Textual's own search tries every way in which the letters may stand in a name: with a few words typed and a
sentence to find, that is millions of ways.
"""

from __future__ import annotations

from typing import NamedTuple

from fieldkit.text import fold


class Match(NamedTuple):
    """Where letters stand in a name, and how well they fit.

    Attributes:
        score: from just above 0 to 3: letters in order up to 1, all of them together up to 2, at the
            beginning of a word above 2.
        places: offsets of the letters in the name; none where accents were left out and cannot be shown.
    """

    score: float
    places: tuple[int, ...]


def match(letters: str, name: str) -> Match | None:
    """Find letters in a name, in their order; case and accents may be left out.

    The letters may stand apart: then the shortest stretch that ends where they can first be found to end
    is taken (found forwards, and narrowed backwards).

    Args:
        letters: what was typed.
        name: where to look.

    Returns:
        The match; None where the name does not have the letters.
    """
    wanted, text = fold(letters.strip()), fold(name)
    if not wanted:
        return None
    at = _best_place(wanted, text)
    if at is not None:
        begins_word = at == 0 or not text[at - 1].isalnum()
        score = (2 if begins_word else 1) + len(wanted) / (len(text) + at)
        places = list(range(at, at + len(wanted)))
    else:
        found = _shortest(wanted, text)
        if found is None:
            return None
        score, places = len(wanted) / (found[-1] - found[0] + 1) * 0.9, found
    return Match(score, tuple(places) if len(text) == len(name) else ())


def _best_place(wanted: str, text: str) -> int | None:
    """Where the letters stand together, at the beginning of a word if they do anywhere."""
    first = at = text.find(wanted)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(wanted, at + 1)
    return at if at >= 0 else first if first >= 0 else None


def _shortest(wanted: str, text: str) -> list[int] | None:
    at = -1
    for letter in wanted:
        at = text.find(letter, at + 1)
        if at < 0:
            return None
    places = []
    at += 1
    for letter in reversed(wanted):
        at = text.rfind(letter, 0, at)
        places.append(at)
    return places[::-1]
