"""Say what a record model finds wrong, in words that need no knowledge of models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.text import shortened

if TYPE_CHECKING:
    from pydantic import ValidationError

_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
}


def plain_words(error: ValidationError) -> list[str]:
    """What is wrong with a record, one line for each fault.

    Args:
        error: what validating the record raised.

    Returns:
        Lines such as `state must be one of 'planned', 'in progress', ... and is 'begun'`.
    """
    return [_line(details) for details in error.errors(include_url=False, include_context=True)]


def _line(details: Any) -> str:
    field = ".".join(str(step) for step in details["loc"])
    kind, given = details["type"], _short(details.get("input"))
    if kind == "missing":
        return f"{field} is missing"
    if kind == "literal_error":
        return f"{field} must be one of {details['ctx']['expected']} and is {given}"
    if kind in _WANTED:
        return f"{field} must be {_WANTED[kind]} and is {given}"
    if kind == "string_pattern_mismatch":
        return f"{field} {given} is not spelt as it must be: {details['ctx']['pattern']}"
    if kind == "value_error":
        return str(details["ctx"]["error"])
    message = str(details["msg"])
    return f"{field}: {message[:1].lower()}{message[1:]} (it is {given})"


def _short(value: Any) -> str:
    return shortened(repr(value), 60)
