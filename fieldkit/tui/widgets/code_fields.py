"""What a code says, field by field, each on the one line it is edited on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code

EDITED: Final = ("definition", "use_when", "not_when", "examples", "aliases", "colour", "pattern")
"""What the key for editing offers, in this order."""


def as_line(code: Code, field: str, language: str) -> str:
    """What a field says, on the one line it is edited on.

    Args:
        code: the code.
        field: one of `EDITED`.
        language: language of its words.
    """
    value = getattr(code, field)
    if field == "examples":
        return " | ".join(each.translations.get(language, "") for each in value)
    if field == "aliases":
        return ", ".join(value)
    if field in ("colour", "pattern"):
        return value or ""
    return " ".join(value.translations.get(language, "").split("\n")) if value is not None else ""


def from_line(code: Code, field: str, line: str, language: str) -> object:
    """What a line makes of a field; examples keep their words in other languages, by their order.

    Args:
        code: the code as it is.
        field: one of `EDITED`.
        line: what was typed.
        language: language of the words.

    Returns:
        The field's value, as a change to the code takes it.
    """
    if field == "aliases":
        return [each.strip() for each in line.split(",")]
    if field in ("colour", "pattern"):
        return line or None
    if field != "examples":
        return {language: line}
    given = [each.strip() for each in line.split("|")]
    others = [dict(each.translations) for each in code.examples]
    return [{**(others[at] if at < len(others) else {}), language: words} for at, words in enumerate(given)]
