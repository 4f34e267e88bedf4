"""The parts of the page that a report makes: contents, search, findings, tables, words, appendix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fieldkit.exchange.chart_svg import chart_svg, curves_svg
from fieldkit.exchange.html_text import escaped
from fieldkit.exchange.report_charts import chart_of, curves_of
from fieldkit.exchange.report_said import said_below
from fieldkit.exchange.report_words import colon, say

if TYPE_CHECKING:
    from fieldkit.exchange.report import QuestionPart, Quote, Report
    from fieldkit.findings.table import Table


class Page:
    """Makes the parts of one page; tables are numbered in the order in which they are made."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._language = report.language
        self._tables = 0

    def say(self, key: str, **values: object) -> str:
        """A word or sentence of the report, safe in a page."""
        return escaped(say(self._language, key, **values))

    def contents(self) -> Iterator[str]:
        """The list of all sections."""
        yield f'<nav aria-label="{self.say("contents")}"><ol>'
        for name in ("method", "matrix"):
            yield f'<li><a href="#{name}">{self.say(name)}</a></li>'
        for issue in self.report.issues:
            yield f"<li>{self.say('issue', id=issue.id, title=issue.title)}<ol>"
            for question in issue.questions:
                text = escaped(f"{question.id} {question.text}")
                yield f'<li><a href="#q-{escaped(question.id)}">{text}</a></li>'
            yield "</ol></li>"
        names = ["drawn"] if self.report.drawn else []
        names += [name for name, _ in self.report.sections]
        names += ["guides", "codebook", *(() if self.report.outgoing else ("answers", "trail"))]
        for name in names:
            yield f'<li><a href="#{name}">{self.say(name)}</a></li>'
        yield "</ol></nav>"

    def search(self) -> Iterator[str]:
        """What searches and filters the passages; shown where scripts run."""
        quotes = [quote for question in self.report.questions for quote in question.quotes]
        groups = sorted({quote.group for quote in quotes if quote.group})
        codes = sorted({code for quote in quotes for code in quote.codes})
        yield f'<form class="find only-script" id="find" role="search" aria-label="{self.say("search")}">'
        yield f'<div><label for="find-words">{self.say("search")}</label>'
        yield '<input type="search" id="find-words" autocomplete="off"></div>'
        for name, every, options in (("group", "any group", groups), ("code", "any code", codes)):
            yield f'<div><label for="find-{name}">{self.say(name)}</label><select id="find-{name}">'
            yield f'<option value="">{self.say(every)}</option>'
            yield "".join(f"<option>{escaped(option)}</option>" for option in options)
            yield "</select></div>"
        controls = "find-words find-group find-code"
        told = self.say("shown", n="{n}")
        yield f'<output id="find-told" for="{controls}" data-told="{told}"></output></form>'

    def front(self) -> Iterator[str]:
        """The method note and the matrix."""
        yield f'<section id="method"><h2>{self.say("method")}</h2>'
        yield "".join(f"<p>{escaped(paragraph)}</p>" for paragraph in self.report.method)
        yield f"<p>{self.say('method verify')}</p>"
        yield f'</section><section id="matrix"><h2>{self.say("matrix")}</h2>'
        yield from self.tables(self.report.matrix)
        yield "</section>"

    def findings(self) -> Iterator[str]:
        """What there is on each evaluation question, by issue."""
        for issue in self.report.issues:
            yield f"<section><h2>{self.say('issue', id=issue.id, title=issue.title)}</h2>"
            for question in issue.questions:
                yield from self._question(question)
            yield "</section>"
        yield from self._drawn()

    def appendix(self) -> Iterator[str]:
        """The sections of tables, guides, codebook, and in an internal report the answers and the trail."""
        report = self.report
        for name, tables in report.sections:
            yield f'<section id="{name}"><h2>{self.say(name)}</h2>'
            curves = curves_of(tables)
            if curves is not None:
                title = f"<figcaption>{escaped(curves.title)}</figcaption>"
                yield f"<figure>{title}{curves_svg(curves, f'chart-{name}')}</figure>"
            yield from self.tables(tables)
            yield "</section>"
        yield from self._guides()
        yield from self._codebook()
        if not report.outgoing:
            yield from self._answers()
            yield from self._trail()

    def dialog(self) -> str:
        """What opens when somebody asks what a number rests on."""
        return (
            f'<dialog id="behind" aria-labelledby="behind-title" data-nobody="{self.say("none behind")}">'
            f'<h2 id="behind-title">{self.say("behind")}</h2><p class="soft" id="behind-cell"></p>'
            f'<p>{self.say("persons")}{colon(self._language)} <span id="behind-persons"></span></p>'
            f'<ul id="behind-words"></ul><button type="button" id="behind-close">{self.say("close")}</button>'
            "</dialog>"
        )

    def tables(self, tables: Iterable[Table]) -> Iterator[str]:
        """Tables of findings, one after the other."""
        for table in tables:
            yield from self._table(table)

    def _table(self, table: Table) -> Iterator[str]:
        number, self._tables = self._tables, self._tables + 1
        name = escaped(
            f"{say(self._language, 'continued')} {number + 1}{colon(self._language)} {table.title}"
        )
        yield f'<div class="wide" role="region" tabindex="0" aria-label="{name}"><table><caption>'
        yield f"{escaped(table.title)}<span>{escaped(table.denominator)}</span></caption><thead><tr><td></td>"
        yield "".join(f'<th scope="col">{escaped(column.label)}</th>' for column in table.columns)
        yield "</tr></thead><tbody>"
        place = 0
        for row in table.rows:
            cells = []
            for column in table.columns:
                cell = table.cells[row.id, column.id]
                cells.append(self._cell(cell.text, f"{number}.{place}", bool(cell.persons or cell.responses)))
                place += 1
            level = f' class="l{min(row.level, 3)}"' if row.level else ""
            yield f'<tr><th scope="row"{level}>{escaped(row.label)}</th>{"".join(cells)}</tr>'
        yield "</tbody></table></div>"
        yield "".join(f'<p class="note">{escaped(note)}</p>' for note in table.notes)

    def _cell(self, text: str, at: str, traced: bool) -> str:
        if not traced or self.report.outgoing:
            return f'<td data-at="{at}">{escaped(text)}</td>'
        return f'<td data-at="{at}"><button type="button" data-at="{at}">{escaped(text)}</button></td>'

    def _question(self, question: QuestionPart) -> Iterator[str]:
        language = self._language
        level = 4 if question.level else 3
        title = escaped(f"{question.id} {question.text}")
        yield f'<h{level} id="q-{escaped(question.id)}">{title}</h{level}>'
        if question.proposition:
            yield f"<p>{self.say('proposition')}{colon(language)} {escaped(question.proposition)}</p>"
        for indicator in question.indicators:
            yield f'<p class="note">{self.say("indicators")}{colon(language)} {escaped(indicator)}</p>'
        for stated in question.stated:
            yield f'<p class="stated">{escaped(stated.statement)}</p>'
            yield "".join(f'<p class="note">{escaped(note)}</p>' for note in (stated.about, *stated.notes))
            for quote in stated.quotes:
                spoken = f' lang="{escaped(quote.language)}"' if quote.language else ""
                below = escaped(said_below(quote, language))
                yield f'<blockquote><p class="words"{spoken}>{escaped(quote.words)}</p>'
                yield f'<p class="soft">{below}</p></blockquote>'
        if question.has_parts:
            return
        if not question.stated:
            yield f'<p class="note">{self.say("no finding")}</p>'
        if question.sentences:
            items = "".join(f"<li>{escaped(sentence)}</li>" for sentence in question.sentences)
            yield f"<p>{self.say('in words')}</p><ul>{items}</ul>"
        chart = chart_of(question.positions) if question.positions is not None else None
        if chart is not None:
            yield f"<figure>{chart_svg(chart, f'chart-{question.id}')}</figure>"
        yield from self.tables(question.all_tables)
        yield f'<details class="said"><summary>{self.say("said")} ({len(question.quotes)})</summary>'
        if question.quotes:
            yield '<ul class="quotes">' + "\n".join(map(self._quote, question.quotes)) + "</ul></details>"
        else:
            yield f"<p>{self.say('no quotes')}</p></details>"

    def _drawn(self) -> Iterator[str]:
        if not self.report.drawn:
            return
        yield f'<section id="drawn"><h2>{self.say("drawn")}</h2>'
        for kind in ("conclusion", "recommendation"):
            made = [each for each in self.report.drawn if each.kind == kind]
            yield f"<h3>{self.say(f'{kind}s')}</h3>" if made else ""
            for each in made:
                links = "".join(
                    f'<li><a href="#q-{escaped(question)}">{escaped(f"{question} {statement}")}</a></li>'
                    for question, statement in each.findings
                )
                yield f'<p class="stated">{escaped(each.text)}</p>'
                yield f'<p class="note">{self.say("drawn from")}{colon(self._language)}</p><ul>{links}</ul>'
        yield "</section>"

    def _quote(self, quote: Quote) -> str:
        codes = escaped("\n".join(quote.codes))
        told = escaped(said_below(quote, self._language))
        asked = f'<p class="soft">{escaped(quote.item)}</p>' if quote.item else ""
        spoken = f' lang="{escaped(quote.language)}"' if quote.language else ""
        return (
            f'<li data-group="{escaped(quote.group or "")}" data-codes="{codes}"><p class="words"{spoken}>'
            f'{escaped(quote.words)}</p><p class="soft">{told}</p>'
            f"{asked}</li>"
        )

    def _guides(self) -> Iterator[str]:
        yield f'<section id="guides"><h2>{self.say("guides")}</h2>'
        for guide in self.report.guides:
            yield f"<h3>{escaped(guide.title)}</h3>"
            for title, items in guide.sections:
                asked = (
                    f"<li>{escaped(text)}{f' <span class=soft>[{escaped(on)}]</span>' if on else ''}</li>"
                    for text, on in items
                )
                yield f"<h4>{escaped(title)}</h4><ol>{''.join(asked)}</ol>"
        yield "</section>"

    def _codebook(self) -> Iterator[str]:
        yield f'<section id="codebook"><h2>{self.say("codebook")}</h2>'
        for code in self.report.codebook:
            level = f' class="l{min(code.level, 3)}"' if code.level else ""
            retired = f" ({self.say('retired')})" if code.retired else ""
            yield f"<div{level}><p><strong>{escaped(code.name)}</strong>{retired}"
            yield f"{escaped(code.definition)}</p>"
            for key, text in (("use when", code.use_when), ("not when", code.not_when)):
                if text:
                    yield f'<p class="note">{self.say(key)}{colon(self._language)} {escaped(text)}</p>'
            yield "</div>"
        yield "</section>"

    def _answers(self) -> Iterator[str]:
        yield f'<section id="answers"><h2>{self.say("answers")}</h2>'
        for number, answer in enumerate(self.report.answers):
            name = escaped(f"{answer.who}: {answer.item}" if answer.who else answer.item)
            yield f'<div class="answer" id="r-{number}" data-name="{name}"><p><strong>{name}</strong></p>'
            told = " · ".join(part for part in (answer.became, answer.value) if part)
            yield f'<p class="soft">{escaped(told)}</p><p class="words">{escaped(answer.words)}</p></div>'
        yield "</section>"

    def _trail(self) -> Iterator[str]:
        heads = ("author", "table", "action", "changes", "first", "last")
        title = self.say("trail")
        yield f'<section id="trail"><h2>{title}</h2><div class="wide" role="region" tabindex="0" '
        yield f'aria-label="{title}"><table><thead><tr>'
        yield "".join(f'<th scope="col">{self.say(head)}</th>' for head in heads) + "</tr></thead><tbody>"
        for each in self.report.trail:
            cells = (each.author, each.table, each.action, str(each.changes), each.first, each.last)
            yield "<tr>" + "".join(f'<td class="text">{escaped(cell)}</td>' for cell in cells) + "</tr>"
        yield "</tbody></table></div></section>"
