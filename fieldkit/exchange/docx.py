"""The .docx export: the findings report, by issue and evaluation question, with an appendix."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

from fieldkit import __version__
from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.chart_png import chart_png, curves_png
from fieldkit.exchange.report_charts import chart_of, curves_of, told_bars, told_curves
from fieldkit.exchange.report_ledger import ledger
from fieldkit.exchange.report_said import said_below
from fieldkit.exchange.report_words import colon, say
from fieldkit.storage.loading import no_collection

if TYPE_CHECKING:
    from fieldkit.exchange.progress import Progress
    from fieldkit.exchange.report import Leaving, QuestionPart, Quote, Report
    from fieldkit.exchange.word import WordFile
    from fieldkit.findings.table import Table
    from fieldkit.study.study import Study

TABLE = "fieldkit_table_{number}"
"""Name of the bookmark in a table's first cell, by which the table is found again."""

_QUOTATION_MARKS = frozenset('"“”„«»‹›‘’')


def write_docx(
    study: Study,
    target: Path,
    *,
    language: str = "en",
    force: bool = False,
    leaving: Leaving | bool = False,
    template: Path | None = None,
    progress: Progress | None = None,
) -> int:
    """Write the report; contacts are not in it.

    Args:
        study: the study.
        target: the file.
        language: language of the report.
        force: replace a file that is there already.
        leaving: write the version that may leave the house, on these terms or the usual ones.
        template: a .docx file whose styles, page and headers are taken.
        progress: what is told how many passages are written.

    Returns:
        How many passages are in it.

    Raises:
        StudyError: the framework or codebook is wrong, the template cannot be read, or the file cannot be
            written.
    """
    from fieldkit.exchange.report_gather import gather
    from fieldkit.exchange.word import WordFile

    with no_collection(), whole_file(target, force=force) as file:
        report = gather(study, language=language, leaving=leaving, progress=progress)
        word = WordFile(template, report.marking, language)
        _Writer(word, report, progress).write()
        word.save(file, title=report.title, marking=report.marking, language=language, kept=ledger(report))
    return sum(len(question.quotes) for question in report.questions)


def _anchor(kind: str, record: str) -> str:
    """A name for a bookmark, which has letters, digits and underscores only."""
    return f"{kind}_{re.sub(r'[^0-9A-Za-z]', '_', record)}"[:40]


