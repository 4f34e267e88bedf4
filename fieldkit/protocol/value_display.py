"""Stored values as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldkit.protocol.items import Choice, GridItem, Item, ItemBase, NumberItem, ScalePoint

_OTHER = {"en": "other: {text}", "fr": "autre : {text}"}
_NONE = {"en": "none", "fr": "aucun"}


def display_value(item: Item, value: Any, language: str) -> str:
    """A stored value in words.

    Args:
        item: the item it answers.
        value: the stored value; None shows as nothing.
        language: language code; words of fieldkit's own are English unless it is French.

    Returns:
        One line. What cannot be this item's value is shown as it is stored.
    """
    if value is None:
        return ""
    if isinstance(item, GridItem) and isinstance(value, Mapping):
        rows = [(row, value[row.id]) for row in item.rows if value.get(row.id) is not None]
        colon = "\u00a0: " if language == "fr" else ": "
        return "; ".join(f"{row.text.get(language)}{colon}{_one(item, cell, language)}" for row, cell in rows)
    if isinstance(value, list):
        return _several(item, value, language)
    shown = _one(item, value, language)
    if isinstance(item, NumberItem) and item.unit is not None:
        shown += f" {item.unit.get(language)}"
    return shown


def _several(item: ItemBase, value: list[Any], language: str) -> str:
    if not value:
        return _NONE.get(language, _NONE["en"])
    if not all(isinstance(entry, list) for entry in value):
        return ", ".join(_one(item, entry, language) for entry in value)
    places, position = [], 1
    for tied in value:
        places.append(f"{position}. " + " = ".join(_one(item, entry, language) for entry in tied))
        position += len(tied)
    return "; ".join(places)


def _one(item: ItemBase, value: Any, language: str) -> str:
    """A single choice, point, number or percentage."""
    if isinstance(value, Mapping):
        if "other" in value:
            return _OTHER.get(language, _OTHER["en"]).format(text=value["other"])
        if "low" in value and "high" in value:
            return _percent(value, language)
    choices: list[Choice] = getattr(item, "choices", [])
    for choice in choices:
        if choice.id == value:
            return choice.text.get(language)
    scale: list[ScalePoint] = getattr(item, "scale", [])
    for point in scale:
        if point.value == value:
            return f"{point.value} {point.text.get(language)}"
    return _number(value, language)


def _percent(value: Mapping[str, Any], language: str) -> str:
    # French sets a no-break space before the sign.
    sign = "\u00a0%" if language == "fr" else "%"
    low, high = _number(value["low"], language), _number(value["high"], language)
    if low != high:
        return f"{low}–{high}{sign}"
    return f"{'~' if value.get('estimate') else ''}{low}{sign}"


def _number(value: Any, language: str) -> str:
    if isinstance(value, float):
        shown = f"{value:.10g}"
        return shown.replace(".", ",") if language == "fr" else shown
    return str(value)
