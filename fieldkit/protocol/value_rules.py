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
from fieldkit.say import t
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
            yield t("{shown} is no year: write four digits").format(shown=_shown(value))
    elif isinstance(item, DateItem):
        if not isinstance(value, str) or not (_YEAR.match(value) or is_date(value)):
            yield t("{shown} is no date: write 2005-06-30, or a year alone").format(shown=_shown(value))
    elif isinstance(item, RankItem):
        yield from _rank(item, value)
    else:
        yield _no_value(item)


def _no_value(item: ItemBase) -> str:
    kind = getattr(item, "type", "")
    if kind == "text":
        return t("this item is answered in words: write notes, not a value")
    if kind == "note":
        return t("a note is read out and has no value")
    return t("a repeat has no value itself: give one to the items inside it")


def _single(choices: list[Choice], other: bool, value: Any) -> Iterator[str]:
    ids = [choice.id for choice in choices]
    if isinstance(value, Mapping):
        yield from _other(other, value)
    elif value not in ids:
        yield t("{shown} is no choice: {hint}").format(
            shown=_shown(value), hint=did_you_mean(str(value), ids)
        )


def _other(permitted: bool, value: Mapping[str, Any]) -> Iterator[str]:
    text = value.get("other")
    if not permitted:
        yield t('this item has no "other"')
    elif set(value) != {"other"} or not isinstance(text, str) or not text.strip():
        yield t('an "other" is written {"other": "in words"}')


def _multiple(item: MultipleItem, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield t("{shown} is no list of choices").format(shown=_shown(value))
        return
    for entry in value:
        yield from _single(item.choices, item.other, entry)
    if sum(isinstance(entry, Mapping) for entry in value) > 1:
        yield t('there is more than one "other": join them into one')
    chosen = [entry for entry in value if isinstance(entry, str)]
    yield from (t('"{twice}" is chosen twice').format(twice=twice) for twice in _repeated(chosen))
    if len(value) > 1:
        alone = [choice.id for choice in item.choices if choice.exclusive and choice.id in chosen]
        yield from (
            t('"{one}" excludes the others: choose it alone, or leave it out').format(one=one)
            for one in alone
        )


def _scale(scale: list[ScalePoint], value: Any) -> Iterator[str]:
    points = [point.value for point in scale]
    if not isinstance(value, int) or isinstance(value, bool) or value not in points:
        yield t("{shown} is no point of the scale: {points}").format(
            shown=_shown(value), points=", ".join(str(point) for point in points)
        )


def _grid(item: GridItem, value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield t("{shown} is no grid: give each row its value").format(shown=_shown(value))
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
            yield t("{shown} is no row: {hint}").format(shown=_shown(row), hint=did_you_mean(str(row), rows))
        elif cell is not None:
            yield from (
                t("row {row}: {fault}").format(row=row, fault=fault) for fault in cell_faults[item.cell](cell)
            )


def _percent(value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping) or set(value) != _PERCENT_KEYS:
        yield t('{shown} is no percentage: write {{"low": 10, "high": 15, "estimate": true}}').format(
            shown=_shown(value)
        )
        return
    low, high = value["low"], value["high"]
    if not (is_number(low) and is_number(high) and isinstance(value["estimate"], bool)):
        yield t("a percentage has numbers for low and high, and true or false for estimate")
    elif not (0 <= low <= 100 and 0 <= high <= 100):
        yield t("a percentage lies between 0 and 100")
    elif low > high:
        yield t("the range runs backwards: write {high}-{low}").format(high=high, low=low)


def _number(value: Any) -> Iterator[str]:
    if not is_number(value):
        yield t("{shown} is no number").format(shown=_shown(value))


def _rank(item: RankItem, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(tied, list) and tied for tied in value):
        yield t("{shown} is no ranking: write lists of choices that tie, first the best").format(
            shown=_shown(value)
        )
        return
    ids = [choice.id for choice in item.choices]
    ranked = [entry for tied in value for entry in tied]
    yield from (
        t("{shown} is no choice: {hint}").format(shown=_shown(e), hint=did_you_mean(str(e), ids))
        for e in ranked
        if e not in ids
    )
    yield from (
        t('"{twice}" is ranked twice').format(twice=twice)
        for twice in _repeated([str(entry) for entry in ranked])
    )


def _repeated(ids: list[str]) -> list[str]:
    return sorted(identifier for identifier, times in Counter(ids).items() if times > 1)


def _outside(value: float, minimum: float | None, maximum: float | None, shown: str) -> list[str]:
    if minimum is not None and value < minimum:
        return [
            t("{shown} is under {minimum}, the least expected").format(shown=shown, minimum=f"{minimum:g}")
        ]
    if maximum is not None and value > maximum:
        return [t("{shown} is over {maximum}, the most expected").format(shown=shown, maximum=f"{maximum:g}")]
    return []


def _date_outside(item: DateItem, value: str) -> list[str]:
    # Compared as far as both are given: a year alone is neither before nor after a day in it.
    if item.minimum is not None and value[: len(item.minimum)] < item.minimum[: len(value)]:
        return [
            t("{value} is before {minimum}, the earliest expected").format(value=value, minimum=item.minimum)
        ]
    if item.maximum is not None and value[: len(item.maximum)] > item.maximum[: len(value)]:
        return [
            t("{value} is after {maximum}, the latest expected").format(value=value, maximum=item.maximum)
        ]
    return []


def _odd_grid(item: GridItem, value: Mapping[str, Any]) -> list[str]:
    given = {row: cell for row, cell in value.items() if cell is not None}
    if item.cell == "number":
        return [
            t("row {row}: {oddity}").format(row=row, oddity=oddity)
            for row, cell in given.items()
            for oddity in _outside(cell, item.minimum, item.maximum, str(cell))
        ]
    if item.cell == "percent" and (least := sum(Fraction(str(cell["low"])) for cell in given.values())) > 100:
        return [t("the rows add up to at least {least}%").format(least=f"{float(least):g}")]
    return []


def _shown(value: Any) -> str:
    text = visible_line(str(value))
    return f'"{text[:40]}"' + ("..." if len(text) > 40 else "")
