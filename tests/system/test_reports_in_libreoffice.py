"""Reports in LibreOffice: they open, and what it saves again has the same numbers and can be verified."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import openpyxl

from fieldkit.exchange.docx import write_docx
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


def saved_again(report: Path) -> Path:
    """The file as LibreOffice writes it after opening it."""
    place = report.parent / "again"
    place.mkdir()
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(report.parent / 'office').as_uri()}", "--headless"),
            *("--convert-to", report.suffix[1:], "--outdir", str(place), str(report)),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return place / report.name


def test_the_word_report_opens_and_can_be_verified_when_it_was_saved_again(tmp_path: Path) -> None:
    with Study.open(make_practice_study(tmp_path / "study"), write=False) as study:
        write_docx(study, tmp_path / "report.docx")
        again = saved_again(tmp_path / "report.docx")
        checked = check_report(study, again)
    assert (checked.ok, checked.missing) == (True, 0)
    document = docx.Document(str(again))
    assert len(document.inline_shapes) >= 10
    assert all("PROTECTED B" in section.header.paragraphs[0].text for section in document.sections)


def test_the_workbook_opens_and_recalculates_to_the_same(tmp_path: Path) -> None:
    folder = make_practice_study(tmp_path / "study")
    with Study.open(folder, write=False) as study:
        write_xlsx(study, tmp_path / "report.xlsx")
        converted = saved_again(tmp_path / "report.xlsx")
        made, again = cells(tmp_path / "report.xlsx"), cells(converted)
        assert len(made) > 20_000
        assert {place: value for place, value in made.items() if again.get(place) != value} == {}
        # What it keeps of itself has survived another program's writing it.
        checked = check_report(study, converted)
        assert (checked.ok, checked.missing) == (True, 0)
    book = openpyxl.load_workbook(converted)
    assert sum(len(sheet._charts) for sheet in book) >= 10
