"""The numbers of a report as it keeps them inside itself, so that they can be computed again.

`{"fieldkit_report": 1, "study", "language", "outgoing", "made_at", "tables": [[[trace, text, n], ...]]}`,
with one list for each table in the order of the report, its cells row by row; one that leaves the house also
has its `threshold` and whether its tables have `numbers`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.report import Leaving
from fieldkit.findings.release import THRESHOLDS
from fieldkit.say import t

if TYPE_CHECKING:
    from fieldkit.exchange.report import Report
    from fieldkit.findings.table import Cell, Table

FORMAT = 1
KEY = "fieldkit_report"


@dataclass(frozen=True)
class Kept:
    """What a report that was read back says of itself.

    Attributes:
        study: id of the store it was made from.
        language: its language.
        leaving: on what terms it was made to leave the house; None where it was not.
        made_at: when its numbers were computed.
        figures: of each table, and each of its cells row by row: trace, how it read, and out of how many.
        shown: number of a table to the texts that its cells show now, row by row; a table that was taken
            out of the report is not there.
    """

    study: str
    language: str
    leaving: Leaving | None
    made_at: str
    figures: tuple[tuple[tuple[str, str, int | None], ...], ...]
    shown: Mapping[int, tuple[str, ...]]


def cells_of(table: Table) -> Iterator[Cell]:
    """The cells of a table, row by row."""
    return (table.cells[row.id, column.id] for row in table.rows for column in table.columns)


def ledger(report: Report) -> str:
    """The numbers of a report as JSON, in ASCII."""
    tables = [[[cell.trace, cell.text, cell.n] for cell in cells_of(table)] for table in report.tables]
    about: dict[str, Any] = {"study": report.study, "language": report.language, "outgoing": report.outgoing}
    if report.leaving is not None:
        about["threshold"], about["numbers"] = report.leaving.threshold, report.leaving.numbers
    data = {KEY: FORMAT, **about, "made_at": report.made_at, "tables": tables}
    return json.dumps(data, separators=(",", ":"))


def read_ledger(text: str, name: str) -> dict[str, Any]:
    """Read back what `ledger` wrote.

    Args:
        text: the JSON.
        name: the file's name, for messages.

    Raises:
        ExchangeError: it is damaged, or of a later version.
    """
    try:
        data = json.loads(text)
        version = data[KEY]
        ok = isinstance(version, int) and all(
            isinstance(trace, str) and isinstance(shown, str) and isinstance(n, int | None)
            for table in data["tables"]
            for trace, shown, n in table
        )
        ok = ok and all(isinstance(data[key], str) for key in ("study", "language", "made_at"))
    except (ValueError, KeyError, TypeError, RecursionError):
        ok, version = False, FORMAT
    if version != FORMAT and ok:
        raise ExchangeError(
            t("{name}: made by a later version of fieldkit; update fieldkit to verify it").format(name=name)
        )
    if not ok:
        raise ExchangeError(
            t("{name}: what it keeps of its numbers is damaged; export the report again").format(name=name)
        )
    return dict(data)


def kept(data: Mapping[str, Any], shown: Mapping[int, tuple[str, ...]]) -> Kept:
    """What a report says of itself.

    Args:
        data: its ledger.
        shown: number of a table to what its cells show; one whose size was changed counts as taken out.
    """
    figures = tuple(tuple((trace, text, n) for trace, text, n in table) for table in data["tables"])
    whole = {
        number: texts
        for number, texts in shown.items()
        if number < len(figures) and len(texts) == len(figures[number])
    }
    leaving = None
    if data.get("outgoing") is True:
        stricter = data.get("threshold") == THRESHOLDS[1]
        leaving = Leaving(THRESHOLDS[int(stricter)], data.get("numbers") is True)
    return Kept(data["study"], data["language"], leaving, data["made_at"], figures, whole)
