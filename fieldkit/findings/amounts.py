"""Percentages, ranges and numbers as exact fractions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Amount:
    """A number or a range.

    Attributes:
        low: its lower end.
        high: its upper end; the same for a plain number.
        estimate: whether it was given as an estimate; a range always is one.
    """

    low: Fraction
    high: Fraction
    estimate: bool = False

    @property
    def middle(self) -> Fraction:
        """What counts in a total: the midpoint."""
        return (self.low + self.high) / 2

    def __add__(self, other: Amount) -> Amount:
        """Both together: low end to low end, high to high; an estimate where either is one."""
        return Amount(self.low + other.low, self.high + other.high, self.estimate or other.estimate)


def read_amount(raw: Any) -> Amount | None:
    """Read a stored number, percentage or range.

    Args:
        raw: a number, or `{"low", "high", "estimate"}`.

    Returns:
        The amount, with decimals as they were written (0.1 is a tenth); None where it is none.
    """
    if isinstance(raw, dict):
        low, high = _exact(raw.get("low")), _exact(raw.get("high", raw.get("low")))
        if low is None or high is None or low > high:
            return None
        return Amount(low, high, bool(raw.get("estimate")) or low != high)
    number = _exact(raw)
    return None if number is None else Amount(number, number)


def _exact(raw: Any) -> Fraction | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        return None
    # By way of its digits: a float's own fraction would make 0.1 more than a tenth.
    return Fraction(str(raw))
