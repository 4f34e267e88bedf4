"""The .md export: the findings report as plain text that Markdown shows as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit import __version__
from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.progress import counted
from fieldkit.exchange.report_said import said_below
from fieldkit.exchange.report_words import colon, say
from fieldkit.text import visible, visible_line

if TYPE_CHECKING:
    from fieldkit.exchange.progress import Progress
    from fieldkit.exchange.report import CodeEntry, Leaving, QuestionPart, Quote, Report
    from fieldkit.findings.table import Table
    from fieldkit.study.study import Study

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|&~])")
# Begins a list, a heading's underline or a rule where it stands first in a line.
_FIRST = re.compile(r"^(\s*\d{0,9})([-+.)](?=[\s-]|$)|=)")


def write_markdown(
    study: Study,
    target: Path,
    *,
    language: str = "en",
    force: bool = False,
    leaving: Leaving | bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the report; contacts are not in it.

    Args:
        study: the study.
        target: the file.
        language: language of the report.
        force: replace a file that is there already.
        leaving: write the version that may leave the house, on these terms or the usual ones.
        progress: what is told how many blocks are written.

    Returns:
        How many passages are in it.

    Raises:
        StudyError: the framework or codebook is wrong, or the file cannot be written.
    """
    from fieldkit.exchange.report_gather import gather

    with whole_file(target, force=force) as file:
        report = gather(study, language=language, leaving=leaving, progress=progress)
        for block in counted(_blocks(report), progress):
            file.write(f"{block}\n\n".encode("utf-8", errors="replace"))
    return sum(len(question.quotes) for question in report.questions)


def plain(text: str) -> str:
    """Text on one line that Markdown shows as it is: no emphasis, links, cells or HTML of its own."""
    return _FIRST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", visible_line(text)))


def table_lines(table: Table) -> Iterator[str]:
    """A table of findings with its title, denominator and notes, as blocks of Markdown."""
    yield f"**{plain(table.title)}**"
    yield f"*{plain(table.denominator)}*"
    heading, *rows = table.grid()
    lines = [_row(heading), "|" + " --- |" + " ---: |" * (len(heading) - 1), *map(_row, rows)]
    yield "\n".join(lines)
    yield from (f"*{plain(note)}*" for note in table.notes)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(plain(cell) for cell in cells) + " |"


def _blocks(report: Report) -> Iterator[str]:
    language = report.language
    yield f"**{plain(report.marking)}**"
    yield f"# {plain(report.title)}"
    yield plain(say(language, "computed", at=report.made_at, version=__version__))
    yield f"## {plain(say(language, 'method'))}"
    yield from map(plain, (*report.method, say(language, "method verify")))
    yield f"## {plain(say(language, 'matrix'))}"
    yield from _tables(report.matrix)
    for issue in report.issues:
        yield f"## {plain(say(language, 'issue', id=issue.id, title=issue.title))}"
        for question in issue.questions:
            yield from _question(question, language)
    yield from _drawn(report)
    for name, tables in report.sections:
        yield f"## {plain(say(language, name))}"
        yield from _tables(tables)
    yield from _guides(report)
    yield f"## {plain(say(language, 'codebook'))}"
    for code in report.codebook:
        told = plain(_explained(code, language))
        yield f"{'  ' * code.level}- **{plain(code.name)}**{colon(language)} {told}"
    yield from _trail(report)
    yield f"**{plain(report.marking)}**"


def _drawn(report: Report) -> Iterator[str]:
    language = report.language
    if report.drawn:
        yield f"## {plain(say(language, 'drawn'))}"
    for kind in ("conclusion", "recommendation"):
        made = [each for each in report.drawn if each.kind == kind]
        if made:
            yield f"### {plain(say(language, f'{kind}s'))}"
        for each in made:
            yield f"**{plain(each.text)}**"
            yield f"*{plain(say(language, 'drawn from'))}{colon(language)}*"
            yield "\n".join(f"- {plain(f'{question} {statement}')}" for question, statement in each.findings)


def _explained(code: CodeEntry, language: str) -> str:
    """What a code means, and when it is used and not."""
    told = [code.definition] + ([f"({say(language, 'retired')})"] if code.retired else [])
    for key, text in (("use when", code.use_when), ("not when", code.not_when)):
        told += [f"{say(language, key)}{colon(language)} {text}"] if text else []
    return " ".join(told)


def _guides(report: Report) -> Iterator[str]:
    yield f"## {plain(say(report.language, 'guides'))}"
    for guide in report.guides:
        yield f"### {plain(guide.title)}"
        for title, items in guide.sections:
            yield f"#### {plain(title)}"
            asked = (f"- {plain(f'{text} [{on}]' if on else text)}" for text, on in items)
            yield "\n".join(asked)


def _trail(report: Report) -> Iterator[str]:
    if report.outgoing:
        return
    language = report.language
    yield f"## {plain(say(language, 'trail'))}"
    heading = [say(language, key) for key in ("author", "table", "action", "changes", "first", "last")]
    lines = [_row(heading), "|" + " --- |" * len(heading)]
    for each in report.trail:
        lines.append(_row([each.author, each.table, each.action, str(each.changes), each.first, each.last]))
    yield "\n".join(lines)


def _tables(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        yield from table_lines(table)


def _question(question: QuestionPart, language: str) -> Iterator[str]:
    deeper = "#" * question.level
    yield f"###{deeper} {plain(question.id)} {plain(question.text)}"
    if question.proposition:
        yield f"{plain(say(language, 'proposition'))}{colon(language)} {plain(question.proposition)}"
    if question.indicators:
        told = "; ".join(question.indicators)
        yield f"*{plain(say(language, 'indicators'))}{colon(language)} {plain(told)}*"
    for stated in question.stated:
        yield f"**{plain(stated.statement)}** ({plain(stated.about)})"
        yield from (f"*{plain(note)}*" for note in stated.notes)
        yield from (_quote(quote, language) for quote in stated.quotes)
    if question.has_parts:
        return
    if not question.stated:
        yield f"*{plain(say(language, 'no finding'))}*"
    if question.sentences:
        yield f"*{plain(say(language, 'in words'))}*"
        yield "\n".join(f"- {plain(sentence)}" for sentence in question.sentences)
    yield from _tables(question.all_tables)
    yield f"####{deeper} {plain(say(language, 'said'))}"
    if not question.quotes:
        yield f"*{plain(say(language, 'no quotes'))}*"
    yield from (_quote(quote, language) for quote in question.quotes)


def _quote(quote: Quote, language: str) -> str:
    # A backslash at the end of a line breaks it there.
    words = "\\\n> ".join(plain(line) for line in visible(quote.words).split("\n"))
    return f"> {words}\\\n> *{plain(said_below(quote, language))}*"
