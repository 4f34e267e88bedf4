"""Reading a workbook back that was exported as a report: its numbers, and what its cells show now."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.incoming import read_file
from fieldkit.exchange.report_ledger import Kept, kept, read_ledger
from fieldkit.exchange.workbook import AREA, LEDGER
from fieldkit.say import t

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

SIZE_LIMIT = 400_000_000
"""Bytes beyond which a file is not even read; 50,000 coded rows make about 15 million."""

_NUMBERED = re.compile(AREA.replace("{number}", r"(\d{1,6})"))


def read_workbook(path: Path) -> Kept:
    """Read a workbook back.

    Args:
        path: the file.

    Raises:
        ExchangeError: it cannot be read, or is no report.
    """
    import openpyxl

    content = read_file(path, SIZE_LIMIT, t("a report"))
    try:
        # Read only, so that just the sheets that are asked for are unpacked.
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        if LEDGER not in book.sheetnames:
            told = t("{path}: this workbook was not exported as a report, so there is nothing to verify")
            raise ExchangeError(told.format(path=path))
        text = "".join(str(row[0]) for row in book[LEDGER].iter_rows(values_only=True) if row and row[0])
        data = read_ledger(text, str(path))
        return kept(data, _shown(book))
    except ExchangeError:
        raise
    except Exception as error:
        # openpyxl raises whatever it stumbles over in a file that is no workbook or a damaged one.
        raise ExchangeError(
            t("{path}: this is no .xlsx workbook, or it is damaged").format(path=path)
        ) from error


def _shown(book: Workbook) -> dict[int, tuple[str, ...]]:
    """Number of a table to what its cells show; those that were taken out are left out."""
    areas: dict[str, list[tuple[int, str]]] = {}
    for name, defined in book.defined_names.items():
        if found := _NUMBERED.fullmatch(name):
            for sheet, area in defined.destinations:
                areas.setdefault(sheet, []).append((int(found[1]), area))
    shown: dict[int, tuple[str, ...]] = {}
    for sheet, tables in areas.items():
        if sheet in book.sheetnames:
            rows = list(book[sheet].iter_rows(values_only=True))
            for number, area in tables:
                shown[number] = tuple(_texts(rows, area))
    return shown


def _texts(rows: Sequence[tuple[object, ...]], area: str) -> list[str]:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = (int(edge or 1) for edge in range_boundaries(area))
    found = []
    for row in rows[top - 1 : bottom]:
        cells = (*row, *(None,) * (right - len(row)))[left - 1 : right]
        found += ["" if cell is None else _plain(cell) for cell in cells]
    return found


def _plain(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
