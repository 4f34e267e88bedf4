"""A Word document being written: paragraphs, tables and pictures, in the styles of its template.

Elements are made as XML and put in together; python-docx, which looks through the document for each of them,
opens the template and packs the file.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.errors import ExchangeError
from fieldkit.say import t
from fieldkit.text import visible

if TYPE_CHECKING:
    from docx.document import Document

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KEPT = "urn:fieldkit:report"
"""Namespace of the part in which a report keeps its numbers."""

PICTURE_INCHES = 6.0

_TEXT_WIDTH = 9360
_FIRST_COLUMN = 2600
_COLUMN = 1000

_FALLBACK = {
    "title": ("Title",),
    "1": ("Heading 1",),
    "2": ("Heading 2",),
    "3": ("Heading 3",),
    "quote": ("fieldkit Passage", "Quote"),
    "about": ("fieldkit About", "Caption"),
    "caption": ("fieldkit Caption", "Caption"),
    "cell": ("fieldkit Cell",),
    "bullet": ("List Bullet",),
    "table": ("fieldkit Table", "Table Grid"),
}
"""What is written to names of styles, the first that the template has; without one it has the usual style."""


class WordFile:
    """One document; what is written to it goes in when it is saved."""

    def __init__(self, template: Path | None, marking: str) -> None:
        """Open the template.

        Args:
            template: a .docx file whose styles, page and headers are taken; None takes the usual ones.
            marking: what stands at the top of each page.

        Raises:
            ExchangeError: the template cannot be read.
        """
        self._document = _opened(template)
        if template is None:
            _own_styles(self._document)
        known = {style.name: style.style_id for style in self._document.styles}
        self._styles = {
            key: next((known[name] for name in names if name in known), None)
            for key, names in _FALLBACK.items()
        }
        self._pieces: list[str | bytes | None] = []
        self._alternatives: list[str] = []
        self._bookmarks = 0
        _mark(self._document, marking)

    def paragraph(self, text: str, style: str | None = None, *, anchor: str | None = None) -> None:
        """One paragraph.

        Args:
            text: its text; a newline breaks the line.
            style: what it is, one of `title 1 2 3 quote about caption bullet`.
            anchor: a name by which links lead to it.
        """
        inside = _run(text)
        if anchor is not None:
            inside = self._bookmarked(anchor, inside)
        self._pieces.append(f"<w:p>{self._style(style)}{inside}</w:p>")

    def link(self, text: str, anchor: str) -> None:
        """A paragraph that leads to the one with that anchor."""
        run = f'<w:hyperlink w:anchor="{html.escape(anchor)}">{_run(text)}</w:hyperlink>'
        self._pieces.append(f"<w:p>{self._style('bullet')}{run}</w:p>")

    def picture(self, png: bytes, alternative: str) -> None:
        """A picture as wide as the text, with what is told to whoever does not see it."""
        self._pieces.append(png)
        self._alternatives.append(visible(alternative))

    def table(
        self, heading: Sequence[str], rows: Iterable[Sequence[str]], *, name: str, anchor: str | None = None
    ) -> None:
        """A table whose heading is repeated on each page.

        Args:
            heading: texts of the first row.
            rows: the rows below; their first cell is set to the left, the others to the right.
            name: what it is called by for whoever does not see it.
            anchor: a name by which it is found again.
        """
        style = f'<w:tblStyle w:val="{self._styles["table"]}"/>' if self._styles["table"] else ""
        called = html.escape(visible(name)[:250])
        look = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"/>'
        head = (
            f'<w:tblPr>{style}<w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>'
            f'{look}<w:tblCaption w:val="{called}"/></w:tblPr>'
        )
        widths = _widths(len(heading))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        grid = f"<w:tblGrid>{grid}</w:tblGrid>"
        lines = [self._row(heading, widths, "<w:tblHeader/>", anchor)]
        lines += [self._row(row, widths) for row in rows]
        self._pieces.append(f"<w:tbl>{head}{grid}{''.join(lines)}</w:tbl>")

    def page_break(self) -> None:
        """Go on with a new page."""
        self._pieces.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def save(self, file: Any, *, title: str, marking: str, language: str, kept: str) -> None:
        """Put everything in, and write the file.

        Args:
            file: where to.
            title: title of the document.
            marking: what stands in its properties.
            language: its language.
            kept: a text in ASCII that the document keeps for the program itself.
        """
        document = self._document
        self._fill()
        properties = document.core_properties
        properties.title, properties.comments, properties.language = (
            visible(title),
            visible(marking),
            language,
        )
        properties.author = ""
        _keep(document, kept)
        document.save(file)

    def _fill(self) -> None:
        from docx.oxml import parse_xml

        body = document_body(self._document)
        end = body.sectPr if body.sectPr is not None else None
        alternatives = iter(self._alternatives)
        waiting: list[str] = []

        def flush() -> None:
            made = parse_xml(f"<w:body {NAMESPACE}>{''.join(waiting)}</w:body>")
            for element in list(made):
                end.addprevious(element) if end is not None else body.append(element)
            waiting.clear()

        for piece in self._pieces:
            if isinstance(piece, bytes):
                flush()
                self._draw(piece, next(alternatives))
            elif piece is not None:
                waiting.append(piece)
        flush()

    def _draw(self, png: bytes, alternative: str) -> None:
        from docx.shared import Inches

        shape = self._document.add_picture(io.BytesIO(png), width=Inches(PICTURE_INCHES))
        shape._inline.docPr.set("descr", alternative)

    def _row(
        self, cells: Sequence[str], widths: Sequence[int], more: str = "", anchor: str | None = None
    ) -> str:
        pieces = []
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            run = _run(cell)
            if number == 0 and anchor is not None:
                run = self._bookmarked(anchor, run)
            style = self._style("cell", '<w:jc w:val="right"/>' if number else "")
            wide = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            pieces.append(f"<w:tc>{wide}<w:p>{style}{run}</w:p></w:tc>")
        return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{''.join(pieces)}</w:tr>"

    def _style(self, style: str | None, more: str = "") -> str:
        known = self._styles[style] if style is not None else None
        named = f'<w:pStyle w:val="{html.escape(known)}"/>' if known else ""
        return f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""

    def _bookmarked(self, name: str, inside: str) -> str:
        self._bookmarks += 1
        number = 10_000 + self._bookmarks
        start = f'<w:bookmarkStart w:id="{number}" w:name="{html.escape(name)}"/>'
        return f'{start}{inside}<w:bookmarkEnd w:id="{number}"/>'


def _widths(columns: int) -> list[int]:
    """Widths in twentieths of a point: as much as can be for the first column, which holds words."""
    others = columns - 1
    if not others:
        return [_TEXT_WIDTH]
    narrow = min(_COLUMN, (_TEXT_WIDTH - _FIRST_COLUMN) // others)
    return [_TEXT_WIDTH - narrow * others, *[narrow] * others]


def document_body(document: Document) -> Any:
    """The element that holds the text of a document."""
    return document.element.body


def _opened(template: Path | None) -> Document:
    import docx

    if template is None:
        return docx.Document()
    from fieldkit.exchange.incoming import read_file

    content = read_file(template, 50_000_000, t("a template"))
    try:
        document = docx.Document(io.BytesIO(content))
    except Exception as error:
        # python-docx raises whatever it stumbles over in a file that is no document.
        raise ExchangeError(
            t("{template}: this is no .docx document; save the template as one").format(template=template)
        ) from error
    body = document_body(document)
    for element in [each for each in body if each is not body.sectPr]:
        body.remove(element)
    return document


def _own_styles(document: Document) -> None:
    """The styles of a document without a template: sober, and small where there is much."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Inches, Pt, RGBColor

    styles = document.styles
    for section in document.sections:
        section.left_margin = section.right_margin = Inches(1)
        _number_pages(section)
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(11)
    for name, size, italic in (
        ("Passage", 10.5, False),
        ("About", 9, False),
        ("Caption", 10, False),
        ("Cell", 8.5, False),
    ):
        style = styles.add_style(f"fieldkit {name}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.italic = Pt(size), italic
        style.paragraph_format.space_after = Pt(0 if name == "Cell" else 3)
    styles["fieldkit Passage"].paragraph_format.left_indent = Inches(0.25)
    styles["fieldkit About"].paragraph_format.left_indent = Inches(0.25)
    styles["fieldkit About"].font.color.rgb = RGBColor(0x4A, 0x4A, 0x4A)
    styles["fieldkit Caption"].font.bold = True
    styles["fieldkit Caption"].paragraph_format.space_before = Pt(10)
    styles["fieldkit Caption"].paragraph_format.keep_with_next = True


def _mark(document: Document, marking: str) -> None:
    """Put the marking on every page, whichever kinds of first and even pages the template has."""
    for number, section in enumerate(document.sections):
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            # One that is linked shows what the section before has, which is marked already.
            if number == 0 or not header.is_linked_to_previous:
                _mark_header(header, marking)


def _mark_header(header: Any, marking: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import RGBColor

    header.is_linked_to_previous = False
    first = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
    paragraph = first.insert_paragraph_before() if first.text else first
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(visible(marking))
    run.bold = True
    run.font.color.rgb = RGBColor(0xA0, 0, 0)


def _number_pages(section: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml

    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {NAMESPACE} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _keep(document: Document, kept: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part

    package = document.part.package
    name = package.next_partname("/customXml/item%d.xml")
    content = f'<kept xmlns="{KEPT}">{html.escape(kept, quote=False)}</kept>'.encode()
    document.part.relate_to(Part(name, "application/xml", content, package), RELATIONSHIP_TYPE.CUSTOM_XML)


def _run(text: str) -> str:
    """A run of text, with line breaks and tabs as Word has them."""
    shown = html.escape(visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"), quote=False)
    if "\n" in shown or "\t" in shown:
        shown = shown.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        shown = shown.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{shown}</w:t></w:r>'
