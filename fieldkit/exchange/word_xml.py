"""Text as the XML of a Word document."""

from __future__ import annotations

import html

from fieldkit.text import visible

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str) -> str:
    """A run of text, with line breaks and tabs as Word has them."""
    shown = html.escape(visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"), quote=False)
    if "\n" in shown or "\t" in shown:
        shown = shown.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        shown = shown.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{shown}</w:t></w:r>'


def attribute(text: str) -> str:
    """Text as the value of an attribute."""
    return html.escape(text)


def paragraph(inside: str, style: str | None, more: str = "") -> str:
    """A paragraph.

    Args:
        inside: its runs, as XML.
        style: id of its style; None takes the usual one.
        more: further properties, as XML, in the order that the format asks for.
    """
    named = f'<w:pStyle w:val="{attribute(style)}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{inside}</w:p>"
