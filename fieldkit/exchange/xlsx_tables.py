"""Tables of findings on the sheets of the workbook, each remembered by the place it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fieldkit.exchange.report_charts import chart_of, curves_of
from fieldkit.exchange.report_said import speaker
from fieldkit.exchange.report_words import colon, say
from fieldkit.exchange.workbook import Sheet

if TYPE_CHECKING:
    from fieldkit.exchange.cells import Cell
    from fieldkit.exchange.report import QuestionPart
    from fieldkit.findings.table import Cell as Figure
    from fieldkit.findings.table import Table

Places = list[tuple[Sheet, int, tuple[int, int]]]
"""Of each table in the order of the report: its sheet, row of the first figure, how many rows and columns."""

_FIGURE = 13
_LABEL = 56
"""Characters that the first column shows of a label on one line."""


def write_tables(sheet: Sheet, title: str, tables: Iterable[Table], places: Places) -> None:
    """Write tables one under the other on a sheet of their own.

    Args:
        sheet: the sheet.
        title: what stands above them.
        tables: the tables.
        places: takes the place of each.
    """
    sheet.widths(_LABEL, _FIGURE)
    sheet.line(title, "title")
    sheet.freeze()
    for table in tables:
        top = _table(sheet, table, places)
        if curves_of([table]) is not None:
            sheet.lines(table.title, top, (len(table.rows), len(table.columns)))


def write_question(sheet: Sheet, question: QuestionPart, language: str, places: Places) -> None:
    """Write all there is on one evaluation question on its sheet: findings, tables, a chart, and words.

    Args:
        sheet: the sheet.
        question: the evaluation question or part.
        language: language of the labels.
        places: takes the place of each table.
    """
    sheet.widths(_LABEL, _FIGURE)
    sheet.line(f"{question.id} {question.text}", "title")
    sheet.freeze()
    if question.proposition:
        sheet.line(f"{say(language, 'proposition')}{colon(language)} {question.proposition}")
    for indicator in question.indicators:
        sheet.line(f"{say(language, 'indicators')}{colon(language)} {indicator}", "note")
    sheet.line()
    for stated in question.stated:
        sheet.line(stated.statement, "subtitle")
        sheet.line(stated.about, "note")
        for note in stated.notes:
            sheet.line(note, "note")
        for quote in stated.quotes:
            sheet.wrapped([quote.words, speaker(quote, language), quote.group])
    if question.has_parts:
        return
    if not question.stated:
        sheet.line(say(language, "no finding"), "note")
    if question.sentences:
        sheet.line(say(language, "in words"), "note")
        for sentence in question.sentences:
            sheet.line(sentence)
    if question.positions is not None:
        _with_chart(sheet, question.positions, places)
    for table in question.tables:
        _table(sheet, table, places)
    _quotes(sheet, question, language)


def _with_chart(sheet: Sheet, table: Table, places: Places) -> None:
    top = _table(sheet, table, places)
    if chart_of(table) is not None:
        sheet.stacked_bars(table.title, top, (len(table.rows) - 1, len(table.columns) - 1))


def _table(sheet: Sheet, table: Table, places: Places) -> int:
    """Write a table, and return the row its heading stands in."""
    sheet.line()
    sheet.line(table.title, "subtitle")
    sheet.line(table.denominator, "note")
    top = sheet.next_row
    sheet.figures(["", *(column.label for column in table.columns)], heading=True)
    places.append((sheet, top + 1, (len(table.rows), len(table.columns))))
    for row in table.rows:
        figures = (_figure(table.cells[row.id, column.id]) for column in table.columns)
        sheet.figures(["  " * row.level + row.label, *figures])
    for note in table.notes:
        sheet.line(note, "note")
    return top


def _figure(cell: Figure) -> Cell:
    """A number where the cell reads as just that number, else its text."""
    return cell.value if isinstance(cell.value, int) and cell.text == str(cell.value) else cell.text


def _quotes(sheet: Sheet, question: QuestionPart, language: str) -> None:
    sheet.line()
    sheet.line(say(language, "said"), "subtitle")
    if not question.quotes:
        sheet.line(say(language, "no quotes"), "note")
        return
    keys = ("passage", "by whom", "group", "codes", "how noted", "quotable")
    sheet.row([say(language, key) for key in keys], "heading")
    for quote in question.quotes:
        kind = None if quote.verbatim else say(language, "paraphrase")
        held_back = None if quote.quotable else say(language, "not quotable")
        about = [speaker(quote, language), quote.group, "; ".join(quote.codes), kind, held_back]
        sheet.wrapped([quote.words, *about])
