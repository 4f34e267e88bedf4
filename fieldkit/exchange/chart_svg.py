"""A chart as SVG that stands inside a page: no script, no style, all text as text."""

from __future__ import annotations

from fieldkit.exchange.chart_scene import TEXT_SIZE, WIDTH, Box, Scene, Shape, Stroke, lay_out
from fieldkit.exchange.curve_scene import lay_out_curves
from fieldkit.exchange.html_text import escaped
from fieldkit.exchange.report_charts import Chart, Curves, told_bars, told_curves


def chart_svg(chart: Chart, name: str) -> str:
    """Draw a chart of bars.

    Args:
        chart: the chart.
        name: an id for it that no other element of the page has.

    Returns:
        An `svg` element; who does not see it is told its title and all its counts.
    """
    return _svg(lay_out(chart), name, chart.title, told_bars(chart))


def curves_svg(curves: Curves, name: str) -> str:
    """Draw curves beside each other; arguments and result as of `chart_svg`."""
    return _svg(lay_out_curves(curves), name, curves.title, told_curves(curves))


def _svg(scene: Scene, name: str, title: str, told: str) -> str:
    drawn = "".join(map(_drawn, scene.shapes))
    box = f'viewBox="0 0 {WIDTH} {scene.height:.0f}" width="{WIDTH}" height="{scene.height:.0f}"'
    font = f'font-family="system-ui, Arial, sans-serif" font-size="{TEXT_SIZE}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} {font} role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escaped(title)}</title>'
        f'<desc id="{name}-d">{escaped(told)}</desc>{drawn}</svg>'
    )


def _drawn(shape: Shape) -> str:
    if isinstance(shape, Box):
        size = f'width="{shape.width:.1f}" height="{shape.height:.1f}"'
        return f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" {size} fill="{shape.colour}"/>'
    if isinstance(shape, Stroke):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        line = f'stroke="{shape.colour}" stroke-width="{shape.width:g}"'
        return f'<polyline points="{points}" fill="none" {line}/>'
    place = f'x="{shape.x:.1f}" y="{shape.y + TEXT_SIZE * 0.36:.1f}" text-anchor="{shape.anchor}"'
    return f'<text {place} fill="{shape.colour}">{escaped(shape.text)}</text>'
