"""A chart as a PNG picture, for where a page cannot have SVG."""

from __future__ import annotations

import io
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from fieldkit.exchange.chart_scene import TEXT_SIZE, WIDTH, Box, lay_out
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

    from fieldkit.exchange.report import Chart

SCALE = 2
"""Pixels of the picture for one of the chart: enough to be printed."""

_ANCHORS = {"start": "lm", "middle": "mm", "end": "rm"}


def chart_png(chart: Chart) -> bytes:
    """Draw a chart.

    Args:
        chart: the chart.

    Returns:
        The file's bytes; the same for the same chart.
    """
    from PIL import Image, ImageDraw

    scene = lay_out(chart)
    image = Image.new("RGB", (WIDTH * SCALE, round(scene.height * SCALE)), "white")
    draw = ImageDraw.Draw(image)
    for shape in scene.shapes:
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
