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
from fieldkit.exchange.word_styles import mark, own_styles
from fieldkit.exchange.word_table import table_xml
from fieldkit.exchange.word_xml import NAMESPACE, attribute, paragraph, run
from fieldkit.say import t
from fieldkit.text import visible

if TYPE_CHECKING:
    from docx.document import Document

KEPT = "urn:fieldkit:report"
"""Namespace of the part in which a report keeps its numbers."""

PICTURE_INCHES = 6.0

_FALLBACK = {
    "title": ("Title",),
    "1": ("Heading 1",),
    "2": ("Heading 2",),
    "3": ("Heading 3",),
    "4": ("Heading 4", "Heading 3"),
    "stated": ("fieldkit Statement",),
    "quote": ("fieldkit Passage", "Quote"),
    "about": ("fieldkit About", "Caption"),
    "note": ("fieldkit Note", "Caption"),
    "caption": ("fieldkit Caption", "Caption"),
    "under caption": ("fieldkit Under Caption", "Caption"),
    "cell": ("fieldkit Cell",),
    "bullet": ("List Bullet",),
    "contents 1": ("fieldkit Contents 1", "toc 1", "TOC 1"),
    "contents 2": ("fieldkit Contents 2", "toc 2", "TOC 2"),
    "contents 3": ("fieldkit Contents 3", "toc 3", "TOC 3"),
    "table": ("fieldkit Table", "Table Grid"),
}
"""What is written to names of styles, the first that the template has; without one it has the usual style."""


class WordFile:
    """One document; what is written to it goes in when it is saved."""

    def __init__(self, template: Path | None, marking: str, language: str) -> None:
        """Open the template.

        Args:
            template: a .docx file whose styles, page and headers are taken; None takes the usual ones.
            marking: what stands at the top of each page.
            language: language of the document.

        Raises:
            ExchangeError: the template cannot be read.
        """
        self._document = _opened(template)
        if template is None:
            own_styles(self._document, language)
        known = {style.name: style.style_id for style in self._document.styles}
        self._styles = {
            key: next((known[name] for name in names if name in known), None)
            for key, names in _FALLBACK.items()
        }
        self._pieces: list[str | bytes | None] = []
        self._alternatives: list[str] = []
        self._bookmarks = 0
        mark(self._document, marking)

    def paragraph(
        self, text: str, style: str | None = None, *, anchor: str | None = None, new_page: bool = False
    ) -> None:
        """One paragraph.

        Args:
            text: its text; a newline breaks the line.
            style: what it is, one of `title 1 2 3 4 stated quote about note caption bullet`, `under caption`,
                `contents 1`, `contents 2` and `contents 3`.
            anchor: a name by which links lead to it.
            new_page: whether it begins a page.
        """
        inside = run(text)
        if anchor is not None:
            inside = self._bookmarked(anchor, inside)
        more = "<w:pageBreakBefore/>" if new_page else ""
        self._pieces.append(paragraph(inside, self._style(style), more))

    def link(self, text: str, anchor: str, style: str = "bullet") -> None:
        """A paragraph that leads to the one with that anchor."""
        inside = f'<w:hyperlink w:anchor="{attribute(anchor)}">{run(text)}</w:hyperlink>'
        self._pieces.append(paragraph(inside, self._style(style)))

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
            rows: the rows below.
            name: what it is called by for whoever does not see it.
            anchor: a name by which it is found again.
        """
        first = self._bookmarked(anchor, run(heading[0])) if anchor is not None else None
        style, cell = self._style("table"), self._style("cell")
        made = table_xml(heading, list(rows), name=name, style=style, cell=cell, first=first)
        self._pieces.append(made)

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

    def _style(self, style: str | None) -> str | None:
        return self._styles[style] if style is not None else None

    def _bookmarked(self, name: str, inside: str) -> str:
        self._bookmarks += 1
        number = 10_000 + self._bookmarks
        start = f'<w:bookmarkStart w:id="{number}" w:name="{attribute(name)}"/>'
        return f'{start}{inside}<w:bookmarkEnd w:id="{number}"/>'


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


def _keep(document: Document, kept: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part

    package = document.part.package
    name = package.next_partname("/customXml/item%d.xml")
    content = f'<kept xmlns="{KEPT}">{html.escape(kept, quote=False)}</kept>'.encode()
    document.part.relate_to(Part(name, "application/xml", content, package), RELATIONSHIP_TYPE.CUSTOM_XML)
