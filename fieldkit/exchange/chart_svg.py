"""A chart as SVG that stands inside a page: no script, no style, all text as text."""

from __future__ import annotations

from fieldkit.exchange.chart_scene import TEXT_SIZE, WIDTH, Box, lay_out
from fieldkit.exchange.html_text import escaped
from fieldkit.exchange.report import Chart


def chart_svg(chart: Chart, name: str) -> str:
    """Draw a chart.

    Args:
        chart: the chart.
        name: an id for it that no other element of the page has.

    Returns:
        An `svg` element; who does not see it is told its title and all its counts.
    """
    scene = lay_out(chart)
    told = "; ".join(
        f"{label}: " + ", ".join(f"{part} {count}" for part, count in zip(chart.parts, counts, strict=True))
        for label, counts in chart.bars
    )
    drawn = []
    for shape in scene.shapes:
        if isinstance(shape, Box):
            size = f'width="{shape.width:.1f}" height="{shape.height:.1f}"'
            drawn.append(f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" {size} fill="{shape.colour}"/>')
        else:
            place = f'x="{shape.x:.1f}" y="{shape.y + TEXT_SIZE * 0.36:.1f}" text-anchor="{shape.anchor}"'
            drawn.append(f'<text {place} fill="{shape.colour}">{escaped(shape.text)}</text>')
    box = f'viewBox="0 0 {WIDTH} {scene.height:.0f}" width="{WIDTH}" height="{scene.height:.0f}"'
    font = f'font-family="system-ui, Arial, sans-serif" font-size="{TEXT_SIZE}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} {font} role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escaped(chart.title)}</title>'
        f'<desc id="{name}-d">{escaped(told)}</desc>{"".join(drawn)}</svg>'
    )
