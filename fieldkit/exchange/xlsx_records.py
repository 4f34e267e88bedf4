"""The sheets of the workbook with a row for each record: passages, responses, chart cells, respondents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from fieldkit.exchange.passage_columns import BANDS, RESPONSE_COLUMNS
from fieldkit.exchange.passages import attribution_of
from fieldkit.exchange.progress import counted
from fieldkit.exchange.report_tokens import column_names, in_words
from fieldkit.exchange.report_words import say

if TYPE_CHECKING:
    from fieldkit.exchange.cells import Cell
    from fieldkit.exchange.passages import Passages
    from fieldkit.exchange.progress import Progress
    from fieldkit.exchange.workbook import Sheet, Workbook
    from fieldkit.study.study import Study

_WIDE = ("item_text", "evaluation_question_texts", "code_path", "quote", "text", "value_label", "summary")


def write_records(book: Workbook, passages: Passages, language: str, progress: Progress | None) -> int:
    """Write the sheets of an internal workbook that have a row for each record.

    Args:
        book: the workbook.
        passages: what was said.
        language: language of the sheets' names.
        progress: what is told how many rows are written.

    Returns:
        How many rows the sheet of passages has.
    """
    study = passages.study
    sheet = book.sheet(say(language, "quotes"))
    # The marking stands at the top of the sheet.
    columns = passages.columns[1:]
    shown = in_words(columns, language)
    rows = (shown(row[1:]) for row in counted(passages.rows(), progress))
    count = _table(sheet, columns, rows, language)
    _responses(book.sheet(say(language, "responses")), passages, language, progress)
    _chart(book.sheet(say(language, "chart")), study, language)
    _roster(book.sheet(say(language, "roster")), passages, language)
    return count


def _table(sheet: Sheet, columns: list[str], rows: Iterable[Sequence[Cell]], language: str) -> int:
    """Write a table under the names of its columns; those of sentences are wide."""
    names = column_names(columns, language)
    wide = [name for column, name in zip(columns, names, strict=True) if column in _WIDE]
    return sheet.table(names, rows, wide=wide)


def _responses(sheet: Sheet, passages: Passages, language: str, progress: Progress | None) -> None:
    columns = [*RESPONSE_COLUMNS[1:], "respondent", "group", "evaluation_questions", "attribution", "text"]
    shown = in_words(columns, language)
    rows = (
        shown(
            (
                *said.cells[1 : len(RESPONSE_COLUMNS)],
                *passages.person(said.people)[:2],
                "; ".join(said.questions),
                attribution_of(said.spans),
                said.text,
            )
        )
        for said in counted(passages.responses(), progress)
    )
    _table(sheet, columns, rows, language)


def _chart(sheet: Sheet, study: Study, language: str) -> None:
    from fieldkit.study.evidence import evidence

    columns = ["respondent", "group", "evaluation_question", "position", "position_label"]
    columns += ["basis", "basis_label", "summary", "coder", "layer"]
    named = {
        "position": {each.id: each.name.get(language) for each in study.framework.positions},
        "basis": {each.id: each.name.get(language) for each in study.framework.bases},
    }
    shown = in_words(columns, language)

    def rows() -> Iterator[Sequence[Cell]]:
        for counts in evidence(study).cells:
            cell = counts.body()
            person = study.row("respondents", counts.respondent) or {}
            for name, labels in named.items():
                cell[f"{name}_label"] = labels.get(cell.get(name) or "", cell.get(name))
            who = [person.get("code", counts.respondent), person.get("group")]
            yield shown([*who, *(cell.get(name) for name in columns[2:])])

    _table(sheet, columns, rows(), language)


def _roster(sheet: Sheet, passages: Passages, language: str) -> None:
    labels = passages.labels
    columns = ["code", *(name for band in BANDS for name in (band, f"{band}_label")), "language", "status"]
    columns += [f"attributes.{name}" for name in passages.attributes]

    shown = in_words(columns, language)

    def rows() -> Iterator[Sequence[Cell]]:
        for body in passages.study.rows("respondents").values():
            cells: list[Cell] = [body["code"]]
            for band in BANDS:
                value = body.get(band)
                cells += [value, labels.bands[band].get(value or "", value)]
            cells += [body.get("language"), body.get("status")]
            yield shown([*cells, *(body.get("attributes", {}).get(name) for name in passages.attributes)])

    _table(sheet, columns, rows(), language)
