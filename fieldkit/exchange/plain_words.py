"""Say what a record model finds wrong, in words that need no knowledge of models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.say import mark, t
from fieldkit.text import shortened

if TYPE_CHECKING:
    from pydantic import ValidationError

_WANTED = {
    "string_type": mark("text"),
    "int_type": mark("a whole number"),
    "int_from_float": mark("a whole number"),
    "int_parsing": mark("a whole number"),
    "float_type": mark("a number"),
    "float_parsing": mark("a number"),
    "bool_type": mark("true or false"),
    "bool_parsing": mark("true or false"),
    "list_type": mark("a list"),
    "tuple_type": mark("a list"),
    "dict_type": mark("an object"),
    "model_type": mark("an object"),
    "model_attributes_type": mark("an object"),
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
        return t("{field} is missing").format(field=field)
    if kind == "literal_error":
        expected = details["ctx"]["expected"]
        return t("{field} must be one of {expected} and is {given}").format(
            field=field, expected=expected, given=given
        )
    if kind in _WANTED:
        return t("{field} must be {wanted} and is {given}").format(
            field=field, wanted=t(_WANTED[kind]), given=given
        )
    if kind == "string_pattern_mismatch":
        pattern = details["ctx"]["pattern"]
        return t("{field} {given} is not spelt as it must be: {pattern}").format(
            field=field, given=given, pattern=pattern
        )
    if kind == "value_error":
        return str(details["ctx"]["error"])
    message = str(details["msg"])
    return t("{field}: {message} (it is {given})").format(
        field=field, message=message[:1].lower() + message[1:], given=given
    )


def _short(value: Any) -> str:
    return shortened(repr(value), 60)
