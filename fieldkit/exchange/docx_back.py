"""Reading a Word report back that was exported: its numbers, and what its tables show now."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from fieldkit.exchange.docx import TABLE
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.incoming import read_file
from fieldkit.exchange.report_ledger import Kept, kept, read_ledger
from fieldkit.exchange.word import KEPT
from fieldkit.say import t

SIZE_LIMIT = 400_000_000
"""Bytes beyond which a file is not even read."""

UNPACKED_LIMIT = 1_000_000_000
"""Bytes that a document may unpack to."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERED = re.compile(TABLE.replace("{number}", r"(\d{1,6})"))


def read_document(path: Path) -> Kept:
    """Read a Word report back.

    Args:
        path: the file.

    Raises:
        ExchangeError: it cannot be read, or is no report.
    """
    from docx.oxml import parse_xml

    content = read_file(path, SIZE_LIMIT, t("a report"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > UNPACKED_LIMIT:
                raise ExchangeError(
                    t("{path}: unpacks to more than a report has; nothing was read").format(path=path)
                )
            parts = [name for name in archive.namelist() if name.startswith("customXml/item")]
            others = [parse_xml(archive.read(name)) for name in parts if name.endswith(".xml")]
            body = parse_xml(archive.read("word/document.xml"))
    except ExchangeError:
        raise
    except Exception as error:
        # lxml and zipfile raise whatever they stumble over in a file that is no document.
        raise ExchangeError(
            t("{path}: this is no .docx document, or it is damaged").format(path=path)
        ) from error
    found = [part.text for part in others if part.tag == f"{{{KEPT}}}kept"]
    if not found:
        told = t("{path}: this document was not exported as a report, so there is nothing to verify")
        raise ExchangeError(told.format(path=path))
    return kept(read_ledger(found[0] or "", str(path)), _shown(body))


def _shown(body: Any) -> dict[int, tuple[str, ...]]:
    """Number of a table to what its cells show below and right of the headings."""
    shown = {}
    for mark in body.iter(f"{_W}bookmarkStart"):
        found = _NUMBERED.fullmatch(mark.get(f"{_W}name") or "")
        table = next(mark.iterancestors(f"{_W}tbl"), None) if found else None
        if found and table is not None:
            _, *rows = table.iterchildren(f"{_W}tr")
            cells = [cell for row in rows for cell in list(row.iterchildren(f"{_W}tc"))[1:]]
            shown[int(found[1])] = tuple("".join(t.text or "" for t in cell.iter(f"{_W}t")) for cell in cells)
    return shown
