"""The .csv and .xlsx exports: complete, marked, and harmless to whoever opens them."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.exchange.cells import CELL_LIMIT, csv_cell, workbook_text
from fieldkit.exchange.csv import write_csv
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.parquet import write_parquet
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.recording import record_response
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study
from fieldkit.text import visible
from tests.exchange.conftest import HOSTILE

DANGEROUS = [chr(code) for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))]
DANGEROUS += ["\u202e", "\u2066", "\u200b"]


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_one_row_for_each_coding_with_labels_beside_ids(study: Study, tmp_path: Path):
    target = tmp_path / "a.csv"
    assert write_csv(study, target, language="fr") == len(table(target)) == 4
    first = table(target)[0]
    code = study.codebook.code("council")
    assert (first["code"], first["code_label"]) == ("council", code.name.get("fr"))
    assert first["quote"] == "Le Conseil fonctionne bien."
    assert (first["start"], first["end"], first["coder"]) == ("0", "27", "MT")
    assert (first["respondent"], first["group"], first["place"]) == ("CIC-01", "CIC", "geneva")
    assert first["evaluation_questions"] == "1.4a"
    assert first["evaluation_question_texts"] == study.framework.question("1.4a").text.get("fr")
    assert first["quotable"] == "no"
    assert "PROTÉGÉ B" in first["marking"]


def test_a_response_without_codes_has_a_row_of_its_own(study: Study, tmp_path: Path):
    write_csv(study, tmp_path / "a.csv")
    last = table(tmp_path / "a.csv")[-1]
    assert last["code"] == ""
    assert last["quote"] == "'" + visible(HOSTILE)


def test_a_column_for_each_code_says_what_the_passage_carries(study: Study, tmp_path: Path):
    write_csv(study, tmp_path / "a.csv", code_columns=True)
    rows = table(tmp_path / "a.csv")
    codes = [f"code.{code.id}" for code in study.codebook.codes]
    assert list(rows[0])[-len(codes) :] == codes
    carried = [{name for name in codes if row[name] == "1"} for row in rows]
    # The second passage was given two codes, so each of its rows has both; those above them in the tree too.
    both = {"code.scbf", "code.oversight", "code.governance"}
    assert carried == [{"code.council", "code.governance"}, both, both, set()]
    assert {row[name] for row in rows for name in codes} == {"0", "1"}
    write_csv(study, tmp_path / "b.csv")
    assert [{name: row[name] for name in list(row)[: -len(codes)]} for row in rows] == table(
        tmp_path / "b.csv"
    )


def test_parquet_has_the_same_rows_with_their_types(study: Study, tmp_path: Path):
    assert write_parquet(study, tmp_path / "a.parquet", code_columns=True) == 4
    found = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    assert "PROTECTED B" in found.schema.metadata[b"marking"].decode()
    rows = found.to_pylist()
    assert [(row["code"], row["start"], row["end"]) for row in rows] == [
        ("council", 0, 27),
        ("oversight", 28, 58),
        ("scbf", 28, 58),
        (None, None, None),
    ]
    assert [row["code.council"] for row in rows] == [True, False, False, False]
    # No spreadsheet opens it, so texts are exact: the hostile one too.
    assert rows[3]["quote"] == HOSTILE
    assert rows[0]["memo"] == "=1+1"


def test_the_lines_are_those_of_the_csv_module(study: Study, tmp_path: Path):
    write_csv(study, tmp_path / "a.csv")
    made = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    again = io.StringIO()
    csv.writer(again).writerows(csv.reader(io.StringIO(made, newline="")))
    assert again.getvalue() == made


def test_a_text_that_looks_like_markup_stays_a_text(study: Study, tmp_path: Path):
    item = next(iter(study.rows("responses").values()))["item"]
    said = "<r><t>x</t></r> & _x0041_ "
    record_response(study, "CIC-01", item, notes=f"{said}.</r>")
    write_xlsx(study, tmp_path / "a.xlsx")
    cells = [
        str(cell.value) for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["Responses"] for cell in row
    ]
    # As the format writes what looks like an escape of its own.
    assert f"{said}.</r>".replace("_x0041_", "_x005F_x0041_") in cells


def test_no_cell_runs_as_a_formula_and_none_acts_on_a_terminal(study: Study, tmp_path: Path):
    write_csv(study, tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert not [character for character in DANGEROUS if character in text]
    for row in table(tmp_path / "a.csv"):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "|"))
    assert table(tmp_path / "a.csv")[0]["memo"] == "'=1+1"


@given(st.text())
def test_guarded_text_is_the_text_and_never_a_formula(text: str):
    cell = csv_cell(text)
    assert isinstance(cell, str)
    assert cell.removeprefix("'") == visible(text).removeprefix("'")
    if text and text[0] in "=+-@\t\r\n\0|＝＋－＠" and not text[1:].isdecimal():
        assert cell.startswith("'") or cell.replace(".", "", 1).lstrip("+-").isdecimal()


@pytest.mark.parametrize("number", [0, -5, 2.5, "-5", "+12.5", None])
def test_numbers_stay_numbers(number: object):
    assert csv_cell(number) == number


def test_contacts_are_in_neither(study: Study, tmp_path: Path):
    write_csv(study, tmp_path / "a.csv")
    write_xlsx(study, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        packed = b"".join(archive.read(name) for name in archive.namelist())
    for content in ((tmp_path / "a.csv").read_bytes(), packed):
        assert b"Secret" not in content
        assert b"zoe@" not in content


def test_words_of_whoever_said_no_are_left_out(study: Study, tmp_path: Path):
    person = find_respondent(study, "CIC-01").id
    interview = next(iter(study.rows("interviews")))
    consent = {"id": f"{interview}@{person}", "interview": interview, "respondent": person, "given": True}
    study.save([Put("consents", consent["id"], {**consent, "withdrawn_at": "2005-03-01T10:00:00.000Z"})])
    assert write_csv(study, tmp_path / "a.csv") == 0
    write_xlsx(study, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "Conseil" not in "".join(
        str(c.value) for s in ("Passages", "Responses") for r in book[s] for c in r
    )
    method = [str(row[0].value) for row in book["Method"].iter_rows()]
    assert [line for line in method if line == "Responses left out: 2."]


def test_words_of_a_live_interview_without_a_recorded_yes_are_left_out(study: Study, tmp_path: Path):
    for consent in list(study.rows("consents")):
        study.save([Delete("consents", consent)])
    assert write_csv(study, tmp_path / "a.csv") == 0
    write_xlsx(study, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [len(list(book[sheet].iter_rows(min_row=4))) for sheet in ("Passages", "Chart")] == [0, 0]
    matrix = [str(cell.value) for row in book["Evaluation matrix"] for cell in row]
    assert "Not counted until their consent to take part is recorded: CIC-01 (interviews: 1)." in matrix


def test_quotable_is_what_is_verbatim_and_agreed(study: Study, tmp_path: Path):
    person = find_respondent(study, "CIC-01").id
    interview = next(iter(study.rows("interviews")))
    consent = {"id": f"{interview}@{person}", "interview": interview, "respondent": person, "given": True}
    consent["quote"] = True
    study.save([Put("consents", consent["id"], consent)])
    response = next(iter(study.rows("responses").values()))
    first, second = response["paragraphs"]
    paragraphs = [{**first, "kind": "verbatim"}, second]
    study.save([Put("responses", response["id"], {**response, "paragraphs": paragraphs})])
    write_csv(study, tmp_path / "a.csv")
    assert [(row["code"], row["quotable"]) for row in table(tmp_path / "a.csv")] == [
        ("council", "yes"),
        ("oversight", "no"),
        ("scbf", "no"),
        ("", "no"),
    ]


def test_what_is_not_for_attribution_is_analysed_and_never_quotable(study: Study, tmp_path: Path):
    (consent,) = study.rows("consents").values()
    study.save([Put("consents", consent["id"], {**consent, "quote": True})])
    response = next(iter(study.rows("responses").values()))
    first, second = ({**each, "kind": "verbatim"} for each in response["paragraphs"])
    paragraphs = [first, {**second, "attribution": "none"}]
    study.save([Put("responses", response["id"], {**response, "paragraphs": paragraphs})])
    write_csv(study, tmp_path / "a.csv")
    assert [(row["code"], row["quotable"], row["attribution"]) for row in table(tmp_path / "a.csv")] == [
        ("council", "yes", ""),
        ("oversight", "no", "none"),
        ("scbf", "no", "none"),
        ("", "no", ""),
    ]
    write_xlsx(study, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for sheet, told in (("Passages", [None, "none", "none", None]), ("Responses", ["none", None])):
        heading, *rows = [row for row in book[sheet].iter_rows(values_only=True) if len(set(row)) > 2]
        assert [row[heading.index("attribution")] for row in rows] == told


def test_every_sheet_is_marked_and_no_cell_is_a_formula(study: Study, tmp_path: Path):
    study.save([Put("study", "study", {"id": "study", "practice": True})])
    target = tmp_path / "a.xlsx"
    assert write_xlsx(study, target) == 4
    assert target.stat().st_mode & 0o777 == 0o600
    book = openpyxl.load_workbook(target)
    questions = study.framework.question_ids
    assert book.sheetnames == [
        *("Contents", "Method", "Evaluation matrix", *questions, "Codes"),
        *("Triangulation", "Saturation", "Respondents"),
        *("Passages", "Responses", "Chart", "Roster", "Interview guides", "Codebook", "Trail", "fieldkit"),
    ]
    assert book["fieldkit"].sheet_state == "veryHidden"
    for sheet in book.worksheets[:-1]:
        assert sheet["A1"].value.startswith("PRACTICE DATA")
        assert "PROTECTED B" in sheet["A1"].value
        assert "PROTECTED B" in sheet.oddHeader.center.text
        assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
    passages = [[cell.value for cell in row] for row in book["Passages"]]
    quotes = [row[passages[1].index("quote")] for row in passages[2:]]
    assert quotes[0] == "Le Conseil fonctionne bien."
    # As the format writes what looks like an escape of its own; openpyxl reads it back unchanged.
    assert visible(HOSTILE).replace("\ufffe", "\ufffd").replace("_x001B_", "_x005F_x001B_") in quotes
    assert book["Roster"]["A3"].value == "CIC-01"


def test_the_french_workbook(study: Study, tmp_path: Path):
    write_xlsx(study, tmp_path / "a.xlsx", language="fr")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "Livre de codes" in book.sheetnames
    assert "PROTÉGÉ B" in book["Répondants"]["A1"].value


def test_a_text_longer_than_a_cell_is_cut_and_says_so(study: Study, tmp_path: Path):
    item = next(iter(study.rows("responses").values()))["item"]
    record_response(study, "CIC-01", item, notes="é" * 200_000)
    write_xlsx(study, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    longest = max((str(cell.value) for row in book["Responses"] for cell in row), key=len)
    assert len(longest) <= CELL_LIMIT
    assert "more characters" in longest


@given(st.text())
def test_what_goes_into_a_workbook_is_legal_xml(text: str):
    for character in workbook_text(text):
        code = ord(character)
        assert (
            code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
        )


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_failed_export_leaves_nothing_behind(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write
):
    target = tmp_path / "out" / "a.file"
    with pytest.raises(ExchangeError, match="no folder"):
        write(study, target)
    target.parent.mkdir()
    target.write_text("older")
    with pytest.raises(ExchangeError, match="--force"):
        write(study, target)
    monkeypatch.setattr("fieldkit.exchange.passages.Passages.spoken", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(study, target, force=True)
    assert target.read_text() == "older"
    assert [path.name for path in target.parent.iterdir()] == ["a.file"]
    with pytest.raises(ExchangeError, match="this is a folder"):
        write(study, target.parent, force=True)
