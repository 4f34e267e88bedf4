"""The practice study goes through every command and file like any other, marked on each."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from fieldkit.cli.main import main
from fieldkit.findings.tabulate import WHATS
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice study, made once; the tests here only read it."""
    place = tmp_path_factory.mktemp("demo") / "practice"
    assert main(["demo", str(place), "--no-open"]) == 0
    return place


def test_a_practice_study_that_is_there_is_opened_as_it_is(run: Run, practice: Path, folder: Path):
    journal = (practice / "store" / "journal").read_bytes()
    assert json.loads(run("demo", str(practice), "--json").out) == {"study": str(practice), "made": False}
    assert (practice / "store" / "journal").read_bytes() == journal
    refused = run("demo", str(folder), "--no-open")
    assert (refused.code, refused.out) == (1, "")


def test_its_archive_makes_the_same_study(run: Run, practice: Path, tmp_path: Path):
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    assert run("export", str(first), "--with-contacts", "-s", str(practice)).code == 0
    assert json.loads(first.read_bytes())["study"]["practice"] is True
    run("new", str(tmp_path / "copy"), "--no-passphrase")
    assert run("import", str(first), "-s", str(tmp_path / "copy")).code == 0
    assert run("export", str(second), "--with-contacts", "-s", str(tmp_path / "copy")).code == 0
    assert second.read_bytes() == first.read_bytes()


def test_every_export_of_it_is_marked(run: Run, practice: Path, tmp_path: Path):
    assert run("export", str(tmp_path / "a.csv"), str(tmp_path / "a.xlsx"), "-s", str(practice)).code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    assert all(row["marking"].startswith("PRACTICE DATA") for row in rows)
    coded = [row for row in rows if row["code"]]
    assert len(coded) >= 600
    assert all(row["code_label"] and row["item_text"] and row["group_label"] for row in coded)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    shown = [sheet for sheet in book if sheet.sheet_state == "visible"]
    assert all(str(sheet["A1"].value).startswith("PRACTICE DATA") for sheet in shown)


@pytest.mark.parametrize("what", WHATS)
def test_every_table_of_it(run: Run, practice: Path, what: str):
    tables = json.loads(run("tabulate", "--what", what, "--json", "-s", str(practice)).out)["tables"]
    assert any(cell["value"] for table in tables for cell in table["cells"])
    assert run("tabulate", "--what", what, "-s", str(practice)).code == 0


def test_its_status(run: Run, practice: Path):
    status = run("status", "-s", str(practice))
    assert status.code == 0
    assert "PRACTICE DATA" in status.out
