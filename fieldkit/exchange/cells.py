"""Text on its way into a spreadsheet: shown harmlessly, and never run as a formula."""

from __future__ import annotations

import re

from fieldkit.text import visible

CELL_LIMIT = 32_767
"""Characters that a cell of a workbook can hold."""

Cell = str | int | float | None

_FORMULA_START = frozenset("=+-@\t\r\n\0|＝＋－＠｜")
_QUOTE = '"'
_SPECIAL = re.compile('[",\r\n]')
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_CUT = " [cut here: {count} more characters; the .json archive has the whole text]"


def harmless(text: str) -> str:
    """The text with visible symbols for what a terminal or a spreadsheet would act on.

    One character stays one character, so offsets into the text still hold.
    """
    return text if _is_harmless(text) else visible(text)


def _is_harmless(text: str) -> bool:
    # What `visible` alters is never printable; of what is not, these two are common and stay.
    return text.isprintable() or text.replace("\n", "").replace("\xa0", "").isprintable()


def csv_cell(value: Cell) -> Cell:
    """A value as it may stand in a CSV file.

    Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay
    numbers.
    """
    if not isinstance(value, str) or not value:
        return value
    if value[0] in _FORMULA_START and not _NUMBER.fullmatch(value):
        return "'" + harmless(value)
    return harmless(value)


def csv_field(value: Cell) -> str:
    """A value as it stands between two commas of a CSV file (RFC 4180), made safe by `csv_cell`."""
    if value is None:
        return ""
    # Letters and digits alone, as in ids and initials, are what they are.
    if not isinstance(value, str) or value.isalnum():
        return str(value)
    text = str(csv_cell(value))
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _SPECIAL.search(text) else text


def workbook_text(text: str) -> str:
    """A text as a cell of a workbook can hold it: legal in XML, and not longer than cells may be."""
    shown = (
        text if _is_harmless(text) else visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    )
    # Cells count in UTF-16, where a character may take two places.
    if len(shown) <= CELL_LIMIT // 2 or len(shown.encode("utf-16-le")) <= 2 * CELL_LIMIT:
        return shown
    room = CELL_LIMIT // 2 - 100
    return shown[:room] + _CUT.format(count=len(shown) - room)
