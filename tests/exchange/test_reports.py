"""Reports: what each format says is what the study holds, counted by hand, and can be verified later."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document

from fieldkit.exchange.chart_png import _font
from fieldkit.exchange.docx import write_docx
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.html import write_html
from fieldkit.exchange.markdown import plain, write_markdown
from fieldkit.exchange.report_check import check_report
from fieldkit.exchange.report_gather import gather
from fieldkit.exchange.report_sentences import sentences
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.storage.writes import Put
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.coding import code_passage
from fieldkit.study.create import create_study
from fieldkit.study.recording import record_response
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study
from fieldkit.text import visible
from tests.exchange.conftest import fill

WRITERS = {".xlsx": write_xlsx, ".docx": write_docx, ".html": write_html}
ALL = {**WRITERS, ".md": write_markdown}
ON_1_4A = "positions/1.4a/favourable/CIC"

formats = pytest.mark.parametrize("suffix", WRITERS)


@dataclass
class Written:
    """A study that is only read, and its reports in English, written once."""

    study: Study
    folder: Path

    def path(self, suffix: str) -> Path:
        return self.folder / f"report{suffix}"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    folder = tmp_path_factory.mktemp("reports")
    with Study.open(create_study(folder / "study", author="MT")) as study:
        made = Written(fill(study), folder)
        for suffix, write in ALL.items():
            write(study, made.path(suffix))
        yield made


@formats
def test_the_numbers_of_a_fresh_report_hold(written: Written, suffix: str):
    checked = check_report(written.study, written.path(suffix))
    assert (checked.ok, checked.missing) == (True, 0)
    assert checked.figures > 1000


@formats
def test_a_number_whose_ground_changed_no_longer_holds(study: Study, tmp_path: Path, suffix: str):
    target = tmp_path / f"report{suffix}"
    WRITERS[suffix](study, target)
    # The one person whose position was charted as favourable is found to be unfavourable.
    person = find_respondent(study, "CIC-01").id
    save_chart_cell(study, person, "1.4a", summary="", position="unfavourable", basis="first-hand")
    checked = check_report(study, target)
    assert set(checked.problems) == {
        f"positions/1.4a/{position}/{column}: the report says {was} (n = 1); the study says {now} (n = 1)"
        for position, was, now in (("favourable", 1, 0), ("unfavourable", 0, 1))
        for column in ("CIC", "total")
    }


@formats
def test_a_report_on_another_study_is_not_verified(
    written: Written, new_study: Callable[..., Study], tmp_path: Path, suffix: str
):
    with pytest.raises(ExchangeError, match="another study"):
        check_report(new_study("another"), written.path(suffix))
    (tmp_path / f"other{suffix}").write_bytes(b"PK\x03\x04 nothing of the kind")
    with pytest.raises(ExchangeError, match=f"other{suffix}"):
        check_report(written.study, tmp_path / f"other{suffix}")


def content(path: Path) -> str:
    """All that is in a file, its members unpacked."""
    if path.suffix in (".html", ".md"):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist())


@pytest.mark.parametrize("suffix", ALL)
def test_a_report_names_nobody(written: Written, suffix: str):
    text = content(written.path(suffix))
    assert "PROTECTED B" in text
    assert "Le Conseil fonctionne bien." in text
    assert "Secret" not in text
    assert "zoe@" not in text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            ("Favourable: most CIC respondents (7 of 9)", "Mixed: one person among CIC respondents (1 of 9)"),
        ),
        (
            "fr",
            (
                "Favourable\xa0: la plupart des répondants de CIC (7 sur 9)",
                "Mixed\xa0: une personne parmi les répondants de CIC (1 sur 9)",
            ),
        ),
    ],
)
def test_positions_are_offered_in_the_words_of_the_scale(
    written: Written, language: str, told: tuple[str, ...]
):
    counts = {("favourable", "CIC"): (7, 9), ("mixed", "CIC"): (1, 9), ("none", "CIC"): (0, 9)}
    # Of two persons nothing is said in words, for the scale begins at five.
    counts |= {("favourable", "DFA"): (2, 2), ("mixed", "DFA"): (0, 2), ("none", "DFA"): (0, 2)}
    rows = [Heading(each, each.capitalize()) for each in ("favourable", "mixed", "none", "total")]
    columns = [Heading(each, each) for each in ("CIC", "DFA", "total")]
    places = [(row.id, column.id) for row in rows for column in columns]
    found = {place: counts.get(place, (9, 11)) for place in places}
    cells = {place: Cell(k, str(k), n, (), (), "") for place, (k, n) in found.items()}
    table = Table("positions", "", "", columns, rows, cells)
    assert sentences(written.study.framework, table, language) == told


def test_what_a_document_says_stands_beside_what_was_said(study: Study, tmp_path: Path):
    document = {"id": "report", "name": "Annual report", "text": "The Council met twice."}
    coding = {
        "id": "c",
        "document": "report",
        "quote": "The Council",
        "code": "council",
        "start": 0,
        "end": 11,
    }
    coding |= {"coder": "MT", "evaluation_questions": ["2.1"]}
    study.save([Put("documents", "report", document), Put("codings", "c", coding)])
    report = gather(study)
    (part,) = [question for question in report.questions if question.id == "2.1"]
    assert [(quote.words, quote.who, quote.group) for quote in part.quotes] == [
        ("The Council", "Annual report", None)
    ]
    assert report.answers[-1].words == "The Council met twice."


@pytest.mark.parametrize("suffix", ALL)
def test_nothing_of_any_person_is_in_the_version_that_leaves(study: Study, tmp_path: Path, suffix: str):
    for status, statement in (("draft", "Not yet said."), ("final", "The bodies work well.")):
        finding = {"id": status, "evaluation_question": "1.4a", "statement": statement, "status": status}
        study.save([Put("findings", status, finding)])
    target = tmp_path / f"report{suffix}"
    ALL[suffix](study, target, leaving=True)
    text = content(target)
    assert "Outgoing version" in text
    assert "The bodies work well." in text
    kept_in = ["PROTECTED B", "Not yet said", "Conseil", "Secret", "zoe@", "CIC-01", "IOM-01"]
    kept_in += [
        record for table in ("respondents", "responses", "interviews") for record in study.rows(table)
    ]
    assert [each for each in kept_in if each in text] == []
    # Who is to be asked what counts nobody, and leaves; all that counts somebody does not.
    assert "Who is to be asked" in text
    if suffix in WRITERS:
        checked = check_report(study, target)
        assert (checked.ok, checked.missing) == (True, 0)
        marks = len(study.framework.evaluation_questions) * len(study.framework.respondent_groups)
        # So do whether saturation is reached, and what documents say: to the one finding, on each indicator
        # and question.
        questions = len(study.framework.evaluation_questions)
        indicators = sum(len(leaf.indicators) for leaf in study.framework.leaves)
        assert checked.figures == marks + (1 + questions) + 1 + indicators + questions


@pytest.mark.parametrize("suffix", ALL)
def test_what_was_taken_back_is_in_no_report(study: Study, tmp_path: Path, suffix: str):
    (consent,) = study.rows("consents").values()
    study.save([Put("consents", consent["id"], {**consent, "withdrawn_at": "2005-03-01T10:00:00.000Z"})])
    ALL[suffix](study, tmp_path / f"report{suffix}")
    text = content(tmp_path / f"report{suffix}")
    assert "Conseil fonctionne" not in text
    assert "Responses left out: 2." in text


@pytest.mark.parametrize("suffix", ALL)
def test_a_report_that_fails_leaves_what_was_there(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
):
    target = tmp_path / "out" / f"report{suffix}"
    target.parent.mkdir()
    target.write_text("older")
    with pytest.raises(ExchangeError, match="--force"):
        ALL[suffix](study, target)
    monkeypatch.setattr("fieldkit.exchange.report_gather.answers", lambda passages: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ALL[suffix](study, target, force=True)
    assert [(each.name, each.read_text()) for each in target.parent.iterdir()] == [(target.name, "older")]
    monkeypatch.undo()
    ALL[suffix](study, target, force=True)
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_number_changed_in_the_workbook_is_found(written: Written, tmp_path: Path):
    study, target = written.study, tmp_path / "report.xlsx"
    book = openpyxl.load_workbook(written.path(".xlsx"))
    for name in ("Passages", "Responses", "Trail", "Codebook", "Evaluation matrix"):
        # A sheet that was taken out says nothing any more.
        del book[name]
    sheet = book["1.4a"]
    (line,) = [row for row in sheet.iter_rows(max_row=40) if row[0].value == "Favourable"]
    assert [cell.value for cell in line[1:6]] == [1, "–", "–", "–", 1]
    line[1].value = 2
    book.save(target)
    checked = check_report(study, target)
    assert checked.problems == (
        f"{ON_1_4A}: the report says 2 (n = 1), changed in the file; the study says 1 (n = 1)",
    )
    assert checked.missing == len(gather(study).matrix)


def test_a_workbook_that_is_no_report_is_refused(written: Written, tmp_path: Path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(ExchangeError, match="nothing to verify"):
        check_report(written.study, tmp_path / "other.xlsx")
    book.create_sheet("fieldkit")["A1"].value = "{"
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(ExchangeError, match="damaged"):
        check_report(written.study, tmp_path / "other.xlsx")


class Read(HTMLParser):
    """Elements with their attributes, and the text of each element by its id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        if tag not in ("meta", "input"):
            self._open.append(given.get("id") or (self._open[-1] if self._open else ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]] = self.texts.get(self._open[-1], "") + data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [given for each, given in self.elements if each == tag]


