"""Reading reports back as a reader meets them, by means that have nothing to do with what wrote them."""

from __future__ import annotations

import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
from docx.table import Table


def shown(path: Path) -> list[str]:
    """The texts of a report, one for each line, cell, paragraph or element, in their order."""
    if path.suffix == ".docx":
        return _document(path)
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        sheets = [sheet for sheet in book if sheet.sheet_state == "visible"]
        rows = [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
        return [str(cell) for row in rows for cell in row if cell]
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        reader = _Texts()
        reader.feed(text)
        return reader.texts
    return [re.sub(r"\\(.)", r"\1", line) for line in text.splitlines() if line]


def raw(path: Path) -> str:
    """All that is in a file, its members unpacked."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            members = [archive.read(name) for name in archive.namelist()]
        return "".join(member.decode("utf-8", errors="replace") for member in members)
    return path.read_text(encoding="utf-8")


def _document(path: Path) -> list[str]:
    texts = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            texts += [cell.text for row in block.rows for cell in row.cells]
        else:
            texts.append(block.text)
    return texts


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.texts.append(data)
