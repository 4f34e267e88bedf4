"""The .xlsx export: a workbook with findings, words and the codebook. Internal; no contacts in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit import __version__
from fieldkit.exchange.cells import Cell
from fieldkit.exchange.labels import Labels
from fieldkit.exchange.passages import BANDS, RESPONSE_COLUMNS, Passages, attribution_of
from fieldkit.exchange.workbook import Sheet, Workbook, new_workbook

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.findings.table import Table
    from fieldkit.study.study import Study

_SHEETS: dict[str, tuple[str, str]] = {
    "about": ("About", "À propos"),
    "coverage": ("Findings matrix", "Matrice des constats"),
    "positions": ("Positions", "Positions"),
    "chart": ("Chart", "Tableau"),
    "codes": ("Codes", "Codes"),
    "passages": ("Coded passages", "Passages codés"),
    "responses": ("Responses", "Réponses"),
    "respondents": ("Respondents", "Répondants"),
    "codebook": ("Codebook", "Livre de codes"),
}
_ABOUT: dict[str, tuple[str, str]] = {
    "coverage": (
        "per evaluation question and respondent group: asked, answered, coded",
        "par question d'évaluation et groupe de répondants : interrogées, ont répondu, codées",
    ),
    "positions": ("positions held, in persons, from the chart", "positions, en personnes, tirées du tableau"),
    "chart": ("one person by one evaluation question", "une personne par question d'évaluation"),
    "codes": ("codes by respondent group, in persons", "codes par groupe de répondants, en personnes"),
    "passages": ("one row for each coded passage", "une ligne par passage codé"),
    "responses": ("one row for each response", "une ligne par réponse"),
    "respondents": (
        "respondents by code, in bands; no names",
        "répondants par code, en tranches ; aucun nom",
    ),
    "codebook": ("the codes, and when to use them", "les codes, et quand les employer"),
}
_WIDE = ("item_text", "evaluation_question_texts", "code_path", "quote", "text", "value_label")


def write_xlsx(study: Study, target: Path, *, language: str = "en", force: bool = False) -> int:
    """Write the workbook.

    Args:
        study: the study.
        target: the file.
        language: language of the labels.
        force: replace a file that is there already.

    Returns:
        How many coded passages and responses without a code are in it.

    Raises:
        StudyError: the framework or codebook is wrong, or the file cannot be written.
    """
    from fieldkit.study.evidence import evidence

    labels = Labels(study, language)
    passages = Passages(study, labels)
    shown = evidence(study)
    with new_workbook(target, marking=labels.marking, title=study.title(language), force=force) as book:
        _about(_sheet(book, "about", language), study, passages, language)
        for what in ("coverage", "positions", "codes"):
            _tables(_sheet(book, what, language), shown, what, language)
        _chart(_sheet(book, "chart", language), study, shown)
        count = _sheet(book, "passages", language).table(
            passages.columns[1:], _unmarked(passages), wide=_WIDE
        )
        _responses(_sheet(book, "responses", language), passages)
        _respondents(_sheet(book, "respondents", language), passages)
        _codebook(_sheet(book, "codebook", language), study, language)
    return count


def _sheet(book: Workbook, name: str, language: str) -> Sheet:
    return book.sheet(_words(_SHEETS[name], language))


def _words(both: tuple[str, str], language: str) -> str:
    return both[language == "fr"]


def _about(sheet: Sheet, study: Study, passages: Passages, language: str) -> None:
    sheet.widths(28, 70)
    sheet.line(study.title(language), "title")
    sheet.row(
        [_words(("exported", "exporté le"), language), datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")]
    )
    sheet.row(["fieldkit", __version__])
    left_out = passages.standing.left_out()
    if left_out:
        told = (
            "responses left out: withdrawn interviews, or consent refused, withdrawn or not recorded",
            "réponses omises : entrevues retirées, ou consentement refusé, retiré ou non noté",
        )
        sheet.row([str(left_out), _words(told, language)])
    sheet.line()
    for name, both in _ABOUT.items():
        sheet.row([_words(_SHEETS[name], language), _words(both, language)])


def _tables(sheet: Sheet, shown: Evidence, what: str, language: str) -> None:
    from fieldkit.findings.tabulate import tabulate

    sheet.widths(48, 14)
    for table in tabulate(shown, what, language=language):
        _table(sheet, table)


def _table(sheet: Sheet, table: Table) -> None:
    sheet.line()
    sheet.line(table.title, "title")
    sheet.line(table.denominator)
    sheet.row(["", *(column.label for column in table.columns)], "heading")
    for row in table.rows:
        cells: list[Cell] = ["  " * row.level + row.label]
        for column in table.columns:
            cell = table.cells[row.id, column.id]
            cells.append(
                cell.value if isinstance(cell.value, int) and cell.text == str(cell.value) else cell.text
            )
        sheet.row(cells)
    for note in table.notes:
        sheet.line(note)


def _chart(sheet: Sheet, study: Study, shown: Evidence) -> None:
    heading = ("respondent", "group", "evaluation_question", "position", "basis", "summary", "coder", "layer")

    def rows() -> Iterator[list[Cell]]:
        for counted in shown.cells:
            cell = counted.body()
            person = study.row("respondents", counted.respondent) or {}
            yield [
                person.get("code", counted.respondent),
                person.get("group"),
                *(cell.get(name) for name in heading[2:]),
            ]

    sheet.table(heading, rows(), wide=("summary",))


def _unmarked(passages: Passages) -> Iterator[tuple[Cell, ...]]:
    """The rows without the marking, which stands at the top of the sheet."""
    return (row[1:] for row in passages.rows())


def _responses(sheet: Sheet, passages: Passages) -> None:
    heading = [*RESPONSE_COLUMNS[1:], "respondent", "group", "evaluation_questions", "attribution", "text"]
    rows = (
        (
            *said.cells[1:],
            *passages.person(said.people)[:2],
            "; ".join(said.questions),
            attribution_of(said.spans),
            said.text,
        )
        for said in passages.responses()
    )
    sheet.table(heading, rows, wide=_WIDE)


def _respondents(sheet: Sheet, passages: Passages) -> None:
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


def _codebook(sheet: Sheet, study: Study, language: str) -> None:
    heading = ("id", "name", "parent", "definition", "use_when", "not_when", "examples", "aliases", "retired")
    sheet.table(
        heading,
        (
            [
                code.id,
                code.name.get(language),
                code.parent,
                code.definition.get(language),
                code.use_when.get(language) if code.use_when else None,
                code.not_when.get(language) if code.not_when else None,
                "\n".join(example.get(language) for example in code.examples) or None,
                "; ".join(code.aliases) or None,
                "yes" if code.retired else None,
            ]
            for code in study.codebook.codes
        ),
        wide=("definition", "use_when", "not_when", "examples"),
    )
