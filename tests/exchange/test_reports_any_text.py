"""Whatever text people give, each format of a report shows it, whole and as nothing but text."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import openpyxl
import xlsxwriter
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl.utils.escape import unescape

from fieldkit.exchange.cells import workbook_text
from fieldkit.exchange.html_text import escaped
from fieldkit.exchange.markdown import plain
from fieldkit.exchange.word_xml import NAMESPACE
from fieldkit.exchange.word_xml import run as word_run
from fieldkit.exchange.workbook_rows import RowSheet
from fieldkit.text import visible, visible_line

TEXTS = st.text(max_size=60) | st.sampled_from(
    [
        "<r><t>x</t></r>",
        "=1+1",
        "_x0041_",
        " a ",
        "a\n\nb",
        "]]>",
        "<!--",
        "&amp;",
        "</script>",
        "**a**",
        "1. a",
    ]
)
TRICKY = st.text(alphabet="ab 1.)-+=*_`[]()<>#|&~!\\\n:/\"'", max_size=30)


def noncharacters(text: str) -> str:
    """The text as XML can hold it: two characters that it cannot have become U+FFFD."""
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


@given(st.lists(TEXTS, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_row_of_a_workbook_is_read_back_as_it_was_written(texts: list[str]):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("S", RowSheet)
    sheet.write_cells(0, [*texts, 7, 2.5, None, -3])
    sheet.write_cells(2, texts)
    book.close()
    read = openpyxl.load_workbook(file)["S"]
    wanted = [noncharacters(workbook_text(text)) or None for text in texts]
    for row, numbers in ((1, [7, 2.5, None, -3]), (3, [])):
        cells = read[row][: len(texts) + len(numbers)]
        shown = [unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in cells]
        assert shown == [*wanted, *numbers]
        assert not [cell for cell in cells if cell.data_type == "f"]


@given(TEXTS)
def test_a_run_of_word_holds_any_text(text: str):
    run = parse_xml(f"<w:p {NAMESPACE}>{word_run(text)}</w:p>").r_lst[0]
    assert run.text == noncharacters(visible(text))


@given(TEXTS)
def test_text_in_a_page_is_the_text(text: str):
    class Reader(HTMLParser):
        tags: list[str]
        data: str

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.append(tag)
            self.data += dict(attrs).get("title") or ""

        def handle_data(self, data: str) -> None:
            self.data += data

        def handle_comment(self, data: str) -> None:
            self.tags.append("comment")

    for page, tags in ((escaped(text), []), (f'<p title="{escaped(text)}">', ["p"])):
        reader = Reader()
        reader.tags, reader.data = [], ""
        reader.feed(page)
        reader.close()
        assert (reader.tags, reader.data) == (tags, noncharacters(visible(text)))


@given(TEXTS | TRICKY)
@settings(max_examples=300)
def test_text_in_markdown_is_the_text(text: str):
    """As an independent reader of CommonMark with tables understands it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(plain(text))
    assert [token.type for token in tokens] in (["paragraph_open", "inline", "paragraph_close"], [])
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special"}
    # Blanks of any kind at either end are its own to keep or not.
    assert "".join(child.content for child in inline).strip() == visible_line(text).strip()
