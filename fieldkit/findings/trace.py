"""From a figure of a table back to the persons, the responses and the words that it rests on."""

from __future__ import annotations

from urllib.parse import unquote

from fieldkit.findings.code_documents import codes_above, document_codings
from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grounds import GROUNDS, Stated, ground_tables
from fieldkit.findings.grouping import attributes_in
from fieldkit.findings.heard import Heard
from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.findings.traced import Trace, TracedResponse, TracedWords
from fieldkit.protocol.value_display import display_value
from fieldkit.records.documents import Document
from fieldkit.say import t
from fieldkit.text import visible_line

_Places = dict[tuple[int, int], set[str]]
"""Start and end of each passage to the codes that it carries."""


def trace(evidence: Evidence, cell_id: str, language: str = "en", stated: Stated = ()) -> Trace:
    """Find a figure by its id, and what it rests on.

    Args:
        evidence: the study's evidence.
        cell_id: `what/evaluation question/row/column`, as JSON tables and reports print it.
        language: language of labels; words stay in the language they were noted in.
        stated: the findings, for figures of the table of triangulation.

    Returns:
        The figure as it is now, which may differ from what was printed once.

    Raises:
        FindingsError: it is no id of a figure, or no table has it now.
    """
    parts = [unquote(part) for part in cell_id.split("/")]
    if len(parts) != 4 or not all(parts):
        raise FindingsError(
            t(
                "{cell_id} names no figure: its id is WHAT/EVALUATION-QUESTION/ROW/COLUMN, such as "
                "positions/1.1/favourable/CIC, as `fieldkit tabulate --what positions --json` prints it"
            ).format(cell_id=repr(visible_line(cell_id)))
        )
    what, question, row, column = parts
    if what in GROUNDS:
        tables = ground_tables(evidence, what, stated, language=language)
    else:
        tables = _tables(evidence, what, question, (row, column), language)
    for table in tables:
        for place, cell in table.cells.items():
            if cell.trace == cell_id:
                return trace_cell(evidence, table, *place, language, stated)
    raise FindingsError(
        t(
            "no table has a figure {cell_id} now: `fieldkit tabulate --what {what} --json` "
            "prints those there are"
        ).format(cell_id=repr(visible_line(cell_id)), what=what)
    )


def trace_cell(
    evidence: Evidence, table: Table, row: str, column: str, language: str = "en", stated: Stated = ()
) -> Trace:
    """Find what a figure of a table rests on.

    Args:
        evidence: the evidence that the table was made from.
        table: the table.
        row: id of the figure's row.
        column: id of its column.
        language: language of labels; words stay in the language they were noted in.
        stated: the findings, for figures of the table of triangulation.

    Raises:
        KeyError: the table has no such place.
    """
    rows = {heading.id: heading.label for heading in table.rows}
    columns = {heading.id: heading.label for heading in table.columns}
    cell = table.cells[row, column]
    passages = _coded(evidence, table, row) if table.what == "codes" else None
    read = _read(evidence, table, row, stated) if passages is None else passages
    responses = [
        _response(evidence, heard, None if passages is None else passages.get(name, {}), language)
        for name in cell.responses
        if (heard := evidence.heard.get(name)) is not None
    ]
    responses.sort(key=lambda each: (each.persons, each.id))
    documents = [
        _document(document, read.get(document.id, {}))
        for document in evidence.documents
        if document.id in cell.responses
    ]
    return Trace(table, cell, rows[row], columns[column], (*responses, *documents))


def words_of(evidence: Evidence, response_id: str) -> tuple[TracedWords, ...]:
    """All words of a response that count; none where there is no such response, or it counts nowhere.

    Args:
        evidence: the study's evidence.
        response_id: id of the response.
    """
    heard = evidence.heard.get(response_id)
    return _words(evidence, heard) if heard is not None else ()


