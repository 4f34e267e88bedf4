"""A workbook that a client can read alone, as another program reads it back: each sheet, and each chart."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook.workbook import Workbook

from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.storage.writes import Put
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.conclusions import conclude
from fieldkit.study.create import create_study
from fieldkit.study.findings import add_finding
from fieldkit.study.interviews import interview_for
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study

CODES = [f"CIC-0{number}" for number in range(1, 8)]
LISTS = (
    *("Conclusions", "Passages", "Responses", "Chart", "Roster", "Interview guides", "Codebook", "Trail"),
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook of a study with seven interviews on 1.4a, a finding and a conclusion from it."""
    folder = tmp_path_factory.mktemp("workbook")
    with Study.open(create_study(folder / "study", author="MT")) as study:
        interviewed(study)
        conclude(study, "conclusion", "It works.", [add_finding(study, "1.4a", "They work.", holds=True).id])
        write_xlsx(study, folder / "a.xlsx")
    return openpyxl.load_workbook(folder / "a.xlsx")


def interviewed(study: Study) -> None:
    """Seven persons of CIC, each interviewed, coded on 1.4a with one of two codes, and charted on it."""
    add_roster(study, [RosterEntry(code, {"group": "CIC"}) for code in CODES])
    puts = []
    for number, code in enumerate(CODES):
        person = find_respondent(study, code).id
        interview = interview_for(study, person)
        item = next(each.id for each in study.guide_for(interview).items() if each.type == "text")
        body = {**interview.body(), "state": "complete", "started_at": f"2005-03-0{number + 1}T10:00:00Z"}
        response = {"id": f"{interview.id}:{item}", "interview": interview.id, "item": item}
        response |= {"disposition": "answered", "paragraphs": [{"text": "It works.", "kind": "verbatim"}]}
        coding = {"id": code, "response": response["id"], "code": ("council", "scbf")[number % 2]}
        coding |= {"start": 0, "end": 9, "quote": "It works.", "evaluation_questions": ["1.4a"]}
        consent = {"id": f"{interview.id}@{person}", "interview": interview.id, "respondent": person}
        puts += [
            Put("interviews", interview.id, body),
            Put("responses", response["id"], response),
            Put("consents", consent["id"], {**consent, "given": True, "quote": True}),
            Put("codings", code, {**coding, "coder": "MT"}),
        ]
    study.save(puts)
    for code in CODES:
        person = find_respondent(study, code).id
        save_chart_cell(study, person, "1.4a", summary="", position="favourable", basis="first-hand")


def test_every_list_filters_stays_in_sight_and_is_as_wide_as_it_needs(book: Workbook) -> None:
    for name in LISTS:
        sheet = book[name]
        first, top, last, bottom = range_boundaries(sheet.auto_filter.ref)
        heading = [cell.value for cell in sheet[top]]
        assert (first, last) == (1, len(heading)), name
        assert bottom == sheet.max_row > top, name
        assert sheet.freeze_panes == f"A{top + 1}", name
        assert sheet.print_title_rows == f"$1:${top}", name
        # Nothing that is one word in a heading is cut by its column.
        for column, text in enumerate(heading, start=1):
            width = sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width
            assert width >= min(len(text), 24), (name, text)


def test_every_sheet_is_marked_on_screen_and_on_every_printed_page(book: Workbook) -> None:
    for sheet in book.worksheets[:-1]:
        assert "PROTECTED B" in sheet["A1"].value, sheet.title
        assert "PROTECTED B" in sheet.oddHeader.center.text, sheet.title
        assert "&P" in sheet.oddFooter.center.text or "&P" in str(sheet.oddFooter), sheet.title
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0), sheet.title
        assert sheet.page_setup.orientation == "landscape", sheet.title
    assert book.worksheets[-1].sheet_state == "veryHidden"


def test_every_chart_is_drawn_from_the_cells_of_its_table(book: Workbook) -> None:
    shown = {sheet.title: sheet._charts for sheet in book if sheet._charts}
    assert list(shown) == ["1.4a", "Saturation"]
    for name, charts in shown.items():
        sheet = book[name]
        for chart in charts:
            for series in chart.series:
                values = cells(book, series.val.numRef.f)
                labels = cells(book, series.cat.numRef.f if series.cat.numRef else series.cat.strRef.f)
                assert len(values) == len(labels) > 0
                assert all(label not in (None, "") for label in labels)
                assert all(isinstance(value, int) or value in (None, "–") for value in values)
                assert cells(book, series.tx.strRef.f)[0]
            # It covers no cell that has something in it.
            start = chart.anchor._from.row + 1
            covered = sheet.iter_rows(min_row=start, max_row=start + 15, values_only=True)
            assert not [cell for row in covered for cell in row if cell is not None]


def cells(book: Workbook, reference: str) -> list[object]:
    name, _, area = reference.rpartition("!")
    found = book[name.strip("'").replace("''", "'")][area.replace("$", "")]
    if not isinstance(found, tuple):
        return [found.value]
    return [cell.value for row in found for cell in (row if isinstance(row, tuple) else (row,))]


def test_the_curve_of_saturation_counts_codes_interview_by_interview(book: Workbook) -> None:
    (chart,) = book["Saturation"]._charts
    for series in chart.series:
        counts = [value for value in cells(book, series.val.numRef.f) if value is not None]
        # The second interview brought the other code.
        assert counts == [1, 2, 2, 2, 2, 2, 2]


def test_who_was_interviewed_is_told_in_counts_only(book: Workbook) -> None:
    texts = [str(cell) for row in book["Respondents"].iter_rows(values_only=True) for cell in row if cell]
    codes = [str(row[0]) for row in book["Roster"].iter_rows(min_row=3, values_only=True)]
    assert codes == CODES
    assert not [text for text in texts for code in codes if code in text]
