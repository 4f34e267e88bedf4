"""The .csv export: tidy, one row for each coded passage with all attributes, labels beside ids.

UTF-8 with a byte order mark, without which Excel misreads accents; the mark stands before
`marking`, so that a program which ignores it still finds every other column.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.cells import Cell, csv_field
from fieldkit.exchange.labels import Labels
from fieldkit.exchange.passage_columns import OWN_CELLS
from fieldkit.exchange.passages import Parts, Passages
from fieldkit.exchange.progress import counted
from fieldkit.storage.loading import no_collection

if TYPE_CHECKING:
    from fieldkit.exchange.progress import Progress
    from fieldkit.study.study import Study

LINE_END = "\r\n"
"""As RFC 4180 has it."""

_BATCH = 500


def write_csv(
    study: Study,
    target: Path,
    *,
    language: str = "en",
    force: bool = False,
    code_columns: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the coded passages of a study; contacts are not in it.

    Args:
        study: the study.
        target: the file.
        language: language of the labels.
        force: replace a file that is there already.
        code_columns: add a column for each code of the codebook, `1` where the passage carries it or a code
            below it, by whichever coder, else `0`.
        progress: what is told how many rows are written.

    Returns:
        How many rows there are below the heading.

    Raises:
        StudyError: the framework or codebook is wrong, or the file cannot be written.
    """
    count = 0
    with no_collection(), whole_file(target, force=force) as file:
        passages = Passages(study, Labels(study, language), guard=csv_field)
        codes = passages.code_columns if code_columns else []
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
        text.write(",".join(map(csv_field, [*passages.columns, *codes])) + LINE_END)
        lines: list[str] = []
        made = _lines_with_codes(passages) if code_columns else _lines(passages.parts())
        for line in counted(made, progress):
            lines.append(line)
            count += 1
            if len(lines) == _BATCH:
                text.write(LINE_END.join(lines) + LINE_END)
                lines.clear()
        text.write("".join(line + LINE_END for line in lines))
        text.flush()
        text.detach()
    return count


def _lines(rows: Iterable[Parts]) -> Iterator[str]:
    """The rows as lines. What rows share becomes text once: most of a row is what others have too."""
    # All shared parts but those of a response are kept by whoever gives the rows, so no id comes twice.
    known: dict[int, str] = {}

    def line(part: tuple[Cell, ...]) -> str:
        found = known[id(part)] = ",".join(map(str, part))
        return found

    get = known.get
    own_line = ",".join(["%s"] * OWN_CELLS)
    last, response = None, ""
    for said, person, questions, code, own, kind in rows:
        if said is not last:
            last, response = said, ",".join(map(str, said))
        yield (
            f"{response},{get(id(person)) or line(person)},{get(id(questions)) or line(questions)},"
            f"{get(id(code)) or line(code)},{own_line % own},{get(id(kind)) or line(kind)}"
        )


def _lines_with_codes(passages: Passages) -> Iterator[str]:
    """The rows as lines, each with its column for every code."""
    rows, codes = tee(passages.parts_with_codes())
    lines = _lines(parts for parts, _ in rows)
    return (f"{line},{','.join(map(str, given))}" for line, (_, given) in zip(lines, codes, strict=True))
