"""Values from the keyboard: what a person types for an item becomes the value that is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from fieldkit.protocol.items import (
    Choice,
    GridItem,
    Item,
    MultipleItem,
    NumberItem,
    PercentItem,
    RankItem,
    ScaleItem,
    ScalePoint,
    SingleItem,
    YearItem,
)
from fieldkit.protocol.problems import did_you_mean, nearest
from fieldkit.protocol.value_display import display_value
from fieldkit.protocol.value_rules import check_value, percent_midpoint, soft_warnings
from fieldkit.say import t
from fieldkit.text import fold, normalise, visible_line

__all__ = ["BadValue", "check_value", "display_value", "parse_value", "percent_midpoint", "soft_warnings"]

_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?\Z")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}\Z")
_PERCENT = re.compile(r"(~|≈)?\s*([0-9]+(?:[.,][0-9]+)?)\s*%?\s*(?:[-–—]\s*([0-9]+(?:[.,][0-9]+)?)\s*%?)?\Z")
_OTHER = re.compile(r"(?:other|autre)\s*[:=]\s*(.+)\Z", re.IGNORECASE | re.DOTALL)
_NONE = ("none", "aucun", "aucune")
_NUMBER_LENGTH = 30


class BadValue(ValueError):
    """What was typed is no value of the item. The message is one line that says what would be right."""

    def __init__(self, message: str) -> None:
        super().__init__(visible_line(message))


def parse_value(item: Item, raw: str, language: str = "en") -> Any:
    """Read what a person typed as an item's value.

    Choices, rows and scale points may be given by id, by number in their list (scale points: by
    value) or by text in any language. JSON is read where it starts with `{` or `[`.

    | item | examples |
    |---|---|
    | single | `bsk`, `2`, `other: the archive` |
    | multiple | `council,scbf`, `1,3,other: a working group`, `none` |
    | scale | `4`, `to a large extent` |
    | grid | `council=4;scbf=3` |
    | percent | `12`, `12.5%`, `10-15`, `~12` |
    | number, year | `1200`, `1991` |
    | date | `2005-06-30`, `2005` |
    | rank | `forum>services=savings`, `none` |

    Args:
        item: the item.
        raw: what was typed.
        language: the language that fault lines name choices in.

    Returns:
        The value as it is stored.

    Raises:
        BadValue: it is no value of this item.
    """
    text = normalise(raw).text.strip()
    if not text:
        raise BadValue(t("{item}: nothing was given").format(item=item.id))
    value = _json(item, text) if text[0] in "{[" else _typed(item, text, language)
    if faults := check_value(item, value):
        raise BadValue(f"{item.id}: {faults[0]}")
    return value


def _json(item: Item, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadValue(
            t("{item}: this starts like JSON and is none: check brackets and quotes").format(item=item.id)
        ) from None


def _typed(item: Item, text: str, language: str) -> Any:
    if isinstance(item, SingleItem):
        return _choice(item, text, item.choices, item.other, language)
    if isinstance(item, MultipleItem):
        return _multiple(item, text, language)
    if isinstance(item, ScaleItem):
        return _point(item, text, item.scale, language)
    if isinstance(item, GridItem):
        return _grid(item, text, language)
    if isinstance(item, PercentItem):
        return _percent(item, text)
    if isinstance(item, NumberItem):
        return _number(item, text)
    if isinstance(item, YearItem):
        if not re.fullmatch(r"[0-9]{4}", text):
            raise BadValue(
                t('{item}: "{text}" is no year: write four digits').format(item=item.id, text=text[:40])
            )
        return int(text)
    if isinstance(item, RankItem):
        return _rank(item, text, language)
    # A date is stored as it is typed; what has no value at all is refused by the rules.
    return text


def _multiple(item: MultipleItem, text: str, language: str) -> list[Any]:
    if text.lower() in _NONE and text not in [choice.id for choice in item.choices]:
        return []
    found: list[Any] = []
    rest = text
    while rest:
        # What comes after "other:" is one text, commas and all.
        if item.other and (other := _OTHER.match(rest)):
            found.append({"other": other[1].strip()})
            break
        part, _, rest = (piece.strip() for piece in rest.partition(","))
        if part:
            found.append(_choice(item, part, item.choices, item.other, language))
    return found


def _choice(item: Item, text: str, choices: Sequence[Choice], other: bool, language: str) -> Any:
    """A choice by id, number or text."""
    if other and (found := _OTHER.match(text)):
        return {"other": found[1].strip()}
    for choice in choices:
        if text == choice.id:
            return choice.id
    if re.fullmatch(r"[0-9]{1,3}", text) and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1].id
    folded = fold(text)
    for choice in choices:
        if folded in [choice.id, *(fold(words) for words in choice.text.translations.values())]:
            return choice.id
    raise BadValue(
        t('{item}: "{text}" is no choice: {nearest}').format(
            item=item.id, text=text[:40], nearest=_nearest(text, choices, language)
        )
    )


def _nearest(text: str, choices: Sequence[Choice], language: str) -> str:
    words = {choice.text.get(language): choice.id for choice in choices}
    ids = [choice.id for choice in choices]
    by_words = nearest(text, ids) is None and nearest(text, words) is not None
    return did_you_mean(text, words if by_words else ids)


def _point(item: Item, text: str, scale: Sequence[ScalePoint], language: str) -> int:
    if re.fullmatch(r"-?[0-9]{1,6}", text):
        return int(text)
    folded = fold(text)
    for point in scale:
        if folded in [fold(words) for words in point.text.translations.values()]:
            return point.value
    known = ", ".join(f"{point.value} {point.text.get(language)}" for point in scale)
    raise BadValue(
        t('{item}: "{text}" is no point of the scale: {known}').format(
            item=item.id, text=text[:40], known=known
        )
    )


def _grid(item: GridItem, text: str, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, sign, cell = (piece.strip() for piece in part.partition("="))
        if not sign or not cell:
            first = item.rows[0].id
            raise BadValue(
                t('{item}: "{part}" gives no row its value: write {first}=..., with ; between rows').format(
                    item=item.id, part=part[:40], first=first
                )
            )
        row = _choice(item, name, item.rows, False, language)
        if row in found:
            raise BadValue(t('{item}: the row "{row}" is given twice').format(item=item.id, row=row))
        found[row] = _cell(item, cell, language)
    return found


def _cell(item: GridItem, text: str, language: str) -> Any:
    if item.cell == "scale":
        return _point(item, text, item.scale, language)
    if item.cell == "single":
        return _choice(item, text, item.choices, False, language)
    return _percent(item, text) if item.cell == "percent" else _number(item, text)


def _percent(item: Item, text: str) -> dict[str, Any]:
    found = _PERCENT.match(text)
    if not found or len(text) > _NUMBER_LENGTH:
        raise BadValue(
            t('{item}: "{text}" is no percentage: write 12, 10-15 or ~12').format(
                item=item.id, text=text[:40]
            )
        )
    low = _to_number(found[2])
    high = _to_number(found[3]) if found[3] else low
    return {"low": low, "high": high, "estimate": bool(found[1]) or low != high}


def _number(item: Item, text: str) -> int | float:
    # People set thousands apart with blanks, also the narrow ones of French.
    packed = re.sub(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", text)
    if _THOUSANDS.match(packed):
        whole, fraction = packed.replace(",", ""), packed.replace(",", ".")
        raise BadValue(
            t('{item}: "{text}" can be read in two ways: write {whole} or {fraction}').format(
                item=item.id, text=text, whole=whole, fraction=fraction
            )
        )
    if not _NUMBER.match(packed) or len(packed) > _NUMBER_LENGTH:
        raise BadValue(t('{item}: "{text}" is no number').format(item=item.id, text=text[:40]))
    return _to_number(packed)


def _to_number(text: str) -> int | float:
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _rank(item: RankItem, text: str, language: str) -> list[list[str]]:
    if text.lower() in _NONE:
        return []
    return [
        [_choice(item, name.strip(), item.choices, False, language) for name in tied.split("=")]
        for tied in text.split(">")
    ]
