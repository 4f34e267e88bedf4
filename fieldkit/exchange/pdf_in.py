"""The text of a PDF file, through the optional package pypdf."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Final

from fieldkit.exchange.document_text import DocumentText
from fieldkit.exchange.errors import ExchangeError
from fieldkit.say import grouped, t

if TYPE_CHECKING:
    import pypdf

PAGE_LIMIT: Final = 2_000
"""Most pages of a PDF file that is taken in."""


PAGE_BYTES: Final = 2_000_000
"""Most bytes of one page's drawing, unpacked: a page of words has ten thousand, maps and traps more."""


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
            t(
                "{name}: reading PDF needs the package pypdf: pip install 'fieldkit[pdf]', or save it as .txt"
            ).format(name=name)
        ) from error
    # Its remarks on each oddity of a file would go to the terminal.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if b"%PDF-" not in content[:1024]:
        raise ExchangeError(t("{name}: it is no .pdf file, or is damaged; save it anew").format(name=name))
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExchangeError(t("{name}: protected by a password; save it without one").format(name=name))
        if len(reader.pages) > PAGE_LIMIT:
            raise ExchangeError(
                t("{name}: {count} pages; at most {page_limit} are taken in").format(
                    name=name, count=grouped(len(reader.pages)), page_limit=grouped(PAGE_LIMIT)
                )
            )
        return _text(reader)
    except ExchangeError:
        raise
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # whatever a damaged file makes of the parser
        raise ExchangeError(
            t("{name}: damaged, or not a PDF that can be read; save it anew").format(name=name)
        ) from error


def _text(reader: pypdf.PdfReader) -> DocumentText:
    pages = [_page_text(page) for page in reader.pages]
    blank = sum(not text.strip() for text in pages)
    told = t("pages without text, such as pictures: {n} of {pages}")
    notes = (told.format(n=grouped(blank), pages=grouped(len(pages))),) if blank else ()
    return DocumentText("\n".join(pages), notes)


def _page_text(page: pypdf.PageObject) -> str:
    """The words of a page; none where its drawing is so large that it is a picture in lines."""
    contents = page.get_contents()
    if contents is None or len(contents.get_data()) > PAGE_BYTES:
        return ""
    return page.extract_text()
