"""Exports of 50,000 coded rows, and a Word report with 1,000 quotes, each against its library alone.

The rival gets the same cells, ready in memory, and does nothing but write them. The study is open and its
guides are read. What counts is the processor's time, for nothing here waits for a disk; memory is that of a
process of its own, which opens the study and writes the workbook.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

from benchmarks._coded import build
from benchmarks._workload import Table
from fieldkit.exchange.csv import write_csv
from fieldkit.exchange.docx import write_docx
from fieldkit.exchange.report_gather import gather
from fieldkit.exchange.workbook_rows import RowSheet
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.storage.loading import no_collection
from fieldkit.study.study import Study

ROWS = 50_000
CSV_LIMIT = 1.5
XLSX_LIMIT = 1.2
FLAT_LIMIT = 1.1
QUOTES = 1_000
WORD_LIMIT = 2.0
Recorded = dict[str, list[tuple[int, list[Any]]]]


def run(arguments: list[str]) -> bool:
    """Measure, print, and return whether the promises hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks reports")
    parser.add_argument("--quick", action="store_true", help="fewer rows")
    options = parser.parse_args(arguments)
    rows = ROWS // 10 if options.quick else ROWS
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with Study.open(build(place / "study", rows), write=False) as study:
            print(f"{rows:,} coded rows; processor's time against the library alone, with the same cells")
            _csv(table, study, place)
            _workbook(table, study, place)
        with Study.open(build(place / "quotes", QUOTES), write=False) as study:
            _word(table, study, place)
        written, gathered = (_held(place / "study", what) for what in ("write", "gather"))
        table.promise("workbook: most memory / that of its numbers alone", written / gathered, FLAT_LIMIT)
    print("all promises hold" if table.passed else "a promise is missed")
    return table.passed


def best(work: Callable[[], object], turns: int = 3) -> float:
    """The processor's seconds that something takes, the best of several turns."""
    spent = []
    for _ in range(turns):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)


def _csv(table: Table, study: Study, place: Path) -> None:
    target = place / "ours.csv"
    ours = best(lambda: write_csv(study, target, force=True))
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))

    def bare() -> None:
        with (place / "bare.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)

    theirs = best(bare)
    table.value(f"CSV, {target.stat().st_size / 1e6:.0f} MB", ours)
    table.promise("CSV / the csv module", ours / theirs, CSV_LIMIT)


def _workbook(table: Table, study: Study, place: Path) -> None:
    target = place / "ours.xlsx"
    ours = best(lambda: write_xlsx(study, target, force=True), turns=1)
    recorded = _recorded(lambda: write_xlsx(study, target, force=True))
    theirs = best(lambda: _bare_workbook(place / "bare.xlsx", recorded), turns=1)
    lines = (cells for rows in recorded.values() for _, cells in rows)
    cells = sum(cell is not None and cell != "" for line in lines for cell in line)
    table.value(f"workbook, {cells:,} cells", ours)
    table.promise("workbook / XlsxWriter", ours / theirs, XLSX_LIMIT)


def _word(table: Table, study: Study, place: Path) -> None:
    quotes = [quote for question in gather(study).questions for quote in question.quotes]
    ours = best(lambda: write_docx(study, place / "ours.docx", force=True))

    def bare() -> None:
        document = docx.Document()
        for quote in quotes:
            document.add_paragraph(quote.words, style="Quote")
            document.add_paragraph(f"{quote.who} · {quote.group} · {'; '.join(quote.codes)}", style="Caption")
        document.save(str(place / "bare.docx"))

    theirs = best(bare)
    table.value(f"Word report, {len(quotes):,} quotes with all tables, charts and appendix", ours)
    table.promise("Word report / python-docx, the quotes alone", ours / theirs, WORD_LIMIT)


def _recorded(work: Callable[[], object]) -> Recorded:
    """The cells that a workbook is given, by sheet."""
    found: Recorded = {}
    write = RowSheet.write_cells

    def record(self: Any, row: int, cells: Any, *rest: Any) -> None:
        line = list(cells)
        found.setdefault(self.name, []).append((row, line))
        write(self, row, line, *rest)

    RowSheet.write_cells = record  # type: ignore[method-assign]
    try:
        work()
    finally:
        RowSheet.write_cells = write  # type: ignore[method-assign]
    return found


def _bare_workbook(target: Path, recorded: Recorded) -> None:
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    for name, rows in recorded.items():
        sheet = book.add_worksheet(name)
        for row, cells in rows:
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
    book.close()


def _held(study: Path, what: str) -> int:
    """The most memory that a process holds which opens a study, and gathers a report or writes it too."""
    command = [sys.executable, "-m", "benchmarks.reports", str(study), what]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)


def _hold(study: Path, what: str) -> None:
    with Study.open(study, write=False) as opened, no_collection():
        if what == "write":
            write_xlsx(opened, study / "held.xlsx", force=True)
        else:
            gather(opened)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


if __name__ == "__main__":
    _hold(Path(sys.argv[1]), sys.argv[2])
