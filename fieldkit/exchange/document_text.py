"""The words of a document as they were read from its file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentText:
    """Words, and what of the file is not among them.

    Attributes:
        text: the words, a paragraph a line.
        notes: what was left out, one line each.
    """

    text: str
    notes: tuple[str, ...] = ()