def test_the_page_says_what_the_study_holds(written: Written):
    study, text = written.study, written.path(".html").read_text(encoding="utf-8")
    page = Read(text)
    assert text.count("PROTECTED B (internal)") == 2
    # Both passages speak to 1.4a, the second one, coded twice, to 1.1 as well.
    said = [given["data-codes"] for given in page.of("li") if "data-codes" in given]
    names = {code: study.codebook.code(code).name.get("en") for code in ("council", "scbf", "oversight")}
    second = "\n".join((names["oversight"], names["scbf"]))
    assert said == [second, names["council"], second]
    (chart,) = page.of("svg")
    assert chart["role"] == "img"
    assert page.texts["chart-1.4a-d"].startswith("CIC: Favourable 1, ")
    # The one answer that the favourable position rests on can be reached from it.
    kept = json.loads(page.texts["kept"])
    cells = [cell[0] for table in kept["tables"] for cell in table]
    behind = [cell for table in kept["behind"] for cell in table]
    persons, responses = behind[cells.index(ON_1_4A)]
    assert [kept["persons"][number] for number in persons] == ["CIC-01"]
    assert responses
    assert all(f"r-{number}" in {given.get("id") for _, given in page.elements} for number in responses)


def test_nothing_that_was_said_acts_on_the_page(study: Study, tmp_path: Path):
    first = next(iter(study.rows("responses").values()))
    hostile = "</script><script>alert(1)</script><!-- \"' &amp; <svg onload=x> \x1b]52;c;eA==\x07"
    record_response(study, "CIC-01", first["item"], notes=hostile)
    code_passage(study, first["id"], ["council"], start=0, end=len(hostile), evaluation_questions=["2.1"])
    write_html(study, tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    page = Read(text)
    assert len(page.of("script")) == 2
    assert len(page.of("svg")) == 1
    assert not [
        name for _, given in page.elements for name in given if name.startswith("on") or name == "style"
    ]
    assert not [each for each in text if ord(each) < 0x20 and each not in "\n\t"]
    assert text.count(html.escape(visible(hostile))) >= 2
    # Each printed page is marked by the style itself.
    written = text.split("@top-center")[1].split('"')[1]
    told = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), written)
    assert told == "PROTECTED B (internal)"
    # Under its policy nothing runs or styles but what the program put in, which it knows by its hash.
    (policy,) = [given["content"] for given in page.of("meta") if "http-equiv" in given]
    style = text.split("<style>")[1].split("</style>")[0]
    script = text.rsplit("<script>", 1)[1].split("</script>")[0]
    hashes = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in (script, style)]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_a_number_changed_in_the_page_is_found(written: Written, tmp_path: Path):
    study, target = written.study, tmp_path / "a.html"
    text = written.path(".html").read_text(encoding="utf-8")
    page = Read(text)
    cells = [cell[0] for table in json.loads(page.texts["kept"])["tables"] for cell in table]
    at = [given["data-at"] for given in page.of("td") if "data-at" in given][cells.index(ON_1_4A)]
    before = f'<button type="button" data-at="{at}">'
    target.write_text(text.replace(f"{before}1<", f"{before}4<"), encoding="utf-8")
    assert check_report(study, target).problems == (
        f"{ON_1_4A}: the report says 4 (n = 1), changed in the file; the study says 1 (n = 1)",
    )
    target.write_text("<p>a page</p>")
    with pytest.raises(ExchangeError, match="nothing to verify"):
        check_report(study, target)