def _tables(
    evidence: Evidence, what: str, question: str, ends: tuple[str, str], language: str
) -> list[Table]:
    """The tables that may have a figure: told apart by what the id of its row or column says."""
    if what not in WHATS:
        told = t(
            "no table {what}: there are {whats}, whose ids `fieldkit tabulate --what KIND --json` prints, "
            "and agreement, whose ids `fieldkit agreement --json` prints"
        )
        kinds = ", ".join((*WHATS, *GROUNDS))
        raise FindingsError(told.format(what=repr(visible_line(what)), whats=kinds))
    by = next(filter(None, map(attributes_in, ends)), "group")
    asked = question if evidence.framework.has_question(question) else None
    return tabulate(evidence, what, by=by, question=asked, language=language)


def _coded(evidence: Evidence, table: Table, row: str) -> dict[str, _Places]:
    """Id of a response or document to the passages that a row of codes counts in it."""
    leaves = evidence.leaves([table.question]) if table.question else None
    found: dict[str, _Places] = {}
    said = [each.coding for each in evidence.passages if leaves is None or each.leaves & leaves]
    for coding in (*said, *document_codings(evidence, leaves)):
        if row in codes_above(evidence.codebook, coding.code):
            places = found.setdefault(coding.response or coding.document or "", {})
            places.setdefault((coding.start, coding.end), set()).add(coding.code)
    return found


def _read(evidence: Evidence, table: Table, row: str, stated: Stated) -> dict[str, _Places]:
    """Id of a document to the passages for which a row of triangulation or of evidence counts it.

    One that is tied to the evaluation question itself may have none.
    """
    named = {
        name for heading, each in stated if heading.id == row for name in each.supports + each.contradicts
    }
    framework = evidence.framework
    leaves = {
        leaf.id for leaf in framework.leaves if row in (leaf.id, *(each.id for each in leaf.indicators))
    }
    found: dict[str, _Places] = {}
    for coding in document_codings(evidence, None):
        tied = (
            coding.id in named
            if table.what == "triangulation"
            else leaves & evidence.leaves(coding.evaluation_questions)
        )
        if tied:
            places = found.setdefault(coding.document or "", {})
            places.setdefault((coding.start, coding.end), set()).add(coding.code)
    return found


def _response(evidence: Evidence, heard: Heard, passages: _Places | None, language: str) -> TracedResponse:
    response, item = heard.response, heard.item
    value = None
    if response.value is not None:
        value = display_value(item, response.value, language) if item is not None else str(response.value)
    return TracedResponse(
        id=response.id,
        persons=evidence.codes_of(heard.persons),
        item=item.text.get(language) if item is not None else response.item,
        disposition=response.disposition,
        value=value,
        words=_words(evidence, heard) if passages is None else _passages(response.text, passages),
    )


def _document(document: Document, passages: _Places) -> TracedResponse:
    return TracedResponse(document.id, (), document.name, None, None, _passages(document.text, passages))


def _words(evidence: Evidence, heard: Heard) -> tuple[TracedWords, ...]:
    silent = {person for interview, person in evidence.silent if interview == heard.interview.id}
    found = []
    start = 0
    for paragraph in heard.response.paragraphs:
        end = start + len(paragraph.text)
        if paragraph.respondent not in silent:
            person = _code(evidence, paragraph.respondent)
            words = TracedWords(
                paragraph.text,
                paragraph.kind,
                person,
                attribution=paragraph.attribution,
                start=start,
                end=end,
            )
            found.append(words)
        start = end + 1
    return tuple(found)


def _passages(text: str, passages: _Places) -> tuple[TracedWords, ...]:
    return tuple(
        TracedWords(text[start:end], codes=tuple(sorted(codes)), start=start, end=end)
        for (start, end), codes in sorted(passages.items())
    )


def _code(evidence: Evidence, person: str | None) -> str | None:
    known = evidence.people.get(person or "")
    return known.code if known is not None else None
