"""The marks at the start of a typed line, as what they say of the paragraph."""

from __future__ import annotations

from typing import Any

from fieldkit.study.marks import PARAPHRASE, Numbered, named_in, read_marks


def paragraph_of(line: str, numbered: Numbered) -> tuple[dict[str, Any], list[str]]:
    """A typed line as a paragraph; marks become its fields and leave the text.

    Args:
        line: one line of notes.
        numbered: what numbers in marks stand for.

    Returns:
        The paragraph, with `text` and `kind`; and a remark for each number that stands for nothing.
    """
    fields, words, remarks = read_marks(line, numbered)
    if not words.strip() and not (named_in([fields], "probe") or named_in([fields], "also_answers")):
        # A mark without words says nothing of anything, but that of a probe or another item: it is a word.
        return {"text": line, "kind": PARAPHRASE}, []
    return {"kind": PARAPHRASE, **fields, "text": words}, remarks
