"""Totals of time and other resources as they may leave: whole, where the guide says so of the item.

They are facts, not opinions, so that it is decided item by item and not by how few answered.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.items import guides_in_order
from fieldkit.findings.table import Table
from fieldkit.findings.words import say
from fieldkit.protocol.items import GridItem, NumberItem, PercentItem


def release_facts(table: Table, items: Collection[str], language: str) -> Table | None:
    """A table of totals as it may leave.

    Args:
        table: the complete table, of `total_tables`.
        items: `guide:item` of those whose totals are released, as `released_items` returns them.
        language: language of the notes.

    Returns:
        The table without persons, responses and notes on persons; None where its item is not released.
    """
    if table.what != "totals" or table.question not in items:
        return None
    cells = {place: replace(cell, persons=(), responses=()) for place, cell in table.cells.items()}
    estimated = any(cell.estimate for cell in cells.values())
    return replace(table, cells=cells, notes=[say(language, "note estimate")] if estimated else [])


def released_items(evidence: Evidence) -> frozenset[str]:
    """`guide:item` of the items whose totals may leave, as their guides say now."""
    return frozenset(
        f"{guide.id}:{item.id}"
        for guide in guides_in_order(evidence)
        for item in guide.items()
        if isinstance(item, GridItem | NumberItem | PercentItem) and item.release
    )
