"""What became different in a long text, a line at a time, with a line around each change."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from textual.content import Content

from fieldkit.say import tn
from fieldkit.text import shortened
from fieldkit.tui.literal import phrase

_AROUND: Final = 1
"""Lines shown before and after a change that are the same."""

_MOST_CHARACTERS: Final = 600
"""Characters shown of a line at most; a paragraph of a document can be long."""

_FIRST: Final = 12
"""Lines shown of a text before which there was none."""


def changed_lines(text: str, before: str | None) -> list[Content]:
    """The lines of a text that are new, under those in whose place they stand.

    Args:
        text: the text.
        before: what it was before; None where there was nothing.

    Returns:
        Each line with a sign: `+` new, `-` gone, `…` for lines that are the same.
    """
    after = text.split("\n")
    if before is None:
        return [*(_line(" ", line) for line in after[:_FIRST]), *_same(len(after) - _FIRST)]
    lines: list[Content] = []
    was = before.split("\n")
    for tag, first, last, new_first, new_last in SequenceMatcher(None, was, after).get_opcodes():
        if tag == "equal":
            lines += _unchanged(after[new_first:new_last], head=new_first > 0, tail=new_last < len(after))
        else:
            lines += [_line("-", line) for line in was[first:last]]
            lines += [_line("+", line) for line in after[new_first:new_last]]
    return lines


def _unchanged(same: Sequence[str], *, head: bool, tail: bool) -> list[Content]:
    """Lines that are the same: those beside a change, and how many lie between."""
    first = _AROUND if head else 0
    last = max(first, len(same) - (_AROUND if tail else 0))
    shown = [_line(" ", line) for line in same[:first]]
    return [*shown, *_same(last - first), *(_line(" ", line) for line in same[last:])]


def _same(count: int) -> list[Content]:
    if count <= 0:
        return []
    told = tn("{n} line more", "{n} lines more", count).format(n=count)
    return [phrase("[dim]… $told[/]", told=told)]


def _line(sign: str, line: str) -> Content:
    told = shortened(line, _MOST_CHARACTERS, " …")
    return phrase("[dim]$sign $line[/]" if sign == "-" else "[b]$sign[/] $line", sign=sign, line=told)
