"""From a figure of a table back to the persons, the responses and the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from fieldkit.findings.code_documents import codes_above, document_codings
from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import attributes_in
from fieldkit.findings.heard import Heard
from fieldkit.findings.table import Cell, Table
from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.protocol.value_display import display_value
from fieldkit.records.documents import Document
from fieldkit.say import t
from fieldkit.text import visible_line

_Places = dict[tuple[int, int], set[str]]
"""Start and end of each passage to the codes that it carries."""


@dataclass(frozen=True)
class TracedWords:
    """Words that a figure rests on.

    Attributes:
        text: the words, as they were noted.
        kind: verbatim, paraphrase or note; of a coded passage that reaches over several, none.
        person: code of the person who said them, where one is named.
        codes: ids of the codes given to just these words.
        attribution: `none` where they are not for attribution.
        start: their first code point in the text.
        end: the code point after their last.
    """

    text: str
    kind: str | None = None
    person: str | None = None
    codes: tuple[str, ...] = ()
    attribution: str | None = None
    start: int = 0
    end: int = 0

    def to_json(self) -> dict[str, Any]:
        """The words as JSON data."""
        return {"text": self.text, "kind": self.kind, "person": self.person, "codes": list(self.codes)}


@dataclass(frozen=True)
class TracedResponse:
    """A response that a figure rests on.

    Attributes:
        id: its id.
        persons: codes of the persons it counts for.
        item: text of the item; its id where the guide has none of that id.
        disposition: what became of the item.
        value: its value as it is shown, or None.
        words: the words; in a table of codes, the passages counted.
    """

    id: str
    persons: tuple[str, ...]
    item: str
    disposition: str | None
    value: str | None
    words: tuple[TracedWords, ...]

    def to_json(self) -> dict[str, Any]:
        """The response as JSON data."""
        return {
            "id": self.id,
            "persons": list(self.persons),
            "item": self.item,
            "disposition": self.disposition,
            "value": self.value,
            "words": [each.to_json() for each in self.words],
        }


@dataclass(frozen=True)
class Trace:
    """What one figure rests on.

    Attributes:
        table: the table it stands in.
        cell: the figure.
        row: label of its row.
        column: label of its column.
        responses: the responses, by persons, then id.
    """

    table: Table
    cell: Cell
    row: str
    column: str
    responses: tuple[TracedResponse, ...]

    def of_person(self, code: str | None) -> list[TracedResponse]:
        """The responses that count for a person; for None, those that count for nobody in particular."""
        return [each for each in self.responses if (code in each.persons if code else not each.persons)]

    def to_json(self) -> dict[str, Any]:
        """The trace as JSON data."""
        return {
            "trace": self.cell.trace,
            "title": self.table.title,
            "denominator": self.table.denominator,
            "row": self.row,
            "column": self.column,
            **{name: value for name, value in self.cell.to_json().items() if name != "trace"},
            "responses": [each.to_json() for each in self.responses],
        }


def trace(evidence: Evidence, cell_id: str, language: str = "en") -> Trace:
    """Find a figure by its id, and what it rests on.

    Args:
        evidence: the study's evidence.
        cell_id: `what/evaluation question/row/column`, as JSON tables and reports print it.
        language: language of labels; words stay in the language they were noted in.

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
                "positions/1.1/favourable/CIC, as `fieldkit tabulate --json` prints it"
            ).format(cell_id=repr(visible_line(cell_id)))
        )
    what, question, row, column = parts
    for table in _tables(evidence, what, question, (row, column), language):
        for place, cell in table.cells.items():
            if cell.trace == cell_id:
                return trace_cell(evidence, table, *place, language)
    raise FindingsError(
        t(
            "no table has a figure {cell_id} now: `fieldkit tabulate --what {what} --json` "
            "prints those there are"
        ).format(cell_id=repr(visible_line(cell_id)), what=what)
    )


def trace_cell(evidence: Evidence, table: Table, row: str, column: str, language: str = "en") -> Trace:
    """Find what a figure of a table rests on.

    Args:
        evidence: the evidence that the table was made from.
        table: the table.
        row: id of the figure's row.
        column: id of its column.
        language: language of labels; words stay in the language they were noted in.

    Raises:
        KeyError: the table has no such place.
    """
    place = row, column
    rows = {heading.id: heading.label for heading in table.rows}
    columns = {heading.id: heading.label for heading in table.columns}
    cell = table.cells[place]
    passages = _coded(evidence, table, place[0]) if table.what == "codes" else None
    responses = [
        _response(evidence, heard, None if passages is None else passages.get(name, {}), language)
        for name in cell.responses
        if (heard := evidence.heard.get(name)) is not None
    ]
    responses.sort(key=lambda each: (each.persons, each.id))
    documents = [
        _document(document, passages[document.id])
        for document in evidence.documents
        if passages is not None and document.id in cell.responses and document.id in passages
    ]
    return Trace(table, cell, rows[place[0]], columns[place[1]], (*responses, *documents))


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
        told = t("no table {what}: there are {whats}")
        raise FindingsError(told.format(what=repr(visible_line(what)), whats=", ".join(WHATS)))
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
