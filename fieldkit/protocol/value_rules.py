"""Which stored values an item can have, and which are odd."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from fieldkit.protocol.items import (
    Choice,
    DateItem,
    GridItem,
    Item,
    ItemBase,
    MultipleItem,
    NumberItem,
    PercentItem,
    RankItem,
    ScaleItem,
    ScalePoint,
    SingleItem,
    YearItem,
)
from fieldkit.protocol.problems import did_you_mean
from fieldkit.text import visible_line

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_YEAR = re.compile(r"[0-9]{4}\Z")
_PERCENT_KEYS = {"low", "high", "estimate"}


def check_value(item: Item, value: Any) -> list[str]:
    """Find what makes a stored or imported value impossible for an item.

    Args:
        item: the item.
        value: a value as it is stored; None is no value, and possible.

    Returns:
        One line for each fault, saying what would be right; empty where there is none.
    """
    if value is None:
        return []
    return list(_faults(item, value))


def soft_warnings(item: Item, value: Any) -> list[str]:
    """Find what is odd about a possible value; it may still be so.

    Args:
        item: the item.
        value: a value without faults.

    Returns:
        One line for each oddity.
    """
    if value is None:
        return []
    if isinstance(item, NumberItem | YearItem):
        return _outside(value, item.minimum, item.maximum, str(value))
    if isinstance(item, DateItem):
        return _date_outside(item, value)
    if isinstance(item, GridItem):
        return _odd_grid(item, value)
    return []


def percent_midpoint(value: Mapping[str, Any]) -> Fraction:
    """The middle of a percentage or range, exact: what counts in totals.

    Args:
        value: `{"low", "high", "estimate"}`.

    Returns:
        The midpoint in percent.
    """
    return (Fraction(str(value["low"])) + Fraction(str(value["high"]))) / 2


def is_number(value: Any) -> bool:
    """Whether a value is a finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_date(text: str) -> bool:
    """Whether a text is an ISO date of the calendar."""
    if not _ISO_DATE.match(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _faults(item: Item, value: Any) -> Iterator[str]:
    if isinstance(item, SingleItem):
        yield from _single(item.choices, item.other, value)
    elif isinstance(item, MultipleItem):
        yield from _multiple(item, value)
    elif isinstance(item, ScaleItem):
        yield from _scale(item.scale, value)
    elif isinstance(item, GridItem):
        yield from _grid(item, value)
    elif isinstance(item, PercentItem):
        yield from _percent(value)
    elif isinstance(item, NumberItem):
        yield from _number(value)
    elif isinstance(item, YearItem):
        if not is_number(value) or int(value) != value or not 1 <= value <= 9999:
            yield f"{_shown(value)} is no year: write four digits"
    elif isinstance(item, DateItem):
        if not isinstance(value, str) or not (_YEAR.match(value) or is_date(value)):
            yield f"{_shown(value)} is no date: write 2005-06-30, or a year alone"
    elif isinstance(item, RankItem):
        yield from _rank(item, value)
    else:
        yield _no_value(item)


def _no_value(item: ItemBase) -> str:
    kind = getattr(item, "type", "")
    if kind == "text":
        return "this item is answered in words: write notes, not a value"
    if kind == "note":
        return "a note is read out and has no value"
    return "a repeat has no value itself: give one to the items inside it"


def _single(choices: list[Choice], other: bool, value: Any) -> Iterator[str]:
    ids = [choice.id for choice in choices]
    if isinstance(value, Mapping):
        yield from _other(other, value)
    elif value not in ids:
        yield f"{_shown(value)} is no choice: {did_you_mean(str(value), ids)}"


def _other(permitted: bool, value: Mapping[str, Any]) -> Iterator[str]:
    text = value.get("other")
    if not permitted:
        yield 'this item has no "other"'
    elif set(value) != {"other"} or not isinstance(text, str) or not text.strip():
        yield 'an "other" is written {"other": "in words"}'


def _multiple(item: MultipleItem, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{_shown(value)} is no list of choices"
        return
    for entry in value:
        yield from _single(item.choices, item.other, entry)
    if sum(isinstance(entry, Mapping) for entry in value) > 1:
        yield 'there is more than one "other": join them into one'
    chosen = [entry for entry in value if isinstance(entry, str)]
    yield from (f'"{twice}" is chosen twice' for twice in _repeated(chosen))
    if len(value) > 1:
        alone = [choice.id for choice in item.choices if choice.exclusive and choice.id in chosen]
        yield from (f'"{one}" excludes the others: choose it alone, or leave it out' for one in alone)


def _scale(scale: list[ScalePoint], value: Any) -> Iterator[str]:
    points = [point.value for point in scale]
    if not isinstance(value, int) or isinstance(value, bool) or value not in points:
        yield f"{_shown(value)} is no point of the scale: {', '.join(str(point) for point in points)}"


def _grid(item: GridItem, value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{_shown(value)} is no grid: give each row its value"
        return
    rows = [row.id for row in item.rows]
    cell_faults: dict[str, Callable[[Any], Iterator[str]]] = {
        "scale": lambda cell: _scale(item.scale, cell),
        "single": lambda cell: _single(item.choices, False, cell),
        "percent": _percent,
        "number": _number,
    }
    for row, cell in value.items():
        if row not in rows:
            yield f"{_shown(row)} is no row: {did_you_mean(str(row), rows)}"
        elif cell is not None:
            yield from (f"row {row}: {fault}" for fault in cell_faults[item.cell](cell))


def _percent(value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping) or set(value) != _PERCENT_KEYS:
        yield f'{_shown(value)} is no percentage: write {{"low": 10, "high": 15, "estimate": true}}'
        return
    low, high = value["low"], value["high"]
    if not (is_number(low) and is_number(high) and isinstance(value["estimate"], bool)):
        yield "a percentage has numbers for low and high, and true or false for estimate"
    elif not (0 <= low <= 100 and 0 <= high <= 100):
        yield "a percentage lies between 0 and 100"
    elif low > high:
        yield f"the range runs backwards: write {high}-{low}"


def _number(value: Any) -> Iterator[str]:
    if not is_number(value):
        yield f"{_shown(value)} is no number"


def _rank(item: RankItem, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(tied, list) and tied for tied in value):
        yield f"{_shown(value)} is no ranking: write lists of choices that tie, first the best"
        return
    ids = [choice.id for choice in item.choices]
    ranked = [entry for tied in value for entry in tied]
    yield from (f"{_shown(e)} is no choice: {did_you_mean(str(e), ids)}" for e in ranked if e not in ids)
    yield from (f'"{twice}" is ranked twice' for twice in _repeated([str(entry) for entry in ranked]))


def _repeated(ids: list[str]) -> list[str]:
    return sorted(identifier for identifier, times in Counter(ids).items() if times > 1)


def _outside(value: float, minimum: float | None, maximum: float | None, shown: str) -> list[str]:
    if minimum is not None and value < minimum:
        return [f"{shown} is under {minimum:g}, the least expected"]
    if maximum is not None and value > maximum:
        return [f"{shown} is over {maximum:g}, the most expected"]
    return []


def _date_outside(item: DateItem, value: str) -> list[str]:
    # Compared as far as both are given: a year alone is neither before nor after a day in it.
    if item.minimum is not None and value[: len(item.minimum)] < item.minimum[: len(value)]:
        return [f"{value} is before {item.minimum}, the earliest expected"]
    if item.maximum is not None and value[: len(item.maximum)] > item.maximum[: len(value)]:
        return [f"{value} is after {item.maximum}, the latest expected"]
    return []


def _odd_grid(item: GridItem, value: Mapping[str, Any]) -> list[str]:
    given = {row: cell for row, cell in value.items() if cell is not None}
    if item.cell == "number":
        return [
            f"row {row}: {oddity}"
            for row, cell in given.items()
            for oddity in _outside(cell, item.minimum, item.maximum, str(cell))
        ]
    if item.cell == "percent" and (least := sum(Fraction(str(cell["low"])) for cell in given.values())) > 100:
        return [f"the rows add up to at least {float(least):g}%"]
    return []


def _shown(value: Any) -> str:
    text = visible_line(str(value))
    return f'"{text[:40]}"' + ("..." if len(text) > 40 else "")
