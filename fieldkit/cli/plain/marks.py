"""The marks at the start of a typed line, as what they say of the paragraph."""

from __future__ import annotations

from typing import Any, Final

from fieldkit.study.marks import PARAPHRASE, VERBATIM, Numbered, read_marks

_QUOTES: Final = (('"', '"'), ("\u00ab", "\u00bb"))


def paragraph_of(line: str, numbered: Numbered) -> tuple[dict[str, Any], list[str]]:
    """A typed line as a paragraph; marks become its fields and leave the text.

    Args:
        line: one line of notes.
        numbered: what numbers in marks stand for.

    Returns:
        The paragraph, with `text` and `kind`; and a remark for each number that stands for nothing.
    """
    fields, words, remarks = read_marks(line.strip(), numbered)
    if not words.strip():
        # A mark without words says nothing of anything: it is what was said.
        return {"text": line, "kind": PARAPHRASE}, []
    if fields.get("kind") == VERBATIM:
        words = _without_closing(words)
    return {"kind": PARAPHRASE, **fields, "text": words}, remarks


def _without_closing(words: str) -> str:
    """Words without the sign that ends the quotation they are; one inside the words is theirs."""
    words = words.strip()
    for opening, closing in _QUOTES:
        if words.endswith(closing) and opening not in words[:-1] and words[:-1].strip():
            return words[:-1].rstrip()
    return words
