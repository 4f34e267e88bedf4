"""Turn what a model finds wrong into lines a guide's author understands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fieldkit.protocol.items import ITEM_TYPES
from fieldkit.protocol.named_lists import NAMED_LIST_KEYS
from fieldkit.protocol.problems import Problem, did_you_mean
from fieldkit.protocol.source import PROBLEM_LIMIT, Place, Source

_PATTERNS = {
    "^[a-z][a-z0-9_]*$": "small letters, digits and underscores, starting with a letter",
    "^[a-z][a-z0-9-]*$": "small letters, digits and hyphens, starting with a letter",
    r"^[0-9]+(\.[0-9]+)*[a-z]?$": 'numbers like "1.4" or "1.4a"',
    r"^[0-9]+[a-z]?(\.[0-9]+[a-z]?)*$": 'numbers like "1.4a.1"',
    "^[A-Za-z][A-Za-z0-9_-]*$": "letters, digits, hyphens and underscores, starting with a letter",
    "^#[0-9A-Fa-f]{6}$": 'a colour like "#1f77b4"',
    "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$": "a language code like en or fr",
}
_WANTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list: lines that start with a hyphen, or [a, b]",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}


def explain(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Problem]:
    """Say each finding of a validation in plain words, with its line.

    Args:
        error: what validating the source's data raised.
        source: the file.
        model: the model it was validated as.

    Returns:
        One problem per finding, in the order of the file.
    """
    problems = []
    found = [
        (details, _place(details["loc"], source))
        for details in error.errors(include_url=False)[:PROBLEM_LIMIT]
        if not _in_named_list(details["loc"], source)
    ]
    bare = Counter(scale for details, place in found if (scale := _unlabelled(details, place)) is not None)
    for details, place in found:
        scale = _unlabelled(details, place)
        if scale is not None and bare[scale] > 1:
            # A line for each step would say the same thing as often as the scale has steps.
            problems.append(source.error(scale, f"{_where(scale, source)}{_no_labels(scale, bare[scale])}"))
            continue
        message = f"{_where(place, source)}{_message(details, place, source, model)}"
        problems.append(source.error(place, message))
    if error.error_count() > PROBLEM_LIMIT:
        message = (
            f"{error.error_count():,} faults, of which {PROBLEM_LIMIT:,} are told: put these right first"
        )
        problems.append(source.error((), message))
    return sorted(set(problems))


def _unlabelled(details: ErrorDetails, place: Place) -> Place | None:
    """The scale of which a step has no label, where that is the fault; else None."""
    step = place[:-1] if place and place[-1] == "text" else place
    scale = step[:-1]
    if (
        not step
        or not isinstance(step[-1], int)
        or not (scale[-1:] == ("scale",) or scale[:1] == ("scales",))
    ):
        return None
    without = details["type"] == "missing" if step != place else not isinstance(details["input"], Mapping)
    return scale if without or details["input"] is None else None


def _no_labels(scale: Place, steps: int) -> str:
    example = "{value: 1, text: {en: Not at all, fr: Pas du tout}}"
    return f"{steps} steps of `{scale[-1]}` have no label: write each like {example}"


def _place(loc: tuple[int | str, ...], source: Source) -> Place:
    """The place in the file that an error's path means; the last step may be a missing key."""
    place: Place = ()
    for position, step in enumerate(loc):
        within = (*place, step)
        # The validator's own steps look like "<scale>" and "[key]".
        own = isinstance(step, str) and step.startswith(("<", "["))
        if within in source.lines or (position == len(loc) - 1 and not own):
            place = within
    if place and place[-1] == "translations":
        return place[:-1]
    return place


def _in_named_list(loc: tuple[int | str, ...], source: Source) -> bool:
    """Whether the fault lies in a list that an item names; it is reported where the list stands."""
    value: Any = source.data
    for step in loc:
        if isinstance(value, str):
            return False
        if isinstance(step, str) and step.startswith("<"):
            continue
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
        if isinstance(value, str) and step in NAMED_LIST_KEYS:
            return True
    return False


def _where(place: Place, source: Source) -> str:
    """The nearest thing around a place that has an id, as `item "role": `."""
    kinds = {
        "issues": "issue",
        "items": "item",
        "sections": "section",
        "codes": "code",
        "show_cards": "show card",
        "evaluation_questions": "evaluation question",
        "parts": "part",
        "probes": "probe",
    }
    found = ""
    value: Any = source.data
    for position, step in enumerate(place):
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and isinstance(value, Mapping) and isinstance(value.get("id"), str):
            kind = kinds.get(str(place[position - 1]), "entry")
            found = f'{kind} "{value["id"]}": '
    return found