def styled(document: Document, style: str) -> list[str]:
    return [each.text for each in document.paragraphs if each.style is not None and each.style.name == style]


def test_the_word_report_goes_by_issue_and_evaluation_question(written: Written):
    document = docx.Document(str(written.path(".docx")))
    framework = written.study.framework
    issues = [f"Issue {issue.id}: {issue.title.get('en')}" for issue in framework.issues]
    tops = styled(document, "Heading 1")
    assert [each for each in tops if each.startswith("Issue")] == issues
    letters = [each.split(".")[0] for each in tops if each.startswith("Appendix")]
    assert letters == [f"Appendix {letter}" for letter in "ABCDEFGHI"]
    asked = {each: f"{each} {framework.question(each).text.get('en')}" for each in framework.question_ids}
    parts = {part.id for question in framework.evaluation_questions for part in question.parts}
    for style, ids in (("Heading 2", asked.keys() - parts), ("Heading 3", parts)):
        questions = [asked[each] for each in framework.question_ids if each in ids]
        assert [each for each in styled(document, style) if each in asked.values()] == questions
    assert "Le Conseil fonctionne bien." in styled(document, "fieldkit Passage")
    table = next(t for t in document.tables if t.cell(1, 0).text == "Favourable" and t.cell(1, 1).text == "1")
    assert [cell.text for cell in table.rows[0].cells] == ["", "CIC", "DFA", "CIDA", "IOM", "All"]
    assert [cell.text for cell in table.rows[1].cells] == ["Favourable", "1", "–", "–", "–", "1"]
    for section in document.sections:
        assert section.header.paragraphs[0].text == "PROTECTED B (internal)"
    # One chart, and whoever does not see it is told what it shows.
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr").endswith("No view held 0, Facts only 0")