class _Writer:
    """Writes one report: its findings first, and in appendices what they are to be judged by."""

    def __init__(self, word: WordFile, report: Report, progress: Progress | None) -> None:
        self._word = word
        self._report = report
        self._language = report.language
        self._progress = progress
        self._numbers = {id(table): number for number, table in enumerate(report.tables)}
        self._letters = iter(ascii_uppercase)

    def write(self) -> None:
        """Write all of it."""
        word, report = self._word, self._report
        word.paragraph(report.title, "title")
        word.paragraph(self._say("report"), "caption")
        word.paragraph(self._say("computed", at=report.made_at, version=__version__), "note")
        self._contents()
        for issue in report.issues:
            title = self._say("issue", id=issue.id, title=issue.title)
            word.paragraph(title, "1", anchor=_anchor("issue", issue.id), new_page=True)
            for question in issue.questions:
                self._question(question)
        self._drawn()
        self._appendix("method")
        for paragraph in (*report.method, self._say("method verify")):
            word.paragraph(paragraph)
        self._appendix("matrix")
        self._write_tables(report.matrix)
        for key, tables in report.sections:
            self._appendix(key)
            curves = curves_of(tables)
            if curves is not None:
                word.paragraph(curves.title, "caption")
                word.picture(curves_png(curves), f"{curves.title}: {told_curves(curves)}")
            self._write_tables(tables)
        self._guides()
        self._codebook()
        self._trail()

    def _say(self, key: str, **values: object) -> str:
        return say(self._language, key, **values)

    def _labelled(self, key: str, text: str) -> str:
        return f"{self._say(key)}{colon(self._language)} {text}"

    def _contents(self) -> None:
        word = self._word
        word.paragraph(self._say("contents"), "1")
        for issue in self._report.issues:
            title = self._say("issue", id=issue.id, title=issue.title)
            word.link(title, _anchor("issue", issue.id), "contents 1")
            for question in issue.questions:
                style = "contents 3" if question.level else "contents 2"
                word.link(f"{question.id} {question.text}", _anchor("question", question.id), style)
        if self._report.drawn:
            word.link(self._say("drawn"), "drawn", "contents 1")
        sections = [key for key, _ in self._report.sections]
        keys = ["method", "matrix", *sections, "guides", "codebook"]
        keys += [] if self._report.outgoing else ["trail"]
        for letter, key in zip(ascii_uppercase, keys, strict=False):
            word.link(self._say("appendix", letter=letter, title=self._say(key)), key, "contents 1")

    def _question(self, question: QuestionPart) -> None:
        word = self._word
        heading = "3" if question.level else "2"
        word.paragraph(f"{question.id} {question.text}", heading, anchor=_anchor("question", question.id))
        if question.proposition:
            word.paragraph(self._labelled("proposition", question.proposition))
        if question.indicators:
            word.paragraph(self._labelled("indicators", "; ".join(question.indicators)), "about")
        for stated in question.stated:
            word.paragraph(stated.statement, "stated")
            for note in (stated.about, *stated.notes):
                word.paragraph(note, "about")
            for quote in stated.quotes:
                self._quote(quote)
        if question.has_parts:
            return
        if not question.stated:
            word.paragraph(self._say("no finding"), "about")
        if question.sentences:
            word.paragraph(self._say("in words"), "about")
            for sentence in question.sentences:
                word.paragraph(sentence, "bullet")
        self._write_tables(question.all_tables)
        word.paragraph(self._say("said"), "4" if question.level else "3")
        if not question.quotes:
            word.paragraph(self._say("no quotes"), "about")
        for quote in question.quotes:
            self._quote(quote)
        if self._progress is not None:
            self._progress(len(question.quotes))

    def _drawn(self) -> None:
        """Conclusions and recommendations, each with links to the questions of its findings."""
        word, drawn = self._word, self._report.drawn
        if not drawn:
            return
        word.paragraph(self._say("drawn"), "1", anchor="drawn", new_page=True)
        for kind in ("conclusion", "recommendation"):
            made = [each for each in drawn if each.kind == kind]
            if made:
                word.paragraph(self._say(f"{kind}s"), "2")
            for each in made:
                word.paragraph(each.text, "stated")
                word.paragraph(f"{self._say('drawn from')}{colon(self._language)}", "about")
                for question, statement in each.findings:
                    word.link(f"{question} {statement}", _anchor("question", question))

    def _quote(self, quote: Quote) -> None:
        marks = ("«\u00a0", "\u00a0»") if (quote.language or self._language).startswith("fr") else ("“", "”")
        # Words that were noted between marks of their own keep these.
        own = {quote.words[:1], quote.words[-1:]} <= _QUOTATION_MARKS
        bare = own or not quote.verbatim
        words = quote.words if bare else f"{marks[0]}{quote.words}{marks[1]}"
        self._word.paragraph(words, "quote")
        self._word.paragraph(said_below(quote, self._language), "about")

    def _write_tables(self, tables: Iterable[Table]) -> None:
        word = self._word
        for table in tables:
            word.paragraph(table.title, "caption")
            word.paragraph(table.denominator, "under caption")
            chart = chart_of(table) if table.what == "positions" else None
            if chart is not None:
                word.picture(chart_png(chart), f"{chart.title}: {told_bars(chart)}")
            heading, *rows = table.grid()
            word.table(heading, rows, name=table.title, anchor=TABLE.format(number=self._numbers[id(table)]))
            for note in table.notes:
                word.paragraph(note, "note")

    def _appendix(self, key: str) -> None:
        title = self._say("appendix", letter=next(self._letters), title=self._say(key))
        self._word.paragraph(title, "1", anchor=key, new_page=True)

    def _guides(self) -> None:
        self._appendix("guides")
        for guide in self._report.guides:
            self._word.paragraph(guide.title, "2")
            for title, items in guide.sections:
                self._word.paragraph(title, "3")
                for text, questions in items:
                    self._word.paragraph(f"{text} [{questions}]" if questions else text, "bullet")

    def _codebook(self) -> None:
        self._appendix("codebook")
        word = self._word
        for code in self._report.codebook:
            retired = f" ({self._say('retired')})" if code.retired else ""
            word.paragraph(f"{code.name}{retired}", "2" if code.level == 0 else "3")
            word.paragraph(code.definition)
            for key, text in (("use when", code.use_when), ("not when", code.not_when)):
                if text:
                    word.paragraph(self._labelled(key, text), "about")

    def _trail(self) -> None:
        if self._report.outgoing:
            return
        self._appendix("trail")
        heading = [self._say(key) for key in ("author", "table", "action", "changes", "first", "last")]
        rows = (
            (each.author, each.table, each.action, str(each.changes), each.first, each.last)
            for each in self._report.trail
        )
        self._word.table(heading, list(rows), name=self._say("trail"))