def _message(details: ErrorDetails, place: Place, source: Source, model: type[BaseModel]) -> str:
    kind = details["type"]
    key = str(place[-1]) if place else "the file"
    if kind == "missing":
        return f"`{key}` is missing: add it"
    if " " in key and (
        kind == "extra_forbidden" or details["loc"][-1] == "[key]" or details["input"] is None
    ):
        # In {en: One, two} the words after the comma are a key without a value.
        return f"{_shown(key)} stands after a comma inside braces: put the whole text in quotes"
    if kind == "extra_forbidden":
        return f"unknown key `{key}`: {did_you_mean(key, _known_keys(details['loc'], model))}"
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return _item_type(details["input"], place)
    if kind == "value_error":
        return f"`{key}`: {details['ctx']['error']}"
    if details["input"] is None:
        return f"`{key}` has no value: write one, or leave the key out"
    if kind == "string_type":
        return _not_a_string(details["input"], key, place, source)
    if kind == "literal_error" and key == "fieldkit":
        return f"`fieldkit: {details['input']}` is not read here: write `fieldkit: 1`, or update fieldkit"
    return _by_kind(details, _named(place), model)


def _named(place: Place) -> str:
    """What stands at a place, as a message names it: its key, or its number in a list."""
    if len(place) > 1 and isinstance(place[-1], int):
        return f"entry {place[-1] + 1} of `{place[-2]}`"
    return f"`{place[-1]}`" if place else "the file"


def _by_kind(details: ErrorDetails, named: str, model: type[BaseModel]) -> str:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    shown = _shown(value)
    if kind in _WANTED:
        keys = (
            f" ({', '.join(_known_keys((*details['loc'], ''), model))})" if kind.startswith("model") else ""
        )
        return f"{named} is {shown}: write {_WANTED[kind]}{keys}"
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ",").split(",")]
        return f"{named} is {shown}: {did_you_mean(str(value), allowed)}"
    if kind == "string_pattern_mismatch":
        return f"{shown} does not fit here: write {_PATTERNS.get(context['pattern'], 'another form')}"
    if kind in ("too_short", "string_too_short"):
        fewest = context.get("min_length", 1)
        return f"{named} is empty: fill it in" if fewest == 1 else f"{named} needs at least {fewest} entries"
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
        limit = next(f"{words[name]} {context[name]:g}" for name in words if name in context)
        return f"{named} is {shown}: it must be {limit}"
    if kind == "string_too_long":
        return f"{named} is longer than {context['max_length']} characters: shorten it"
    return f"{named} is {shown}, which does not fit: {details['msg'].lower()}"


def _not_a_string(value: Any, key: str, place: Place, source: Source) -> str:
    raw = source.raw.get(place)
    if raw is not None:
        reads = "true or false" if isinstance(value, bool) else "a number"
        return f'`{key}: {raw}` reads as {reads}: put it in quotes, "{raw}"'
    return f"`{key}` is {_shown(value)}: write a text"


def _item_type(value: Any, place: Place) -> str:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping):
        return f"an item is {_shown(value)}: write keys with values (id, type, text, ...)"
    if kind is None:
        return f"`type` is missing: one of {', '.join(ITEM_TYPES)}"
    if kind == "repeat" and place.count("items") > 1:
        return "a repeat stands inside a repeat: put it beside the other"
    return f'unknown item type "{kind}": {did_you_mean(str(kind), ITEM_TYPES)}'


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a set of keys"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value[:40]}"' + ("..." if len(value) > 40 else "")
    return str(value)


def _known_keys(loc: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    """The keys that may stand where an unknown one stands."""
    current: type[BaseModel] | None = model
    for step in loc[:-1]:
        if isinstance(step, int) or current is None:
            continue
        if step.startswith("<"):
            current = ITEM_TYPES.get(step.strip("<>"), current)
            continue
        by_key = {field.alias or name: field for name, field in current.model_fields.items()}
        if step in by_key:
            current = _model_in(by_key[step].annotation) or current
    return [field.alias or name for name, field in current.model_fields.items()] if current else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model that an annotation names, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if (found := _model_in(argument)) is not None:
            return found
    return None
