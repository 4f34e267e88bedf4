"""A table of a Word document: columns as wide as what stands in them, on as few lines as the page allows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fieldkit.exchange.word_xml import attribute, paragraph, run
from fieldkit.text import visible

_TEXT_WIDTH = 9360
"""Width between the margins, in twentieths of a point."""

_LETTER = 106
"""Width that a letter of a cell takes on average, the widest words considered."""

_BESIDE = 190
"""What the margins of a cell take."""

_CAPITAL = 0.4
_SHORT = 14
_LEAST = 460
_WIDEST = 1700
_LABEL = 2600
_LABELS_AT_MOST = 5200
_LETTERS_DOWN = 110
_TALLEST = 2600
_KEPT_TOGETHER = 12
_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"[~≈<>]?-?[\d\s.,/%–-]*")


def table_xml(
    heading: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    name: str,
    style: str | None,
    cell: str | None,
    first: str | None = None,
) -> str:
    """Write a table whose heading is repeated on each page.

    Columns of figures are set to the right, those of words and the first to the left. Where the headings
    have no room beside each other they are turned upright.

    Args:
        heading: texts of the first row.
        rows: the rows below.
        name: what it is called by for whoever does not see it.
        style: id of the style of the table, or None.
        cell: id of the style of paragraphs in it, or None.
        first: the runs of its very first cell, where they are more than its text.

    Returns:
        The `w:tbl` element.
    """
    wanted = [_needed([heading[at], *(row[at] for row in rows)]) for at in range(1, len(heading))]
    upright = sum(wanted) > _TEXT_WIDTH - _LABEL
    if upright:
        wanted = [_needed([row[at] for row in rows]) for at in range(1, len(heading))]
    widths = _widths(wanted, [_full([row[at] for row in rows]) for at in range(len(heading))])
    figures = [all(_FIGURE.fullmatch(row[at]) for row in rows) for at in range(len(heading))]
    styled = f'<w:tblStyle w:val="{attribute(style)}"/>' if style else ""
    called = attribute(visible(name)[:250])
    look = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"/>'
    head = (
        f'<w:tblPr>{styled}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'{look}<w:tblCaption w:val="{called}"/></w:tblPr>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = [_heading(heading, widths, figures, cell, first, upright=upright)]
    # A short table stays on one page.
    kept = len(rows) - 1 if len(rows) <= _KEPT_TOGETHER else 0
    lines += [_row(row, widths, figures, cell, kept=number < kept) for number, row in enumerate(rows)]
    return f"<w:tbl>{head}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _needed(texts: Sequence[str]) -> int:
    """The width at which no word of a column is broken, and short texts stand on one line."""
    longest = max((_letters(word) for text in texts for word in _WORD.findall(text)), default=0)
    short = max((_letters(text) for text in texts if len(text) <= _SHORT), default=0)
    return max(_LEAST, min(_WIDEST, round(max(longest, short) * _LETTER) + _BESIDE))


def _letters(text: str) -> float:
    """How many letters wide a text is; capitals are wider than others."""
    return len(text) + _CAPITAL * sum(map(str.isupper, text))


def _full(texts: Sequence[str]) -> int:
    """The width at which every text of a column stands on one line."""
    return round(max(map(_letters, texts), default=0) * _LETTER) + _BESIDE


def _widths(wanted: Sequence[int], full: Sequence[int]) -> list[int]:
    """Widths of all columns: what those of words lack, they get of what the labels leave.

    Args:
        wanted: of each column but the first, the width at which no word is broken.
        full: of all columns, the width at which no text is broken.
    """
    room = _TEXT_WIDTH - _LABEL
    if sum(wanted) > room:
        wanted = [max(1, width * room // sum(wanted)) for width in wanted]
    left = _TEXT_WIDTH - max(_LABEL, min(full[0], _LABELS_AT_MOST)) - sum(wanted)
    lacking = [max(0, each - width) for each, width in zip(full[1:], wanted, strict=True)]
    if left > 0 and any(lacking):
        share = min(left, sum(lacking))
        wanted = [width + share * lack // sum(lacking) for width, lack in zip(wanted, lacking, strict=True)]
    return [_TEXT_WIDTH - sum(wanted), *wanted]


def _heading(
    cells: Sequence[str],
    widths: Sequence[int],
    figures: Sequence[bool],
    style: str | None,
    first: str | None,
    *,
    upright: bool,
) -> str:
    pieces = []
    for number, (text, width) in enumerate(zip(cells, widths, strict=True)):
        turned = upright and number > 0
        inside = first if first is not None and number == 0 else run(text)
        aligned = '<w:jc w:val="right"/>' if figures[number] and number and not turned else ""
        direction = '<w:textDirection w:val="btLr"/>' if turned else ""
        bottom = '<w:vAlign w:val="bottom"/>' if not turned else '<w:vAlign w:val="center"/>'
        wide = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{direction}{bottom}</w:tcPr>'
        pieces.append(f"<w:tc>{wide}{paragraph(inside, style, f'<w:keepNext/>{aligned}')}</w:tc>")
    tall = ""
    if upright:
        longest = max(len(text) for text in cells[1:])
        tall = f'<w:trHeight w:val="{min(_TALLEST, longest * _LETTERS_DOWN + _BESIDE)}" w:hRule="exact"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}<w:tblHeader/></w:trPr>{''.join(pieces)}</w:tr>"


def _row(
    cells: Sequence[str], widths: Sequence[int], figures: Sequence[bool], style: str | None, *, kept: bool
) -> str:
    pieces = []
    for number, (text, width) in enumerate(zip(cells, widths, strict=True)):
        more = "<w:keepNext/>" if kept else ""
        more += '<w:jc w:val="right"/>' if figures[number] and number else ""
        wide = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        pieces.append(f"<w:tc>{wide}{paragraph(run(text), style, more)}</w:tc>")
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(pieces)}</w:tr>"
