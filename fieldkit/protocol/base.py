"""What all models of the protocol share: strictness, kinds of ids, fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator, StringConstraints

from fieldkit.say import t

ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
"""Id of an item, probe, choice, row or show card."""

CodeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
"""Id of a code."""

QuestionId = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*[a-z]?$")]
"""Id of an issue, an evaluation question or a part of one: `1`, `1.4`, `1.4a`."""

IndicatorId = Annotated[str, StringConstraints(pattern=r"^[0-9]+[a-z]?(\.[0-9]+[a-z]?)*$")]
"""Id of an indicator: `1.4a.1`."""

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$"

SLUG_PATTERN = "^[A-Za-z][A-Za-z0-9_-]*$"

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN)]
"""Id of anything else: a group, a band, a line of evidence."""

Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*( [A-Za-z0-9_-]+)*$")]
"""Id that is itself a word of the field, blanks and all: `no view`, `first-hand`."""

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]

Version = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Model(BaseModel):
    """Base of every model: frozen, nothing coerced, nothing unknown accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def parse_fraction(value: Any) -> Fraction:
    """Read a share as it is written in a file.

    Args:
        value: `"3/4"`, `"1"`, 1 or a Fraction.

    Returns:
        The fraction, exact.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and len(value) <= 20 and set(value) <= set("0123456789/"):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            pass
    raise ValueError(t('write a share as a quoted fraction, like "3/4" or "1"'))


Share = Annotated[Fraction, PlainValidator(parse_fraction), PlainSerializer(str, return_type=str)]
"""An exact share or number; written and stored as `"3/4"`."""
