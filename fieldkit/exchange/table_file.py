"""Read a table that a person made in a spreadsheet: .csv in any usual encoding, or .xlsx."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.incoming import read_file
from fieldkit.say import grouped, t
from fieldkit.text import decode, replace_surrogates

SIZE_LIMIT = 20_000_000
"""Bytes beyond which a file is not even read; 10,000 people take about one million."""

UNPACKED_LIMIT = 30_000_000
"""Bytes that a workbook may unpack to; 10,000 people take about five million."""

ROW_LIMIT = 50_000
"""Rows with something in them beyond which no more are read."""

_DELIMITERS = (",", ";", "\t", "|")
# What older programs in Canada wrote French in. The right one makes letters of the bytes.
_OLD_ENCODINGS = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS (850)"}
_USUAL = frozenset("éèêëàâçîïôùûüœæÉÈÊËÀÂÇÎÏÔÙÛÜŒÆ’‘“”«»–—…°€\xa0")


@dataclass
class TableFile:
    """A table as it was read.

    Attributes:
        name: the file's name.
        heading: the texts of its first row that is not empty.
        rows: number of the line (from 1, as the file counts) and the cells, for each row below it.
        notes: how it was read, where that is not plain: one line each.
    """

    name: str
    heading: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)


def read_table(path: Path) -> TableFile:
    """Read the first sheet of a workbook, or a CSV file.

    Args:
        path: the file, by extension .xlsx, or .csv, .tsv or .txt.

    Returns:
        The table; blank rows are left out.

    Raises:
        ExchangeError: it cannot be read, or has no rows.
    """
    content = read_file(path, SIZE_LIMIT, t("a table of people"))
    notes: list[str] = []
    if content.startswith(b"PK\x03\x04") or path.suffix.lower() == ".xlsx":
        lines = _workbook_lines(path.name, content)
    else:
        text, lone = replace_surrogates(_decode(path.name, content, notes))
        if lone:
            notes.append(
                t(
                    "{path}: {lone} lone surrogate(s), which no file can hold, became U+FFFD: look "
                    "whether a character is missing there"
                ).format(path=path.name, lone=lone)
            )
        lines = _csv_lines(path.name, text)
    filled: list[tuple[int, list[str]]] = []
    for number, cells in lines:
        if not any(cells):
            continue
        if len(filled) > ROW_LIMIT:
            raise ExchangeError(
                t("{path}: more than {row_limit} rows; a table of people has fewer").format(
                    path=path.name, row_limit=grouped(ROW_LIMIT)
                )
            )
        filled.append((number, cells))
    if not filled:
        raise ExchangeError(
            t("{path}: the file is empty; its first row must name the columns").format(path=path.name)
        )
    return TableFile(path.name, filled[0][1], filled[1:], notes)


def _decode(name: str, content: bytes, notes: list[str]) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return decode(content, encoding)
            except UnicodeDecodeError as error:
                raise ExchangeError(
                    t("{name}: damaged {encoding} text at byte {start}").format(
                        name=name, encoding=encoding, start=error.start
                    )
                ) from error
    if b"\0" in content[:1000]:
        raise ExchangeError(
            t("{name}: this is no text file; save the table as .csv (UTF-8) or .xlsx").format(name=name)
        )
    try:
        return decode(content, "utf-8")
    except UnicodeDecodeError:
        texts = {
            encoding: text for encoding in _OLD_ENCODINGS if (text := _try(content, encoding)) is not None
        }
    encoding, text = max(texts.items(), key=lambda entry: _likeness(entry[1]))
    notes.append(
        t("{name} is not UTF-8; it was read as {encoding}: look whether accents are right").format(
            name=name, encoding=_OLD_ENCODINGS[encoding]
        )
    )
    return text


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> int:
    """How many characters speak for the encoding, less those that speak against it."""
    foreign = [character for character in text if not character.isascii()]
    return sum(1 if character in _USUAL else -1 for character in foreign)


def _csv_lines(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    # The bare heading tells: names of columns hold none of these characters themselves.
    delimiter = max(_DELIMITERS, key=re.sub(r'"[^"]*"', "", first).count)
    # The module's own limit is less than what a cell of remarks may hold.
    csv.field_size_limit(SIZE_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        number = 1
        for cells in reader:
            yield number, [cell.strip() for cell in cells]
            number = reader.line_num + 1
    except csv.Error as error:
        raise ExchangeError(
            t("{name}:{line_num}: not a line of CSV ({error}); look at the quotes").format(
                name=name, line_num=reader.line_num, error=error
            )
        ) from error


def _workbook_lines(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > UNPACKED_LIMIT:
            raise ExchangeError(
                t(
                    "{name}: unpacks to {unpacked} bytes, more than a table of people has; save the "
                    "sheet you mean as .csv"
                ).format(name=name, unpacked=grouped(unpacked))
            )
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet: Any = workbook.worksheets[0]
        # Some programs state a wrong size; without it openpyxl reads what is there.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_cell_text(cell) for cell in cells]
        workbook.close()
    except ExchangeError:
        raise
    except Exception as error:
        # openpyxl raises whatever it stumbles over in a file that is no workbook or a damaged one.
        raise ExchangeError(
            t("{name}: cannot be read as an Excel workbook ({error}); save it again as .xlsx or .csv").format(
                name=name, error=type(error).__name__
            )
        ) from error


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value).strip()
