"""Put a guide's named lists of choices and scales where items name them."""

from __future__ import annotations

from typing import Any

from fieldkit.protocol.problems import Problem, did_you_mean
from fieldkit.protocol.source import Place, Source
from fieldkit.say import t

NAMED_LIST_KEYS = {"choices": "choices", "rows": "choices", "instances": "choices", "scale": "scales"}
"""Which of the guide's named lists each key of an item draws on."""


def resolve_named_lists(source: Source) -> tuple[dict[str, Any], list[Problem]]:
    """Replace each name of a list by the list.

    Args:
        source: a guide's file; its data stays as it is.

    Returns:
        The guide's data with all lists in place, and the names that name nothing. A list that is
        wrong in itself is left out where it is named: its own place in the file reports it.
    """
    data: dict[str, Any] = dict(source.data)
    problems: list[Problem] = []
    sections = data.get("sections")
    if isinstance(sections, list):
        data["sections"] = [
            _resolve_in(data, section, ("sections", index), source, problems)
            for index, section in enumerate(sections)
        ]
    return data, problems


def _resolve_in(
    data: dict[str, Any], holder: Any, place: Place, source: Source, problems: list[Problem]
) -> Any:
    """A section, item or repeat with the lists of all items inside it in place."""
    if not isinstance(holder, dict):
        return holder
    resolved = dict(holder)
    for key, lists_key in NAMED_LIST_KEYS.items():
        name = holder.get(key)
        if not isinstance(name, str):
            continue
        lists = data.get(lists_key)
        known = lists if isinstance(lists, dict) else {}
        if name in known:
            resolved[key] = known[name]
        else:
            told = (
                t('no scale is named "{name}": {hint}')
                if lists_key == "scales"
                else t('no list of choices is named "{name}": {hint}')
            )
            message = told.format(name=name, hint=did_you_mean(name, known))
            problems.append(source.error((*place, key), message))
    inner = holder.get("items")
    if isinstance(inner, list):
        resolved["items"] = [
            _resolve_in(data, item, (*place, "items", index), source, problems)
            for index, item in enumerate(inner)
        ]
    return resolved
