"""Tables of ratings as they may leave: in words alone, by the rules of positions.

A person gives one rating as she holds one position, so that what `release` keeps back is kept back here.
The median, the numbers and who gave none stay in the house. A group that is kept back has no row, as if
nobody were in it. A table of ratings names the guide they were asked with: it leaves only where the guide's
respondent group is a reporting group of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.items import guides_in_order
from fieldkit.findings.release import POSITIONS_AT_LEAST, Terms, count_in, in_words
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say


def release_ratings(table: Table, terms: Terms, guides: Collection[str]) -> Table | None:
    """A table of ratings by reporting group as it may leave.

    Args:
        table: the complete table, of `rating_tables`.
        terms: on what terms; nothing leaves where numbers are asked for.
        guides: ids of the guides that may be named, as `nameable_guides` returns them.

    Returns:
        The table of the points of the scale by group, in words; None where nothing of it may leave.
    """
    points = [column for column in table.columns if column.id.lstrip("-").isdigit()]
    scaled = any(column.id == "median" for column in table.columns) and len(points) >= POSITIONS_AT_LEAST
    named = (table.question or "").partition(":")[0]
    if table.what != "ratings" or not scaled or terms.numbers or named not in guides:
        return None
    rows: list[Heading] = []
    cells: dict[tuple[str, str], Cell] = {}
    about = ""
    for row in table.rows:
        if row.level == 0:
            about = f"{row.label} / " if "@" in row.id else ""
            continue
        words = in_words({point.id: count_in(table, row.id, point.id) for point in points}, terms)
        if words:
            rows.append(Heading(row.id, about + row.label))
            cells |= {
                (row.id, point): replace(cell, trace=table.cells[row.id, point].trace)
                for point, cell in words.items()
            }
    notes = [say(terms.language, "note released words", least=terms.threshold)]
    return replace(table, rows=rows, columns=points, cells=cells, notes=notes) if rows else None


def nameable_guides(evidence: Evidence) -> frozenset[str]:
    """Ids of the guides whose respondent group is the only one of its reporting group."""
    groups = evidence.framework.respondent_groups
    together = Counter(group.reporting_group for group in groups)
    alone = {group.id for group in groups if together[group.reporting_group] == 1}
    return frozenset(guide.id for guide in guides_in_order(evidence) if guide.respondent_group in alone)
