"""Chance that comes out the same every time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_YEAR = "2005"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Draw:
    """Draws for one purpose, named by words, so that one purpose's draws never shift another's."""

    def __init__(self, *purpose: str) -> None:
        """Begin the draws for a purpose, such as `Draw("CIC-01", "probes")`."""
        # Of the module, only random() is promised to give the same numbers in every version of Python.
        self._random = random.Random("/".join((_YEAR, *purpose)))  # noqa: S311 - made-up data, no secret

    def chance(self, share: float) -> bool:
        """True in this share of cases, from 0 to 1."""
        return self._random.random() < share

    def pick(self, choices: Sequence[T]) -> T:
        """One of several, each as likely."""
        return choices[int(self._random.random() * len(choices))]

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def record_id(self) -> str:
        """A record id of ten characters, as new records get."""
        return "".join(self.pick(_LETTERS) for _ in range(10))
