"""Whatever stands in findings, conclusions and the names of documents, it is text in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from markdown_it import MarkdownIt

from fieldkit.exchange.report_check import check_report
from fieldkit.storage.writes import Put
from fieldkit.study.conclusions import conclude
from fieldkit.study.create import create_study
from fieldkit.study.findings import add_finding, add_note, set_status
from fieldkit.study.study import Study
from tests.exchange.conftest import HOSTILE, fill
from tests.exchange.reading import raw, shown
from tests.exchange.test_report_parts import ALL

TRICKS = "=1+1 <script>alert(1)</script> <r><t>x</t></r> [a](javascript:b) **c** | d ]]> &amp; "
HURT = TRICKS + HOSTILE
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e\u200b]")


@dataclass
class Hurt:
    """A study with hostile text in all that reports have, and its reports, complete and outgoing."""

    study: Study
    folder: Path

    def path(self, suffix: str, leaving: bool) -> Path:
        return self.folder / f"report-{leaving}{suffix}"


@pytest.fixture(scope="module")
def hurt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hurt]:
    folder = tmp_path_factory.mktemp("hurt")
    with Study.open(create_study(folder / "study", author="MT")) as study:
        fill(study)
        document = {"id": "d", "name": HURT, "text": HURT, "evaluation_questions": ["1.4a"]}
        coding = {"id": "c", "document": "d", "quote": HURT, "code": "council", "start": 0, "end": len(HURT)}
        coding |= {"coder": "MT", "evaluation_questions": ["1.4a"]}
        study.save([Put("documents", "d", document), Put("codings", "c", coding)])
        for question in ("1.4", "1.4a"):
            made = add_finding(study, question, HURT, quotes=["c"]).id
            add_note(study, made, HURT)
            set_status(study, made, "final")
        conclude(study, "recommendation", HURT, [made])
        found = Hurt(study, folder)
        for suffix, write in ALL.items():
            for leaving in (False, True):
                write(study, found.path(suffix, leaving), leaving=leaving)
        yield found


cases = pytest.mark.parametrize(
    ("suffix", "leaving"), [(each, leaving) for each in ALL for leaving in (False, True)]
)


@cases
def test_it_is_shown_whole_and_acts_on_nothing(hurt: Hurt, suffix: str, leaving: bool) -> None:
    path = hurt.path(suffix, leaving)
    texts = shown(path)
    assert sum("alert(1)" in text and "javascript:b" in text for text in texts) >= 4
    assert not [text for text in texts if CONTROLS.search(text)]
    if suffix in (".html", ".md"):
        assert not CONTROLS.search(raw(path))
    if suffix != ".md":
        checked = check_report(hurt.study, path)
        assert (checked.ok, checked.missing) == (True, 0)


@pytest.mark.parametrize("leaving", [False, True])
def test_no_cell_of_the_workbook_is_a_formula_or_a_link_out(hurt: Hurt, leaving: bool) -> None:
    book = openpyxl.load_workbook(hurt.path(".xlsx", leaving))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink and cell.hyperlink.target]


@pytest.mark.parametrize("leaving", [False, True])
def test_the_document_is_sound_and_has_no_link_out(hurt: Hurt, leaving: bool) -> None:
    path = hurt.path(".docx", leaving)
    parts = docx.Document(str(path)).part.package.iter_parts()
    for part in parts:
        if part.partname.endswith(".xml"):
            parse_xml(part.blob)
        assert not [each for each in part.rels.values() if each.is_external]


@pytest.mark.parametrize("leaving", [False, True])
def test_the_page_has_no_element_and_no_address_from_a_text(hurt: Hurt, leaving: bool) -> None:
    text = raw(hurt.path(".html", leaving))
    assert text.count("<script") == 2
    assert "<r>" not in text
    assert not re.search(r"(href|src)=\"(?!#)", text)


@pytest.mark.parametrize("leaving", [False, True])
def test_the_markdown_has_no_html_and_no_link_from_a_text(hurt: Hurt, leaving: bool) -> None:
    """As an independent reader of CommonMark with tables understands it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(raw(hurt.path(".md", leaving)))
    inline = [child for token in tokens for child in token.children or ()]
    acting = {"html_block", "html_inline", "link_open", "image"}
    assert not [each.type for each in (*tokens, *inline) if each.type in acting]
