"""Phrases laid out in lines of so many cells, and the digits that choose among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

_FIRST_LABELS: Final = 7
_LATER_LABELS: Final = 9


def circle(chosen: bool) -> str:
    """The sign before one of several that exclude each other."""
    return "(\u2022)" if chosen else "( )"


def hanging(head: Content, words: Content, width: int) -> list[Content]:
    """Words after a head, wrapped under themselves."""
    indent = Content(" " * head.cell_length)
    rows = words.wrap(max(8, width - head.cell_length)) or [Content("")]
    return [(indent if at else head) + row for at, row in enumerate(rows)]


def packed(parts: Sequence[Content], gap: str, width: int) -> list[Content]:
    """Phrases one after the other in lines of so many cells; a phrase is broken only where it is longer."""
    lines: list[Content] = []
    for part in parts:
        joined = lines[-1] + Content(gap) + part if lines else part
        if lines and joined.cell_length <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return [row for line in lines for row in line.wrap(max(8, width))]


def cut(words: Content, width: int) -> Content:
    """Words in exactly so many cells."""
    if words.cell_length > width:
        words = words.truncate(width, ellipsis=True)
    return words.pad_right(width - words.cell_length)


def choice_labels(count: int) -> list[str]:
    """The digits that choose: 1 to 7, then 01 to 09, 001 to 009 and so on.

    No label begins another, so a choice is made without Enter; 8 and 9 stay free for don't know and
    not applicable, which must mean the same everywhere.
    """
    labels = [str(number) for number in range(1, _FIRST_LABELS + 1)]
    zeros = "0"
    while len(labels) < count:
        labels += [f"{zeros}{number}" for number in range(1, _LATER_LABELS + 1)]
        zeros += "0"
    return labels[:count]
