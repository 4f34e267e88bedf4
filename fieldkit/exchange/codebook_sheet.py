"""The codebook as a spreadsheet: a row for each code, a column for each text in each language."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.cells import csv_cell
from fieldkit.exchange.errors import FileRefused
from fieldkit.exchange.labels import Labels
from fieldkit.exchange.table_file import read_table
from fieldkit.exchange.workbook import new_workbook
from fieldkit.say import t
from fieldkit.study.code_changes import TEXTS, checked_code
from fieldkit.study.errors import StudyError
from fieldkit.text import normalise, shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.study.study import Study

_PLAIN: Final = ("colour", "pattern")
_YES: Final = ("yes", "oui", "true", "1", "x")
_SIGNS: Final = frozenset("=+-@|'＝＋－＠｜")


def write_codebook_sheet(study: Study, target: Path, *, force: bool = False) -> int:
    """Write the codebook in force as a .csv or .xlsx file.

    Args:
        study: the study.
        target: the file.
        force: replace a file that is there already.

    Returns:
        How many codes are in it.

    Raises:
        StudyError: the codebook is wrong, or the file cannot be written.
    """
    codes = study.codebook.codes
    heading, rows = _table(study, codes)
    if target.suffix.lower() == ".xlsx":
        labels = Labels(study, study.framework.languages[0])
        with new_workbook(target, marking=labels.marking, title="codebook", force=force) as book:
            book.sheet("codebook").table(heading, rows, wide=[name for name in heading if ":" in name])
        return len(codes)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows([[_guarded(cell) for cell in row] for row in rows])
    with whole_file(target, force=force) as file:
        file.write(b"\xef\xbb\xbf" + text.getvalue().encode())
    return len(codes)


def read_codebook_sheet(study: Study, path: Path) -> list[Code]:
    """Read codes from a .csv or .xlsx file, by the names of its columns.

    Args:
        study: the study.
        path: the file; columns that no codebook has are refused, empty rows passed over.

    Returns:
        The codes, in the order of the rows.

    Raises:
        ExchangeError: it cannot be read, or a row is no code; every fault is listed.
    """
    table = read_table(path)
    lines = [(1, table.heading), *table.rows]
    # A marking may stand above the names of the columns.
    top = next((at for at, (_, cells) in enumerate(lines[:5]) if "id" in cells), None)
    if top is None:
        raise FileRefused(path.name, [t('no row names the columns: one of them must be "id"')])
    heading = lines[top][1]
    problems = [
        t("column {name}: no codebook has it").format(name=visible_line(shortened(name, 40)))
        for name in heading
        if name and not _known(name)
    ]
    codes: list[Code] = []
    for number, cells in lines[top + 1 :]:
        texts = cells if path.suffix.lower() == ".xlsx" else [_bare(cell) for cell in cells]
        body = _body(dict(zip(heading, texts, strict=False)))
        code_id = str(body.pop("id", ""))
        try:
            if code_id in {code.id for code in codes}:
                raise StudyError(t("code {code_id} is in it twice").format(code_id=visible_line(code_id)))
            codes.append(checked_code(study, code_id, body))
        except StudyError as error:
            problems.append(t("line {number}: {error}").format(number=number, error=error))
    if problems or not codes:
        raise FileRefused(path.name, problems or [t("there is no code in it")])
    return codes


def _table(study: Study, codes: Sequence[Code]) -> tuple[list[str], list[list[str]]]:
    languages = study.framework.languages
    examples = max((len(code.examples) for code in codes), default=0)
    aliases = max((len(code.aliases) for code in codes), default=0)
    heading = ["id", "parent", *(f"{field}:{language}" for field in TEXTS for language in languages)]
    heading += [f"example {at}:{language}" for at in range(1, examples + 1) for language in languages]
    heading += [f"alias {at}" for at in range(1, aliases + 1)] + [*_PLAIN, "retired"]
    rows = []
    for code in codes:
        cells = {"id": code.id, "parent": code.parent, "retired": "yes" if code.retired else ""}
        cells |= {field: getattr(code, field) for field in _PLAIN}
        for field in TEXTS:
            text = getattr(code, field)
            cells |= {f"{field}:{key}": words for key, words in (text.translations if text else {}).items()}
        for at, example in enumerate(code.examples, start=1):
            cells |= {f"example {at}:{key}": words for key, words in example.translations.items()}
        cells |= {f"alias {at}": alias for at, alias in enumerate(code.aliases, start=1)}
        rows.append([cells.get(name) or "" for name in heading])
    return heading, rows


def _known(name: str) -> bool:
    field, _, language = name.partition(":")
    kind, _, number = field.partition(" ")
    if name in ("id", "parent", "retired", *_PLAIN) or (kind == "alias" and number.isdecimal()):
        return True
    return bool(language) and (field in TEXTS or (kind == "example" and number.isdecimal()))


def _body(cells: dict[str, str]) -> dict[str, Any]:
    """What a row says of a code."""
    body: dict[str, Any] = {}
    examples: dict[int, dict[str, str]] = {}
    aliases: dict[int, str] = {}
    for name, given in cells.items():
        words = normalise(given).text.strip()
        field, _, language = name.partition(":")
        kind, _, number = field.partition(" ")
        if not words or not _known(name):
            continue
        if kind == "example":
            examples.setdefault(int(number), {})[language] = words
        elif kind == "alias":
            aliases[int(number)] = words
        elif name == "retired":
            body[name] = words.casefold() in _YES
        elif field in TEXTS:
            body.setdefault(field, {})[language] = words
        else:
            body[name] = words
    body["examples"] = [examples[at] for at in sorted(examples)]
    body["aliases"] = [aliases[at] for at in sorted(aliases)]
    return body


def _guarded(cell: str) -> str:
    """A text that no spreadsheet runs, and that is read back as it was: an apostrophe doubles."""
    return f"'{cell}" if cell.startswith("'") else str(csv_cell(cell))


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _SIGNS else cell
