"""Reading a page back that was exported as a report: its numbers, and what its cells show now."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.html import KEPT
from fieldkit.exchange.incoming import read_file
from fieldkit.exchange.report_ledger import Kept, kept, read_ledger
from fieldkit.say import t

SIZE_LIMIT = 400_000_000
"""Bytes beyond which a file is not even read."""


def read_page(path: Path) -> Kept:
    """Read a page back.

    Args:
        path: the file.

    Raises:
        ExchangeError: it cannot be read, or is no report.
    """
    reader = _Reader()
    reader.feed(read_file(path, SIZE_LIMIT, t("a report")).decode("utf-8", errors="replace"))
    reader.close()
    if not reader.kept:
        raise ExchangeError(
            t("{path}: this page was not exported as a report, so there is nothing to verify").format(
                path=path
            )
        )
    data = read_ledger("".join(reader.kept), str(path))
    shown: dict[int, list[str]] = {}
    for table, _ in sorted(reader.cells):
        shown.setdefault(table, [])
    for (table, _), pieces in sorted(reader.cells.items()):
        shown[table].append("".join(pieces))
    return kept(data, {table: tuple(texts) for table, texts in shown.items()})


class _Reader(HTMLParser):
    """Takes what the page keeps, and the text of each cell of its tables by table and place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self.cells: dict[tuple[int, int], list[str]] = {}
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin to take text at the element that keeps the numbers, or at a cell."""
        given = dict(attrs)
        if tag == "script":
            self._into = self.kept if given.get("id") == KEPT else None
        elif tag == "td":
            table, _, cell = (given.get("data-at") or "").partition(".")
            known = table.isdecimal() and cell.isdecimal() and len(table + cell) < 16
            self._into = self.cells.setdefault((int(table), int(cell)), []) if known else None

    def handle_endtag(self, tag: str) -> None:
        """Take no more."""
        if tag in ("script", "td"):
            self._into = None

    def handle_data(self, data: str) -> None:
        """Take the text."""
        if self._into is not None:
            self._into.append(data)