def test_a_number_changed_in_the_document_is_found(written: Written, tmp_path: Path):
    study, target = written.study, tmp_path / "a.docx"
    document = docx.Document(str(written.path(".docx")))
    table = next(t for t in document.tables if t.cell(1, 0).text == "Favourable" and t.cell(1, 1).text == "1")
    table.cell(1, 1).paragraphs[0].runs[0].text = "5"
    document.save(str(target))
    assert check_report(study, target).problems == (
        f"{ON_1_4A}: the report says 5 (n = 1), changed in the file; the study says 1 (n = 1)",
    )
    docx.Document().save(str(target))
    with pytest.raises(ExchangeError, match="nothing to verify"):
        check_report(study, target)


def test_a_template_gives_its_styles_and_keeps_its_headers(study: Study, tmp_path: Path):
    template = docx.Document()
    template.add_paragraph("What stood in the template")
    template.styles["Heading 1"].font.name = "House Sans"
    section = template.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = section.first_page_header.paragraphs[0].text = "The House"
    template.save(str(tmp_path / "house.docx"))
    write_docx(study, tmp_path / "a.docx", template=tmp_path / "house.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    assert document.styles["Heading 1"].font.name == "House Sans"
    assert "What stood in the template" not in [each.text for each in document.paragraphs]
    for header in (document.sections[0].header, document.sections[0].first_page_header):
        assert [each.text for each in header.paragraphs] == ["PROTECTED B (internal)", "The House"]
    (tmp_path / "house.docx").write_text("no document")
    with pytest.raises(ExchangeError, match=r"house\.docx: this is no \.docx"):
        write_docx(study, tmp_path / "b.docx", template=tmp_path / "house.docx")
    assert not (tmp_path / "b.docx").exists()


def test_every_letter_of_a_chart_has_a_glyph():
    missing = bytes(_font().getmask("\u4e2d"))
    for letter in "ÉÈÊÀÂÇÎÏÔÙÛŸŒÆéèêëàâçîïôùûüÿœæ«»“”’–…£½%≥n=7":
        assert bytes(_font().getmask(letter)) != missing, letter


def test_the_markdown_report_has_the_tables_and_the_words(study: Study, tmp_path: Path):
    write_markdown(study, tmp_path / "a.md", language="fr")
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert text.startswith("**PROTÉGÉ B (usage interne)**\n")
    assert text.endswith("**PROTÉGÉ B (usage interne)**\n\n")
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("#### 1.4a"))
    table = lines[lines.index("|  | CIC | DFA | CIDA | IOM | Ensemble |", start) :]
    assert table[2] == "| Favorable | 1 | – | – | – | 1 |"
    assert "> Le Conseil fonctionne bien.\\" in lines[start:]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1.4a *oui*", r"1.4a \*oui\*"),
        ("1. one", r"1\. one"),
        ("- item", r"\- item"),
        ("---", r"\---"),
        ("== x", r"\== x"),
        ("-5 and a|b", r"-5 and a\|b"),
        ("<script>&amp;[a](b)", r"\<script\>\&amp;\[a\](b)"),
        ("a\nb\x1b", "a\u21b5b\u241b"),
    ],
)
def test_text_in_markdown_is_nothing_but_text(text: str, shown: str):
    assert plain(text) == shown


