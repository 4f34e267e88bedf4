"""Values of a form as its functions see them: text, numbers, dates and truth.

Values are str, float and bool throughout. A missing answer is the empty text and no number; an ISO
date counts as the days since 1970-01-01.
"""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from typing import Any

Value = str | float | bool

_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)\Z")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T(?:([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?.*)?\Z")
_YEAR = re.compile(r"[0-9]{4}\Z")
EPOCH = datetime.date(1970, 1, 1).toordinal()
"""The day from which days are counted, as Python counts days."""


def as_number(value: Any) -> float:
    """A value as a number: ISO dates are days since 1970-01-01, other text is NaN."""
    if isinstance(value, bool | int | float | Decimal):
        return _float(value)
    text = value.strip()
    if _NUMBER.match(text) and len(text) < 300:
        return float(text)
    days = as_days(text)
    return math.nan if days is None else days


def as_text(value: Any) -> str:
    """A value as text: whole numbers without a point, no number as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    number = _float(value)
    if math.isnan(number):
        return ""
    return str(int(number)) if number.is_integer() else repr(number)


def as_truth(value: Any) -> bool:
    """A value as true or false: text is true where there is any, a number where it is not 0."""
    if isinstance(value, str):
        return value != ""
    return bool(value) and not math.isnan(_float(value))


def _float(value: float | Decimal) -> float:
    try:
        return float(value)
    except OverflowError:
        # Digits enough for more than any float stand for a number beyond all others.
        return math.inf if value > 0 else -math.inf


def as_days(text: str) -> float | None:
    """An ISO date as days since 1970-01-01, its time of day as a part of one; None for other text."""
    found = _DATE.match(text)
    if not found:
        return None
    year, month, day, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        ordinal = datetime.date(year, month, day).toordinal()
    except ValueError:
        return None
    return ordinal - EPOCH + (hours * 3600 + minutes * 60 + seconds) / 86400


def is_year(value: Any) -> bool:
    """Whether a value is text of four digits, which beside a date is a year."""
    return isinstance(value, str) and _YEAR.match(value) is not None
