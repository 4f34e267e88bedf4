"""Codings of documents among the rows that other programs count with."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

from fieldkit.exchange.csv import write_csv
from fieldkit.exchange.parquet import write_parquet
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.storage.writes import Put
from fieldkit.study.study import Study
from fieldkit.text import visible
from tests.exchange.conftest import HOSTILE

DOCUMENT = {"id": "report", "name": f"=Annual {HOSTILE}", "text": "The Council met.\nTwice."}


@pytest.fixture
def read(study: Study) -> Study:
    """The study with a document that was coded, one that was not, and a profile."""
    coding = {"id": "d1", "document": "report", "quote": "The Council", "code": "council"}
    coding |= {"start": 0, "end": 11, "coder": "MT", "evaluation_questions": ["2.1"]}
    second = {**coding, "id": "d2", "code": "scbf", "quote": "Twice.", "start": 17, "end": 23}
    third = {**coding, "id": "d3", "document": "own", "quote": "We", "end": 2}
    own = {"id": "own", "name": "Own account", "text": "We met.", "role": "profile"}
    unread = {"id": "unread", "name": "Not read yet", "text": "Nothing."}
    study.save(
        [
            *(Put("documents", each["id"], each) for each in (DOCUMENT, own, unread)),
            *(Put("codings", each["id"], each) for each in (coding, second, third)),
        ]
    )
    return study


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_each_coding_of_a_document_has_a_row_without_a_respondent(read: Study, tmp_path: Path) -> None:
    assert write_csv(read, tmp_path / "a.csv", code_columns=True) == 7
    found = rows(tmp_path / "a.csv")
    said, written = found[:4], found[4:]
    assert {row["document"] for row in said} == {""}
    told = [(row["document"], row["document_name"], row["code"], row["quote"]) for row in written]
    name = "'" + visible(DOCUMENT["name"])
    assert told == [
        ("report", name, "council", "The Council"),
        ("report", name, "scbf", "Twice."),
        ("own", "Own account", "council", "We"),
    ]
    assert [row["document_role"] for row in written] == ["evidence", "evidence", "profile"]
    assert {row["line_of_evidence"] for row in written} == {"Document review"}
    nobody = ("respondent", "group", "group_label", "response", "interview", "item", "preferred_language")
    assert {row[column] for row in written for column in nobody} == {""}
    first = written[0]
    assert (first["code_label"], first["evaluation_questions"]) == ("Council", "2.1")
    assert first["evaluation_question_texts"] == read.framework.question("2.1").text.get("en")
    assert (first["start"], first["end"], first["quotable"]) == ("0", "11", "yes")
    assert [row["code.governance"] for row in written] == ["1", "1", "1"]
    assert [row["code.council"] for row in written] == ["1", "0", "1"]
    assert "PROTECTED B" in first["marking"]


def test_the_typed_rows_are_the_same(read: Study, tmp_path: Path) -> None:
    assert write_parquet(read, tmp_path / "a.parquet") == 7
    found = pyarrow.parquet.read_table(tmp_path / "a.parquet").to_pylist()[4:]
    assert [(row["document"], row["document_name"], row["start"], row["respondent"]) for row in found] == [
        ("report", DOCUMENT["name"], 0, None),
        ("report", DOCUMENT["name"], 17, None),
        ("own", "Own account", 0, None),
    ]


def test_a_passage_whose_document_was_corrected_has_the_words_as_they_are_now(
    read: Study, tmp_path: Path
) -> None:
    read.save([Put("documents", "report", {**DOCUMENT, "text": "In May the Council met.\nTwice."})])
    write_csv(read, tmp_path / "a.csv")
    found = {row["coding"]: row for row in rows(tmp_path / "a.csv")}
    again = found["d2"]
    assert (again["start"], again["quote"], again["passage_state"]) == ("24", "Twice.", "moved")


def test_the_sheet_of_passages_has_them_too_and_that_of_responses_does_not(
    read: Study, tmp_path: Path
) -> None:
    write_xlsx(read, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    heading, *lines = list(book["Passages"].iter_rows(min_row=2, values_only=True))
    column = heading.index("document")
    assert [line[column] for line in lines if line[column]] == ["report", "report", "own"]
    assert "document" not in next(book["Responses"].iter_rows(min_row=2, values_only=True))
