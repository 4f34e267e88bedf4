"""Tables of positions as they may leave: words in place of numbers, small cells kept back.

What is decided for a group depends on that group alone, and so that no table before or after one more
interview tells what this one keeps back:

- In words, a group of too few persons is kept back whole. Only a share of more than half is told: no
  number under the threshold can have it, and no two positions of a group can. All that is less reads the
  same, nobody included. The word for all is given together with the one before it, so that a lone
  dissenter is not told by its absence.
- In numbers, a cell leaves from one above the threshold on, so that its first appearance tells no small
  number before it. How many persons a group has leaves only while three cells of it or more are kept
  back: with two it could be worked out from the next table what they hold.
- Nothing is given for all persons together, which would narrow down what is kept back of a group.

Ratings (`release_ratings`) and facts on resources (`release_facts`) have rules of their own. No table of
codes, choices or rankings leaves: a person is counted under many codes, and once under every code above, so
that rows bound each other from both sides; she may choose several things, and rank them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.grouping import TOTAL
from fieldkit.findings.quantify import quantity_word
from fieldkit.findings.table import Cell, Table, decimal_text
from fieldkit.findings.words import say
from fieldkit.protocol.framework import QuantityScale
from fieldkit.say import t

THRESHOLDS: Final = (3, 5)
"""Fewest persons that may be told: the usual number, and the stricter one."""

POSITIONS_AT_LEAST: Final = 3
"""With fewer positions than this, one that is kept back can be told from the others."""


@dataclass(frozen=True)
class Terms:
    """On what terms tables leave.

    Attributes:
        scale: the quantity words; needed where `numbers` is false.
        threshold: one of `THRESHOLDS`.
        numbers: whether numbers are asked for in place of words.
        language: language of the words.
    """

    scale: QuantityScale | None
    threshold: int = THRESHOLDS[0]
    numbers: bool = False
    language: str = "en"

    def __post_init__(self) -> None:
        """Refuse terms under which too little would be kept back.

        Raises:
            FindingsError: the threshold is none of `THRESHOLDS`.
        """
        if self.threshold not in THRESHOLDS:
            allowed = t(" or ").join(map(str, THRESHOLDS))
            raise FindingsError(
                t("a threshold of {threshold} persons: choose {allowed}").format(
                    threshold=self.threshold, allowed=allowed
                )
            )


def release_positions(table: Table, terms: Terms) -> Table | None:
    """A table of positions by reporting group as it may leave.

    Args:
        table: the complete table, of `position_tables`; its last row and column are for all.
        terms: on what terms.

    Returns:
        The table without persons, responses and notes; None where nothing of it may leave.
    """
    positions = [row.id for row in table.rows if row.id != TOTAL]
    if table.what != "positions" or len(positions) < POSITIONS_AT_LEAST:
        return None
    groups = [column.id for column in table.columns if column.id != TOTAL]
    told: dict[tuple[str, str], Cell] = {}
    for group in groups:
        counts = {row: count_in(table, row, group) for row in positions}
        cells = _in_numbers(counts, terms) if terms.numbers else in_words(counts, terms)
        told |= {(row, group): cell for row, cell in cells.items()}
    if not told:
        return None
    rows = [row for row in table.rows if terms.numbers or row.id != TOTAL]
    columns = [column for column in table.columns if column.id != TOTAL]
    unsaid = Cell(None, say(terms.language, "kept back"), None, (), (), "")
    cells_out = {
        place: replace(told.get(place, unsaid), trace=table.cells[place].trace)
        for place in ((row.id, column.id) for row in rows for column in columns)
    }
    key = "note released numbers" if terms.numbers else "note released words"
    notes = [say(terms.language, key, least=terms.threshold)]
    return replace(table, rows=rows, columns=columns, cells=cells_out, notes=notes)


def count_in(table: Table, row: str, column: str) -> int:
    """How many persons a cell counts; none where there is nobody to count."""
    value = table.cells[row, column].value
    return value if isinstance(value, int) else 0


def _in_numbers(counts: Mapping[str, int], terms: Terms) -> dict[str, Cell]:
    """Row to cell, as far as a group's numbers may leave."""
    told = {row: count for row, count in counts.items() if count > terms.threshold}
    n = sum(counts.values())
    if n > terms.threshold and len(counts) - len(told) >= POSITIONS_AT_LEAST:
        told[TOTAL] = n
    return {row: Cell(count, str(count), None, (), (), "") for row, count in told.items()}


def in_words(counts: Mapping[str, int], terms: Terms) -> dict[str, Cell]:
    """What words may leave for one group; none of them tells how many persons it has.

    Args:
        counts: position, or point of a scale, to persons of the group; each has one.
        terms: on what terms.

    Returns:
        Position to its cell; nothing where the group is kept back.
    """
    n = sum(counts.values())
    scale = terms.scale
    # At this number, half of the persons are as many as the threshold.
    least = 2 * terms.threshold - 1
    if scale is None or n < max(least, scale.minimum_n):
        return {}
    safe = [word.at_least for word in scale.words if word.at_least * 2 >= 1]
    if not safe:
        return {}
    words = {row: _word(scale, count, n, min(safe), terms.language) for row, count in counts.items()}
    return {row: Cell(None, word, None, (), (), "") for row, word in words.items()}


def _word(scale: QuantityScale, k: int, n: int, from_share: Fraction, language: str) -> str:
    word, every, nearly = (quantity_word(scale, count, n, language) for count in (k, n, n - 1))
    if word is None or 2 * k <= n or k * from_share.denominator < from_share.numerator * n:
        if 2 * from_share == 1:
            return say(language, "up to half")
        return say(language, "under share", share=f"{decimal_text(from_share * 100)} %")
    if word in (every, nearly) and every != nearly:
        return say(language, "or all", nearly=nearly, every=every)
    return word
