"""The sheets of the workbook with a row for each record: passages, responses, chart cells, respondents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fieldkit.exchange.passage_columns import BANDS, RESPONSE_COLUMNS
from fieldkit.exchange.passages import attribution_of
from fieldkit.exchange.progress import counted
from fieldkit.exchange.report_words import say

if TYPE_CHECKING:
    from fieldkit.exchange.cells import Cell
    from fieldkit.exchange.passages import Passages
    from fieldkit.exchange.progress import Progress
    from fieldkit.exchange.workbook import Sheet, Workbook
    from fieldkit.study.study import Study

_WIDE = ("item_text", "evaluation_question_texts", "code_path", "quote", "text", "value_label")


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
    rows = (row[1:] for row in counted(passages.rows(), progress))
    count = sheet.table(passages.columns[1:], rows, wide=_WIDE)
    _responses(book.sheet(say(language, "responses")), passages, progress)
    _chart(book.sheet(say(language, "chart")), study)
    _roster(book.sheet(say(language, "roster")), passages)
    return count


def _responses(sheet: Sheet, passages: Passages, progress: Progress | None) -> None:
    heading = [*RESPONSE_COLUMNS[1:], "respondent", "group", "evaluation_questions", "attribution", "text"]
    rows = (
        (
            *said.cells[1 : len(RESPONSE_COLUMNS)],
            *passages.person(said.people)[:2],
            "; ".join(said.questions),
            attribution_of(said.spans),
            said.text,
        )
        for said in counted(passages.responses(), progress)
    )
    sheet.table(heading, rows, wide=_WIDE)


def _chart(sheet: Sheet, study: Study) -> None:
    from fieldkit.study.evidence import evidence

    heading = ("respondent", "group", "evaluation_question", "position", "basis", "summary", "coder", "layer")

    def rows() -> Iterator[list[Cell]]:
        for counts in evidence(study).cells:
            cell = counts.body()
            person = study.row("respondents", counts.respondent) or {}
            yield [
                person.get("code", counts.respondent),
                person.get("group"),
                *(cell.get(name) for name in heading[2:]),
            ]

    sheet.table(heading, rows(), wide=("summary",))


def _roster(sheet: Sheet, passages: Passages) -> None:
    labels = passages.labels
    heading = ["code", *(name for band in BANDS for name in (band, f"{band}_label")), "language", "status"]
    heading += [f"attributes.{name}" for name in passages.attributes]

    def rows() -> Iterator[list[Cell]]:
        for body in passages.study.rows("respondents").values():
            cells: list[Cell] = [body["code"]]
            for band in BANDS:
                value = body.get(band)
                cells += [value, labels.bands[band].get(value or "", value)]
            cells += [body.get("language"), body.get("status")]
            yield [*cells, *(body.get("attributes", {}).get(name) for name in passages.attributes)]

    sheet.table(heading, rows())
