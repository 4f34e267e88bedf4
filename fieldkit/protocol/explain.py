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
from fieldkit.say import grouped, mark, t

_PATTERNS = {
    "^[a-z][a-z0-9_]*$": mark("small letters, digits and underscores, starting with a letter"),
    "^[a-z][a-z0-9-]*$": mark("small letters, digits and hyphens, starting with a letter"),
    r"^[0-9]+(\.[0-9]+)*[a-z]?$": mark('numbers like "1.4" or "1.4a"'),
    r"^[0-9]+[a-z]?(\.[0-9]+[a-z]?)*$": mark('numbers like "1.4a.1"'),
    "^[A-Za-z][A-Za-z0-9_-]*$": mark("letters, digits, hyphens and underscores, starting with a letter"),
    "^#[0-9A-Fa-f]{6}$": mark('a colour like "#1f77b4"'),
    "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$": mark("a language code like en or fr"),
}
_ENTRY = mark('entry "{id}": ')
_AROUND = {
    "issues": mark('issue "{id}": '),
    "items": mark('item "{id}": '),
    "sections": mark('section "{id}": '),
    "codes": mark('code "{id}": '),
    "show_cards": mark('show card "{id}": '),
    "evaluation_questions": mark('evaluation question "{id}": '),
    "parts": mark('part "{id}": '),
    "probes": mark('probe "{id}": '),
}
"""Key of a list to how a message begins that is about one of its entries."""

_WANTED = {
    "int_type": mark("a whole number"),
    "int_from_float": mark("a whole number"),
    "float_type": mark("a number"),
    "bool_type": mark("true or false"),
    "list_type": mark("a list: lines that start with a hyphen, or [a, b]"),
    "dict_type": mark("keys with values"),
    "model_type": mark("keys with values"),
    "model_attributes_type": mark("keys with values"),
}


_LIMITS = {
    "ge": mark("{named} is {shown}: it must be at least {limit}"),
    "gt": mark("{named} is {shown}: it must be more than {limit}"),
    "le": mark("{named} is {shown}: it must be at most {limit}"),
    "lt": mark("{named} is {shown}: it must be less than {limit}"),
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
        told = t("{n} faults, of which {told} are told: put these right first")
        message = told.format(n=grouped(error.error_count()), told=grouped(PROBLEM_LIMIT))
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
    told = t("{n} steps of `{scale}` have no label: write each like {example}")
    return told.format(n=steps, scale=scale[-1], example=example)


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
    found = ""
    value: Any = source.data
    for position, step in enumerate(place):
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and isinstance(value, Mapping) and isinstance(value.get("id"), str):
            told = _AROUND.get(str(place[position - 1]), _ENTRY)
            found = t(told).format(id=value["id"])
    return found


def _message(details: ErrorDetails, place: Place, source: Source, model: type[BaseModel]) -> str:
    kind = details["type"]
    key = str(place[-1]) if place else t("the file")
    if kind == "missing":
        return t("`{key}` is missing: add it").format(key=key)
    if " " in key and (
        kind == "extra_forbidden" or details["loc"][-1] == "[key]" or details["input"] is None
    ):
        # In {en: One, two} the words after the comma are a key without a value.
        return t("{shown} stands after a comma inside braces: put the whole text in quotes").format(
            shown=_shown(key)
        )
    if kind == "extra_forbidden":
        hint = did_you_mean(key, _known_keys(details["loc"], model))
        return t("unknown key `{key}`: {hint}").format(key=key, hint=hint)
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return _item_type(details["input"], place)
    if kind == "value_error":
        return f"`{key}`: {details['ctx']['error']}"
    if details["input"] is None:
        return t("`{key}` has no value: write one, or leave the key out").format(key=key)
    if kind == "string_type":
        return _not_a_string(details["input"], key, place, source)
    if kind == "literal_error" and key == "fieldkit":
        told = t("`fieldkit: {given}` is not read here: write `fieldkit: 1`, or update fieldkit")
        return told.format(given=details["input"])
    return _by_kind(details, _named(place), model)


def _named(place: Place) -> str:
    """What stands at a place, as a message names it: its key, or its number in a list."""
    if len(place) > 1 and isinstance(place[-1], int):
        return t("entry {n} of `{list}`").format(n=place[-1] + 1, list=place[-2])
    return f"`{place[-1]}`" if place else t("the file")


def _by_kind(details: ErrorDetails, named: str, model: type[BaseModel]) -> str:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    shown = _shown(value)
    if kind in _WANTED:
        keys = (
            f" ({', '.join(_known_keys((*details['loc'], ''), model))})" if kind.startswith("model") else ""
        )
        told = t("{named} is {shown}: write {wanted}")
        return told.format(named=named, shown=shown, wanted=t(_WANTED[kind]) + keys)
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ",").split(",")]
        hint = did_you_mean(str(value), allowed)
        return t("{named} is {shown}: {hint}").format(named=named, shown=shown, hint=hint)
    if kind == "string_pattern_mismatch":
        form = t(_PATTERNS.get(context["pattern"], mark("another form")))
        return t("{shown} does not fit here: write {form}").format(shown=shown, form=form)
    if kind in ("too_short", "string_too_short"):
        fewest = context.get("min_length", 1)
        told = t("{named} is empty: fill it in") if fewest == 1 else t("{named} needs at least {n} entries")
        return told.format(named=named, n=fewest)
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        name = next(name for name in _LIMITS if name in context)
        return t(_LIMITS[name]).format(named=named, shown=shown, limit=f"{context[name]:g}")
    if kind == "string_too_long":
        return t("{named} is longer than {max_length} characters: shorten it").format(
            named=named, max_length=context["max_length"]
        )
    return t("{named} is {shown}, which does not fit: {why}").format(
        named=named, shown=shown, why=details["msg"].lower()
    )


def _not_a_string(value: Any, key: str, place: Place, source: Source) -> str:
    raw = source.raw.get(place)
    if raw is not None:
        told = (
            t('`{key}: {raw}` reads as true or false: put it in quotes, "{raw}"')
            if isinstance(value, bool)
            else t('`{key}: {raw}` reads as a number: put it in quotes, "{raw}"')
        )
        return told.format(key=key, raw=raw)
    return t("`{key}` is {shown}: write a text").format(key=key, shown=_shown(value))


def _item_type(value: Any, place: Place) -> str:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping):
        return t("an item is {shown}: write keys with values (id, type, text, ...)").format(
            shown=_shown(value)
        )
    if kind is None:
        return t("`type` is missing: one of {types}").format(types=", ".join(ITEM_TYPES))
    if kind == "repeat" and place.count("items") > 1:
        return t("a repeat stands inside a repeat: put it beside the other")
    return t('unknown item type "{kind}": {hint}').format(kind=kind, hint=did_you_mean(str(kind), ITEM_TYPES))


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return t("a set of keys")
    if isinstance(value, list):
        return t("a list")
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
