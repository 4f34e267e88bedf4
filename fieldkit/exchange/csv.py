"""The .csv export: tidy, one row for each coded passage with all attributes, labels beside ids.

UTF-8 with a byte order mark, without which Excel misreads accents; the mark stands before
`marking`, so that a program which ignores it still finds every other column.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.cells import csv_cell
from fieldkit.exchange.labels import Labels
from fieldkit.exchange.passages import Passages

if TYPE_CHECKING:
    from fieldkit.study.study import Study


def write_csv(study: Study, target: Path, *, language: str = "en", force: bool = False) -> int:
    """Write the coded passages of a study; contacts are not in it.

    Args:
        study: the study.
        target: the file.
        language: language of the labels.
        force: replace a file that is there already.

    Returns:
        How many rows there are below the heading.

    Raises:
        StudyError: the framework or codebook is wrong, or the file cannot be written.
    """
    passages = Passages(study, Labels(study, language), guard=csv_cell)
    count = 0
    with whole_file(target, force=force) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
        writer = csv.writer(text)
        writer.writerow([csv_cell(column) for column in passages.columns])
        for row in passages.rows():
            writer.writerow(row)
            count += 1
        text.flush()
        text.detach()
    return count
