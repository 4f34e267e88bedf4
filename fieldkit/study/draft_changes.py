"""What changed in drafted words since they were last drafted whole: one stretch of their spelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import orjson

from fieldkit.storage.canonical import canonical

LONGEST: Final = 4096
"""Characters of a change beyond which an answer is drafted whole again."""


class Change(NamedTuple):
    """A stretch of a text that another one takes the place of.

    Attributes:
        start: characters before it that stay.
        end: characters after it that stay.
        text: what stands between them now.
    """

    start: int
    end: int
    text: str


def change(before: Sequence[Any], after: Sequence[Any]) -> Change:
    """What turns the spelling of some paragraphs into that of others."""
    old, new = _spelt(before), _spelt(after)
    start = _alike(old, new)
    rest = min(len(old), len(new)) - start
    end = _alike(old[::-1], new[::-1], rest)
    return Change(start, end, new[start : len(new) - end])


def changed(before: Sequence[Any], later: Change) -> list[dict[str, Any]]:
    """The paragraphs that a change makes of those it was made for."""
    old = _spelt(before)
    words: list[dict[str, Any]] = orjson.loads(old[: later.start] + later.text + old[len(old) - later.end :])
    return words


def _spelt(paragraphs: Sequence[Any]) -> str:
    # The canonical spelling is the same before it is stored and after it is read.
    return canonical(list(paragraphs)).decode()


def _alike(one: str, other: str, most: int | None = None) -> int:
    """How many characters two texts begin with alike, by halving: comparing stretches is quick."""
    low, high = 0, min(len(one), len(other)) if most is None else most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
