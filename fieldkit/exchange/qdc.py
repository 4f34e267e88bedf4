"""The .qdc export: the codebook alone, as NVivo, ATLAS.ti, MAXQDA and QualCoder read it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.refi_codes import code_elements
from fieldkit.exchange.refi_xml import CODEBOOK, HEAD, many, tag

if TYPE_CHECKING:
    from fieldkit.study.study import Study


def write_qdc(study: Study, target: Path, *, language: str = "en", force: bool = False) -> int:
    """Write the codebook in force.

    Args:
        study: the study.
        target: the file.
        language: language of names and definitions.
        force: replace a file that is there already.

    Returns:
        How many codes are in it.

    Raises:
        StudyError: the codebook is wrong, or the file cannot be written.
    """
    codebook = study.codebook
    codes = many("Codes", code_elements(codebook, language))
    content = HEAD + tag("CodeBook", {"xmlns": CODEBOOK, "origin": "fieldkit"}, ["\n", codes]) + "\n"
    with whole_file(target, force=force) as file:
        file.write(content.encode())
    return len(codebook.codes)
