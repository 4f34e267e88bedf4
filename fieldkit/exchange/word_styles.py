"""The styles of a Word report that has no template, and what stands on each of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.exchange.word_xml import NAMESPACE
from fieldkit.text import visible

if TYPE_CHECKING:
    from docx.document import Document

_PARAGRAPHS: dict[str, dict[str, Any]] = {
    "Statement": {"size": 11, "bold": True, "before": 6, "after": 2, "bar": "1B6CA8"},
    "Passage": {"size": 10.5, "indent": 0.25, "before": 6, "after": 1, "next": True},
    "About": {"size": 9, "indent": 0.25, "after": 3, "colour": "4A4A4A"},
    "Note": {"size": 8.5, "after": 3, "colour": "4A4A4A"},
    "Caption": {"size": 10, "bold": True, "before": 12, "after": 1, "next": True},
    "Under Caption": {"size": 8.5, "after": 3, "colour": "4A4A4A", "next": True},
    "Cell": {"size": 8.5, "after": 0},
    "Contents 1": {"size": 10.5, "bold": True, "before": 4, "after": 1},
    "Contents 2": {"size": 10, "indent": 0.2, "after": 1},
    "Contents 3": {"size": 10, "indent": 0.4, "after": 1},
}
"""Name to size in points, space before and after it, indent in inches, and more."""

_TABLE = f"""
<w:style {NAMESPACE} w:type="table" w:customStyle="1" w:styleId="fieldkitTable">
<w:name w:val="fieldkit Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
<w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="404040"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="404040"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="D0D0D0"/>
</w:tblBorders><w:tblCellMar>
<w:top w:w="25" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
<w:bottom w:w="25" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
</w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>
<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="404040"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/></w:tcPr></w:tblStylePr>
</w:style>"""


def own_styles(document: Document, language: str) -> None:
    """Give a document the styles of one without a template: sober, and small where there is much.

    Args:
        document: the document.
        language: its language, `en` or `fr`.
    """
    from docx.oxml import parse_xml
    from docx.shared import Inches, Pt

    for section in document.sections:
        section.left_margin = section.right_margin = Inches(1)
        _number_pages(section)
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, look in _PARAGRAPHS.items():
        _add_style(document, f"fieldkit {name}", look)
    styles.element.append(parse_xml(_TABLE))
    speak(document, language)


def speak(document: Document, language: str) -> None:
    """Say in which language a document is, so that spelling is checked and it is read aloud in that."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    region = {"en": "en-CA", "fr": "fr-CA"}.get(language, language)
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if properties is not None:
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(parse_xml(f'<w:lang {NAMESPACE} w:val="{visible(region)}"/>'))


def _add_style(document: Document, name: str, look: dict[str, Any]) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.shared import Inches, Pt, RGBColor

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold = Pt(look["size"]), look.get("bold")
    if "colour" in look:
        style.font.color.rgb = RGBColor.from_string(look["colour"])
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.get("before", 0)), Pt(look["after"])
    layout.keep_with_next = look.get("next")
    if "indent" in look:
        layout.left_indent = Inches(look["indent"])
    if "bar" in look:
        bar = f'<w:left w:val="single" w:sz="18" w:space="6" w:color="{look["bar"]}"/>'
        border = parse_xml(f"<w:pBdr {NAMESPACE}>{bar}</w:pBdr>")
        properties = style.element.get_or_add_pPr()
        properties.insert_element_before(border, *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"))


def mark(document: Document, marking: str) -> None:
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
