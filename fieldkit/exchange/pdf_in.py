"""The text of a PDF file, through the optional package pypdf."""

from __future__ import annotations

import io
import logging
from typing import Final

from fieldkit.exchange.document_text import DocumentText
from fieldkit.exchange.errors import ExchangeError

PAGE_LIMIT: Final = 2_000
"""Most pages of a PDF file that is taken in."""


def pdf_text(name: str, content: bytes) -> DocumentText:
    """The text of a .pdf file, page by page.

    Args:
        name: the file's name, for messages.
        content: its bytes.

    Raises:
        ExchangeError: pypdf is not installed, or the file is no PDF, damaged or protected.
    """
    try:
        import pypdf
    except ImportError as error:
        raise ExchangeError(
            f"{name}: reading PDF needs the package pypdf: pip install 'fieldkit[pdf]', or save it as .txt"
        ) from error
    # Its remarks on each oddity of a file would go to the terminal.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if b"%PDF-" not in content[:1024]:
        raise ExchangeError(f"{name}: it is no .pdf file, or is damaged; save it anew")
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExchangeError(f"{name}: protected by a password; save it without one")
        if len(reader.pages) > PAGE_LIMIT:
            raise ExchangeError(f"{name}: {len(reader.pages):,} pages; at most {PAGE_LIMIT:,} are taken in")
        return _text(reader)
    except ExchangeError:
        raise
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # whatever a damaged file makes of the parser
        raise ExchangeError(f"{name}: damaged, or not a PDF that can be read; save it anew") from error


def _text(reader: object) -> DocumentText:
    pages = [page.extract_text() for page in reader.pages]  # type: ignore[attr-defined]
    blank = sum(not text.strip() for text in pages)
    notes = (f"pages without text, such as pictures: {blank:,} of {len(pages):,}",) if blank else ()
    return DocumentText("\n".join(pages), notes)
