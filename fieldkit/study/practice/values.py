"""Made-up values: what somebody who holds a position would tick."""

from __future__ import annotations

from typing import Any, Final

from fieldkit.protocol.items import GridItem, Item, RankItem, ScaleItem, ScalePoint
from fieldkit.study.practice.draw import Draw

_HEIGHT: Final = {"favourable": 0.9, "qualified": 0.7, "mixed": 0.5, "unfavourable": 0.2}
"""Position to how far up a scale of agreement it ticks, from 0 to 1."""

_ROW_IS_RATED: Final = 0.85
"""Share of a grid's rows that people find they can speak to."""


def made_up_value(item: Item, position: str, attended: list[str] | None, draw: Draw) -> Any:
    """A value for an item that nothing more particular is known about.

    Args:
        item: any item.
        position: what the person thinks, as a position of the framework.
        attended: the bodies she has been to, where that was asked: she rates no others.
        draw: where chance comes from.

    Returns:
        A value as responses keep it; None for an item that has none, or that needs a particular one.
    """
    if isinstance(item, ScaleItem):
        return _point(item.scale, position, draw)
    if isinstance(item, GridItem) and item.cell == "scale":
        rows = [row.id for row in item.rows]
        if item.id == "bodies" and attended is not None:
            rows = [row for row in rows if row in attended]
        rated = [row for row in rows if draw.chance(_ROW_IS_RATED)] or rows
        return {row: _point(item.scale, position, draw) for row in rated}
    if isinstance(item, RankItem):
        return _ranking([choice.id for choice in item.choices], draw)
    return None


def _point(scale: list[ScalePoint], position: str, draw: Draw) -> int:
    top = len(scale) - 1
    place = round(_HEIGHT.get(position, 0.5) * top) + draw.pick((-1, 0, 0, 0, 0, 1))
    return scale[max(0, min(top, place))].value


def _ranking(choices: list[str], draw: Draw) -> list[list[str]]:
    """The first and second choice in some order, or tied; the last left out as often as not."""
    first, second, *rest = choices
    top = draw.pick(([[first], [second]], [[second], [first]], [[first, second]]))
    return [*top, *([each] for each in rest)] if draw.chance(0.5) else top
