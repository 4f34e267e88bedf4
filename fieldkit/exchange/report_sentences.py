"""Positions put into words for a report: offered to whoever writes it, by the study's first scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.exchange.report_words import colon

if TYPE_CHECKING:
    from fieldkit.findings.table import Table
    from fieldkit.protocol.framework import Framework


def sentences(framework: Framework, positions: Table, language: str) -> tuple[str, ...]:
    """Who holds which position, in quantity words with the numbers beside them.

    Args:
        framework: the framework with its scales; without one there are no words.
        positions: a table of positions; its last row and last column are all.
        language: language of the words.

    Returns:
        One phrase for each position that somebody holds, of each group for which the scale has words.
    """
    from fieldkit.findings.quantify import quantity_phrase

    if not framework.quantity_scales:
        return ()
    scale = framework.quantity_scales[0]
    told = []
    for row in positions.rows[:-1]:
        for column in positions.columns[:-1]:
            cell = positions.cells[row.id, column.id]
            if isinstance(cell.value, int) and cell.value and cell.n:
                phrase = quantity_phrase(scale, cell.value, cell.n, column.label, language)
                if phrase is not None:
                    told.append(f"{row.label}{colon(language)} {phrase}")
    return tuple(told)
