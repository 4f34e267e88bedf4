"""A chart laid out once, as rectangles, strokes and lines of text; SVG and PNG are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fieldkit.exchange.report_charts import Chart

WIDTH = 760
TEXT_SIZE = 13
PALETTE = ("#1B6CA8", "#7FB2D9", "#B8B8B8", "#D9822B", "#8C510A", "#4D4D4D", "#5AA469")
"""Colours of the parts of bars: told apart by whoever sees no red or green, and by their lightness."""

_LEFT = 230
_BAR = 26
_GAP = 12
_TOP = 8
_SWATCH = 14
_LINE = 22
_CHARACTER = 7.4
_LEAST_FOR_TEXT = 16
_LONGEST_LABEL = 30


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Line:
    """A line of text; `y` is the middle of its height, and `x` where it starts, ends or has its middle."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    colour: str = "#1A1A1A"


@dataclass(frozen=True)
class Stroke:
    """A line from point to point, `width` wide."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 2


Shape = Box | Line | Stroke


@dataclass(frozen=True)
class Scene:
    """What a chart is drawn from, in pixels."""

    height: float
    shapes: tuple[Shape, ...]


def lay_out(chart: Chart) -> Scene:
    """Lay out bars from the left, as long as their counts, with each count inside its part, and a legend.

    Args:
        chart: the chart.

    Returns:
        The shapes, those to be drawn first before those that lie over them.
    """
    most = max(sum(counts) for _, counts in chart.bars)
    scale = (WIDTH - _LEFT - 50) / most
    shapes: list[Shape] = []
    y = float(_TOP)
    for label, counts in chart.bars:
        middle = y + _BAR / 2
        shapes.append(Line(_LEFT - 10, middle, _cut(label), "end"))
        x = float(_LEFT)
        for count, colour in zip(counts, _colours(chart), strict=True):
            width = count * scale
            if count:
                shapes.append(Box(x, y, width - 1, _BAR, colour))
                if width >= _LEAST_FOR_TEXT:
                    shapes.append(Line(x + width / 2, middle, str(count), "middle", _on(colour)))
            x += width
        shapes.append(Line(x + 8, middle, f"n = {sum(counts)}"))
        y += _BAR + _GAP
    return Scene(_legend(chart, shapes, y + 4) + _LINE, tuple(shapes))


def _legend(chart: Chart, shapes: list[Shape], y: float) -> float:
    x = 10.0
    for part, colour in zip(chart.parts, _colours(chart), strict=True):
        width = _SWATCH + 8 + _CHARACTER * len(part) + 18
        if x + width > WIDTH and x > 10:
            x, y = 10.0, y + _LINE
        shapes.append(Box(x, y, _SWATCH, _SWATCH, colour))
        shapes.append(Line(x + _SWATCH + 6, y + _SWATCH / 2, part))
        x += width
    return y


def _colours(chart: Chart) -> list[str]:
    return [PALETTE[number % len(PALETTE)] for number in range(len(chart.parts))]


def _on(colour: str) -> str:
    """Black or white, whichever is told from a colour more easily (relative luminance of WCAG 2)."""
    return "#FFFFFF" if _luminance(colour) < _EVEN else "#000000"


_EVEN = 0.179
"""The luminance that has the same contrast with black as with white."""


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
