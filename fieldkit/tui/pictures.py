"""Figures drawn with characters: bars, columns and small curves, legible in any colour or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from textual.content import Content

from fieldkit.text import shortened
from fieldkit.tui.literal import phrase

_LEVELS: Final = "▁▂▃▄▅▆▇█"
_EIGHTHS: Final = "▏▎▍▌▋▊▉█"

NONE: Final = "·"
"""Stands for a value of 0."""

LABEL_MOST: Final = 28
"""Cells for the label of a bar at the most."""

ROOM_LEAST: Final = 8
"""Cells for the longest bar at the least."""


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        label: what it is of.
        part: how long it is, from 0 for nothing to 1 for all the room; None where there is no figure.
        told: the figure in words.
    """

    label: str
    part: Fraction | None
    told: str


def sparkline(values: Sequence[int]) -> str:
    """A curve of one character for each value: a dot for 0, a full block for the largest."""
    most = max(values, default=0)
    return "".join(NONE if not value else _LEVELS[-(-value * len(_LEVELS) // most) - 1] for value in values)


def binned(values: Sequence[int], most: int) -> list[int]:
    """Values as they are where they are few, else the sums of as many neighbours as make them few.

    Args:
        values: the values, in order.
        most: how many there may be.
    """
    size = max(1, -(-len(values) // most))
    return [sum(values[at : at + size]) for at in range(0, len(values), size)]


def bars(shown: Sequence[Bar], width: int) -> list[Content]:
    """Horizontal bars under each other, each with its label before it and its figure after it.

    Args:
        shown: the bars.
        width: cells for a line.
    """
    label = min(LABEL_MOST, width // 3, max((len(bar.label) for bar in shown), default=0))
    told = max((len(bar.told) for bar in shown), default=0)
    room = max(ROOM_LEAST, width - label - told - 4)
    return [
        phrase(
            "$label [$primary]$bar[/] $told",
            label=shortened(bar.label, label, "…").ljust(label),
            bar=_bar(bar.part, room),
            told=bar.told,
        )
        for bar in shown
    ]


def columns(values: Sequence[int], height: int, width: int) -> list[Content]:
    """Upright columns side by side, the largest value at the top left.

    Args:
        values: one for each column.
        height: lines for the largest.
        width: cells for a line; what has no room is left out at the right.
    """
    most = max(values, default=0)
    edge = len(str(most))
    each = max(1, min(3, (width - edge - 2) // max(1, len(values))))
    kept = values[: max(0, (width - edge - 2) // each)]
    heights = [-(-value * height * len(_LEVELS) // most) if most else 0 for value in kept]
    lines = []
    for line in range(height, 0, -1):
        drawn = "".join(_slice(eighths, line) * (each - (each > 1)) + " " * (each > 1) for eighths in heights)
        left = str(most) if line == height else "0" if line == 1 else ""
        lines.append(phrase("[dim]$left │[/][$primary]$drawn[/]", left=left.rjust(edge), drawn=drawn))
    return lines


def _bar(part: Fraction | None, room: int) -> str:
    if not part:
        return NONE if part is not None else ""
    eighths = max(1, round(part * room * len(_EIGHTHS)))
    whole, rest = divmod(eighths, len(_EIGHTHS))
    return _EIGHTHS[-1] * whole + (_EIGHTHS[rest - 1] if rest else "")


def _slice(eighths: int, line: int) -> str:
    """What a column of so many eighths shows on a line, counted from 1 at the foot."""
    here = eighths - (line - 1) * len(_LEVELS)
    return " " if here <= 0 else _LEVELS[min(here, len(_LEVELS)) - 1]
