"""The .xlsx export: a workbook that a client can read alone. No contacts in it, and no formulas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit import __version__
from fieldkit.exchange.cells import Cell
from fieldkit.exchange.passages import Passages
from fieldkit.exchange.progress import counted
from fieldkit.exchange.report import Leaving, Report
from fieldkit.exchange.report_ledger import ledger
from fieldkit.exchange.report_tokens import column_names, in_words
from fieldkit.exchange.report_trail import TrailEntry, trail_of
from fieldkit.exchange.report_words import say
from fieldkit.exchange.workbook import AREA, LEDGER, Workbook, new_workbook
from fieldkit.exchange.xlsx_records import write_records
from fieldkit.exchange.xlsx_tables import Places, write_question, write_tables

if TYPE_CHECKING:
    from fieldkit.exchange.progress import Progress
    from fieldkit.study.study import Study


def write_xlsx(
    study: Study,
    target: Path,
    *,
    language: str = "en",
    force: bool = False,
    leaving: Leaving | bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the workbook.

    Args:
        study: the study.
        target: the file.
        language: language of the labels.
        force: replace a file that is there already.
        leaving: write the version that may leave the house, on these terms or the usual
            ones; it has no rows of persons or responses.
        progress: what is told how many rows are written.

    Returns:
        How many rows of passages, and of responses without a code, are in it.

    Raises:
        StudyError: the framework or codebook is wrong, or the file cannot be written.
    """
    from fieldkit.exchange.labels import Labels
    from fieldkit.exchange.report_gather import gather

    labels = Labels(study, language)
    places: Places = []
    marking = labels.outgoing_marking if leaving else labels.marking
    count = 0
    with new_workbook(target, marking=marking, title=study.title(language), force=force) as book:
        report = gather(study, language=language, leaving=leaving, progress=progress)
        _contents(book, report)
        _method(book, report)
        matrix = book.sheet(say(language, "matrix"))
        write_tables(matrix, say(language, "matrix"), report.matrix, places)
        for question in report.questions:
            write_question(book.sheet(question.id), question, language, places)
        _drawn(book, report)
        for name, tables in report.sections:
            write_tables(book.sheet(_sheet(name, language)), say(language, name), tables, places)
        if not leaving:
            count = write_records(book, Passages(study, labels), language, progress)
        _guides(book, report)
        _codebook(book, report)
        if not leaving:
            _trail(book, study, language, progress)
        for number, (sheet, top, size) in enumerate(places):
            book.name_area(AREA.format(number=number), sheet, top, size)
        book.keep(LEDGER, ledger(report))
    return count


def _contents(book: Workbook, report: Report) -> None:
    language = report.language
    sheet = book.sheet(say(language, "contents"))
    sheet.widths(28, 90)
    sheet.line(report.title, "title")
    sheet.line(say(language, "report"), "subtitle")
    sheet.line(say(language, "computed", at=report.made_at, version=__version__), "note")
    sheet.line()
    names = ["quotes", "responses", "chart", "roster", "guides", "codebook", "trail"]
    if report.outgoing:
        names = ["guides", "codebook"]
    for name in ("method", "matrix"):
        sheet.link(say(language, name), say(language, f"about {name}"))
    for issue in report.issues:
        sheet.line(say(language, "issue", id=issue.id, title=issue.title), "subtitle")
        for question in issue.questions:
            sheet.link(question.id, question.text)
    sheet.line()
    drawn = ["drawn"] if report.drawn else []
    for name in (*drawn, *(name for name, _ in report.sections), *names):
        sheet.link(_sheet(name, language), say(language, f"about {name}"))


def _sheet(name: str, language: str) -> str:
    """The name of a part's sheet, which holds 31 characters at most."""
    return say(language, "conclusions" if name == "drawn" else name)


def _drawn(book: Workbook, report: Report) -> None:
    """Conclusions and recommendations, a row for each finding that one is drawn from."""
    if not report.drawn:
        return
    language = report.language
    heading = [say(language, key) for key in ("kind", "drawn", "question", "drawn from")]
    rows = (
        [say(language, each.kind), each.text, question, statement]
        for each in report.drawn
        for question, statement in each.findings or [(None, None)]
    )
    sheet = book.sheet(_sheet("drawn", language))
    sheet.table(heading, rows, wide=(heading[1], heading[3]), medium=(heading[0], heading[2]))


def _method(book: Workbook, report: Report) -> None:
    sheet = book.sheet(say(report.language, "method"))
    sheet.widths(95, 10)
    sheet.line(say(report.language, "method"), "title")
    for paragraph in (*report.method, say(report.language, "method verify")):
        sheet.wrapped([paragraph])


def _guides(book: Workbook, report: Report) -> None:
    language = report.language
    heading = [say(language, key) for key in ("guide", "section", "item", "questions")]
    rows = (
        [guide.title, title, text, questions]
        for guide in report.guides
        for title, items in guide.sections
        for text, questions in items
    )
    sheet = book.sheet(_sheet("guides", language))
    sheet.table(heading, rows, wide=heading[2:3], medium=(heading[0], heading[1], heading[3]))


def _codebook(book: Workbook, report: Report) -> None:
    language = report.language
    keys = ("id", "name", "definition", "use when", "not when", "examples", "retired")
    heading = [say(language, key) for key in keys]
    rows: Iterator[list[Cell]] = (
        [
            code.id,
            "  " * code.level + code.name,
            code.definition,
            code.use_when,
            code.not_when,
            "\n".join(code.examples),
            say(language, "retired") if code.retired else None,
        ]
        for code in report.codebook
    )
    book.sheet(say(language, "codebook")).table(heading, rows, wide=heading[2:6])


def _trail(book: Workbook, study: Study, language: str, progress: Progress | None) -> None:
    keys = ("at", "author", "action", "table", "about", "fields")
    heading = [say(language, key) for key in keys]
    shown = in_words(keys, language)

    def named(entry: TrailEntry) -> TrailEntry:
        return entry._replace(fields=", ".join(column_names(entry.fields.split(", "), language)))

    rows = (shown(named(entry)) for entry in counted(trail_of(study), progress))
    book.sheet(say(language, "trail")).table(heading, rows, wide=heading[4:])
