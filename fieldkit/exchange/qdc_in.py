"""Take in a .qdc file: a codebook from another program, or from another fieldkit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.incoming import read_file
from fieldkit.exchange.outcome import Imported
from fieldkit.exchange.refi_codes_in import take_codes
from fieldkit.exchange.refi_left_out import told_of
from fieldkit.exchange.refi_read import read_xml
from fieldkit.exchange.refi_xml import CODEBOOK
from fieldkit.say import t

if TYPE_CHECKING:
    from fieldkit.study.study import Study

_LIMIT = 16_000_000


def import_qdc(study: Study, path: Path) -> Imported:
    """Take in a codebook: its codes with their tree, in one change that can be undone.

    Args:
        study: the study.
        path: the file.

    Returns:
        What was added, and what was left out.

    Raises:
        AuthorNeeded: nobody has said who is at work.
        ExchangeError: it is no such file, or not one that can be borne; nothing was written.
        StudyError: the framework or codebook of the study is wrong.
    """
    content = read_file(path, _LIMIT, t("a codebook"))
    read = read_xml(lambda: [content], path.name, CODEBOOK)
    codes = take_codes(study, read.root.all("Codes", "Code"), path.name)
    if codes.writes:
        study.save(codes.writes)
    return Imported(
        kind="codebook",
        added=len(codes.writes),
        known=codes.known,
        records={"codes": len(codes.writes)},
        notes=[*codes.notes, *told_of(read.left_out)],
    )
