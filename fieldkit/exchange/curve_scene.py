"""Curves of saturation laid out as small panels beside each other, each on its own scale."""

from __future__ import annotations

from fieldkit.exchange.chart_scene import PALETTE, WIDTH, Line, Scene, Shape, Stroke
from fieldkit.exchange.report_charts import Curve, Curves

_ACROSS = 4
_PANEL = 128
_TOP = 30
_BOTTOM = 22
_EDGE = 8
_ROOM = 34
_GREY = "#8C8C8C"
_SOFT = "#595959"


def lay_out_curves(curves: Curves) -> Scene:
    """Lay out a panel for each curve: interviews from left to right, codes upwards, the last count beside it.

    All panels share the scale of interviews; each has its own of codes, since what matters is whether it
    still climbs.

    Args:
        curves: the curves, at least one.
    """
    longest = max(len(curve.counts) for curve in curves.curves)
    shapes: list[Shape] = []
    width = WIDTH / _ACROSS
    for number, curve in enumerate(curves.curves):
        row, column = divmod(number, _ACROSS)
        shapes += _panel(curve, longest, column * width, row * _PANEL, width)
    rows = -(-len(curves.curves) // _ACROSS)
    return Scene(rows * _PANEL + 4, tuple(shapes))


def _panel(curve: Curve, longest: int, left: float, top: float, width: float) -> list[Shape]:
    start, end = left + _EDGE, left + width - _ROOM
    high, low = top + _TOP, top + _PANEL - _BOTTOM
    most = max(curve.counts[-1], 1)
    across = (end - start) / longest
    points: list[tuple[float, float]] = [(start, low)]
    for number, count in enumerate(curve.counts):
        y = low - (low - high) * count / most
        # A step at each interview, as codes come with it and not between two.
        points += [(start + across * number, y), (start + across * (number + 1), y)]
    last = points[-1]
    return [
        Stroke(((start, low), (end, low)), _GREY, 1),
        Stroke(tuple(points), PALETTE[0]),
        Line(start, top + 14, curve.label),
        Line(last[0] + 4, last[1], str(curve.counts[-1])),
        Line(start, low + 12, f"n = {len(curve.counts)}", colour=_SOFT),
    ]
