"""Text on its way into a page: shown as it is, never taken for markup, and acted on by nothing."""

from __future__ import annotations

import html

from fieldkit.text import visible


def escaped(text: str) -> str:
    """Text for the content of an element or a quoted attribute, with symbols for what cannot be seen."""
    return html.escape(visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"))
