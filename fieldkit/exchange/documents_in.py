"""A document that comes in as a line of evidence: plain text, Markdown, Word or the text of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldkit.exchange.document_text import DocumentText
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.incoming import read_file
from fieldkit.exchange.outcome import Imported
from fieldkit.say import grouped, mark, t
from fieldkit.text import decode, normalise

if TYPE_CHECKING:
    from fieldkit.study.documents import DocumentFacts
    from fieldkit.study.study import Study

KINDS: Final = (".txt", ".md", ".docx", ".pdf")
"""Extensions of the files that come in as documents."""

PLAIN_LIMIT: Final = 8_000_000
"""Bytes of a text file beyond which it is not read; a book of 1,000 pages has two million."""

FILE_LIMIT: Final = 40_000_000
"""Bytes of a Word or PDF file beyond which it is not read."""

TEXT_LIMIT: Final = 4_000_000
"""Most characters that a document may have."""


def import_document(study: Study, path: Path, facts: DocumentFacts) -> Imported:
    """Take a document into the study; the same file again adds nothing, a later version revises it.

    Args:
        study: the study.
        path: a .txt, .md, .docx or .pdf file.
        facts: what is said of it beside its words.

    Returns:
        What came of it; the notes say what was altered and what was left out.

    Raises:
        ExchangeError: it cannot be read, or has no words.
        StudyError: what is said of it is unknown to the framework.
    """
    from fieldkit.study.documents import take_document

    read = read_document(path)
    taken = take_document(study, path.name, read.text, facts)
    notes = [f"{path.name}: {note}" for note in (*read.notes, *_altered(read.text))]
    if taken.outcome == "revised" and taken.codings:
        told = t(
            "{file}: document {document} was revised; codings on its earlier words: {n}; "
            "`fieldkit codings` lists those that wait for a decision"
        )
        notes.append(told.format(file=path.name, document=taken.document.id, n=taken.codings))
    added = int(taken.outcome != "known")
    return Imported(kind="document", added=added, known=1 - added, records={"documents": added}, notes=notes)


def read_document(path: Path) -> DocumentText:
    """The words of a file.

    Args:
        path: a .txt, .md, .docx or .pdf file.

    Raises:
        ExchangeError: it cannot be read, is not what its extension says, or has no words.
    """
    kind = path.suffix.lower()
    if kind in (".txt", ".md"):
        read = _plain_text(path)
    elif kind == ".docx":
        from fieldkit.exchange.docx_in import docx_text

        read = docx_text(path.name, read_file(path, FILE_LIMIT, t("a document")))
    else:
        from fieldkit.exchange.pdf_in import pdf_text

        read = pdf_text(path.name, read_file(path, FILE_LIMIT, t("a document")))
    if not read.text.strip():
        told = (
            t("{file}: there are no words in it; where it is scanned, have its letters read first")
            if kind == ".pdf"
            else t("{file}: there are no words in it")
        )
        raise ExchangeError(told.format(file=path.name))
    if len(read.text) > TEXT_LIMIT:
        raise ExchangeError(
            t("{path}: its text has {count} characters; at most {text_limit} are taken in").format(
                path=path.name, count=grouped(len(read.text)), text_limit=grouped(TEXT_LIMIT)
            )
        )
    return read


def _plain_text(path: Path) -> DocumentText:
    content = read_file(path, PLAIN_LIMIT, t("a text"))
    utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content and not utf_16:
        raise ExchangeError(
            t("{path}: this is no text file; save the document as .txt (UTF-8) or .docx").format(
                path=path.name
            )
        )
    try:
        return DocumentText(decode(content, "utf-16" if utf_16 else "utf-8-sig"))
    except UnicodeDecodeError as error:
        encoding = "UTF-16" if utf_16 else "UTF-8"
        raise ExchangeError(
            t("{path}: this is not {encoding} (byte {start}); save it as UTF-8").format(
                path=path.name, encoding=encoding, start=grouped(error.start)
            )
        ) from error


_TOLD: Final = {
    "newline": mark("line breaks of other kinds became newlines: {n}"),
    "composed": mark("characters were composed (normal form C): {n}"),
    "surrogate": mark("lone surrogates, which no file can hold, became U+FFFD: {n}"),
}


def _altered(text: str) -> Iterator[str]:
    """How the words differ in their stored form, one line for each way."""
    for change in normalise(text).changes:
        yield t(_TOLD[change.kind]).format(n=grouped(change.count))
