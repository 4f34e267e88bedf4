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

_MOST_COMPARED: Final = 2_000
"""Lines compared from the first change on: the time it takes grows with their square."""


def changed_lines(text: str, before: str | None) -> list[Content]:
    """The lines of a text that are new, under those in whose place they stand.

    Args:
        text: the text.
        before: what it was before; None where there was nothing.

    Returns:
        Each line with a sign: `+` new, `-` gone, `…` for lines that are the same, or too many to compare.
    """
    after = text.split("\n")
    if before is None:
        return [*(_line(" ", line) for line in after[:_FIRST]), *_same(len(after) - _FIRST)]
    was = before.split("\n")
    if was == after:
        return _same(len(after))
    head = _alike(was, after)
    tail = _alike(was[head:][::-1], after[head:][::-1])
    gone, new = was[head : len(was) - tail], after[head : len(after) - tail]
    lines = _unchanged(after[:head], head=False, tail=True)
    lines += _compared(gone[:_MOST_COMPARED], new[:_MOST_COMPARED])
    if (left := max(len(gone), len(new)) - _MOST_COMPARED) > 0:
        told = tn("{n} line further on is not compared", "{n} lines further on are not compared", left)
        lines.append(phrase("[b]… $told[/]", told=told.format(n=left)))
    return lines + _unchanged(after[len(after) - tail :], head=True, tail=False)


def _alike(was: Sequence[str], after: Sequence[str]) -> int:
    """How many lines are the same before the first that is not."""
    most = min(len(was), len(after))
    return next((at for at in range(most) if was[at] != after[at]), most)


def _compared(was: Sequence[str], after: Sequence[str]) -> list[Content]:
    """Lines of which the first and the last are different."""
    lines: list[Content] = []
    for tag, first, last, new_first, new_last in SequenceMatcher(None, was, after).get_opcodes():
        if tag == "equal":
            lines += _unchanged(after[new_first:new_last], head=True, tail=True)
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
