"""The mark at the start of a typed line, as what it says of the paragraph."""

from __future__ import annotations

from typing import Any, Final

_KINDS: Final = {'"': "verbatim", "«": "verbatim", "*": "note"}
"""First character of a line to the kind of its paragraph; else it is paraphrase."""

_CLOSING: Final = {'"': '"', "«": "»"}


def paragraph_of(line: str) -> dict[str, Any]:
    """A typed line as a paragraph; the mark becomes its kind and leaves the text.

    Args:
        line: one line of notes.

    Returns:
        The paragraph, with `text` and `kind`.
    """
    text = line.strip()
    kind = _KINDS.get(text[:1])
    if kind is None or not text[1:].strip():
        return {"text": line, "kind": "paraphrase"}
    words = text[1:].strip()
    closing = _CLOSING.get(text[0])
    # The sign that ends the quotation is part of the mark; one inside the words is theirs.
    if closing is not None and words.endswith(closing) and words.count(closing) == 1:
        words = words[:-1].rstrip()
    return {"text": words, "kind": kind}