def test_every_sheet_of_the_workbook_is_set_up_to_be_read_and_printed(written: Written):
    study, book = written.study, openpyxl.load_workbook(written.path(".xlsx"))
    contents = book["Contents"]
    links = {
        cell.hyperlink.location.rpartition("!")[0].strip("'") for (cell, *_) in contents if cell.hyperlink
    }
    assert links | {"Contents", "fieldkit"} == set(book.sheetnames)
    for sheet in book.worksheets[2:-1]:
        assert sheet.freeze_panes is not None, sheet.title
        assert sheet.print_title_rows, sheet.title
        assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            True,
        )
    for name in ("Passages", "Responses", "Chart", "Roster", "Codebook", "Trail"):
        assert book[name].auto_filter.ref, name
    # The chart of the one proposition on which somebody has a position; there is nobody on the others.
    assert [sheet.title for sheet in book if sheet._charts] == ["1.4a"]
    (chart,) = book["1.4a"]._charts
    assert len(chart.series) == len(study.framework.positions)


def test_the_workbook_that_leaves_has_no_rows_of_persons(study: Study, tmp_path: Path):
    write_xlsx(study, tmp_path / "a.xlsx", leaving=True)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    questions = study.framework.question_ids
    # Nothing of codes and of respondents leaves, so there are no sheets of them.
    rest = ["Triangulation", "Saturation", "Interview guides", "Codebook", "fieldkit"]
    assert book.sheetnames == ["Contents", "Method", "Evaluation matrix", *questions, *rest]
    linked = {cell.value for (cell, *_) in book["Contents"] if cell.hyperlink}
    assert linked | {"Contents", "fieldkit"} == set(book.sheetnames)


def test_the_trail_tells_who_did_what_and_no_words(written: Written):
    study, book = written.study, openpyxl.load_workbook(written.path(".xlsx"), read_only=True)
    rows = list(book["Trail"].iter_rows(min_row=3, values_only=True))
    assert study.store is not None
    assert len(rows) == sum(1 for _ in study.store.revisions())
    assert {row[1] for row in rows} == {"MT"}
    told = " ".join(str(cell) for row in rows for cell in row)
    assert "Conseil" not in told
    assert "Secret" not in told
    assert "paragraphs" in told
