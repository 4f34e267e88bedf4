"""The .xlsx report in LibreOffice: it opens, and is the same after everything in it was calculated anew."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl

from fieldkit.exchange.report_check import check_report
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.study.practice import make_practice_study
from fieldkit.study.study import Study


def cells(path: Path) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def test_it_opens_and_recalculates_to_the_same(tmp_path: Path) -> None:
    folder = make_practice_study(tmp_path / "study")
    (tmp_path / "again").mkdir()
    with Study.open(folder, write=False) as study:
        write_xlsx(study, tmp_path / "report.xlsx")
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless"),
                *("--convert-to", "xlsx", "--outdir", str(tmp_path / "again"), str(tmp_path / "report.xlsx")),
            ],
            check=True,
            capture_output=True,
            timeout=240,
        )
        made, again = cells(tmp_path / "report.xlsx"), cells(tmp_path / "again" / "report.xlsx")
        assert len(made) > 20_000
        assert {place: value for place, value in made.items() if again.get(place) != value} == {}
        # What it keeps of itself has survived another program's writing it.
        checked = check_report(study, tmp_path / "again" / "report.xlsx")
        assert (checked.ok, checked.missing) == (True, 0)
    book = openpyxl.load_workbook(tmp_path / "again" / "report.xlsx")
    assert sum(len(sheet._charts) for sheet in book) >= 10
