"""A chart as a PNG picture, for where a page cannot have SVG."""

from __future__ import annotations

import io
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from fieldkit.exchange.chart_scene import TEXT_SIZE, WIDTH, Box, Scene, Stroke, lay_out
from fieldkit.exchange.curve_scene import lay_out_curves
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

    from fieldkit.exchange.report_charts import Chart, Curves

SCALE = 2
"""Pixels of the picture for one of the chart: enough to be printed."""

_ANCHORS = {"start": "lm", "middle": "mm", "end": "rm"}


def chart_png(chart: Chart) -> bytes:
    """Draw a chart of bars.

    Args:
        chart: the chart.

    Returns:
        The file's bytes; the same for the same chart.
    """
    return _png(lay_out(chart))


def curves_png(curves: Curves) -> bytes:
    """Draw curves beside each other; arguments and result as of `chart_png`."""
    return _png(lay_out_curves(curves))


def _png(scene: Scene) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH * SCALE, round(scene.height * SCALE)), "white")
    draw = ImageDraw.Draw(image)
    for shape in scene.shapes:
        if isinstance(shape, Stroke):
            points = [(x * SCALE, y * SCALE) for x, y in shape.points]
            draw.line(points, fill=shape.colour, width=round(shape.width * SCALE), joint="curve")
            continue
        x, y = shape.x * SCALE, shape.y * SCALE
        if isinstance(shape, Box):
            corner = (x + shape.width * SCALE - 1, y + shape.height * SCALE - 1)
            draw.rectangle(((x, y), corner), fill=shape.colour)
        else:
            text = visible_line(shape.text)
            draw.text((x, y), text, fill=shape.colour, font=_font(), anchor=_ANCHORS[shape.anchor])
    file = io.BytesIO()
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def _font() -> FreeTypeFont:
    from PIL import ImageFont

    # A font of our own: the one that comes with Pillow has no accents, and a laptop's cannot be known.
    content = (resources.files("fieldkit.exchange") / "fonts" / "DejaVuSans-Latin.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(content), TEXT_SIZE * SCALE)
