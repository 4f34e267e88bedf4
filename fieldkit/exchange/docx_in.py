"""The words of a Word document, read with care: only its text is unpacked, and only if it is no trap."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

from fieldkit.exchange.document_text import DocumentText
from fieldkit.exchange.errors import ExchangeError
from fieldkit.say import grouped, mark, t

PART_LIMIT: Final = 24_000_000
"""Most bytes that the text may unpack to; a book of 1,000 pages has about fifteen million."""

MARKUP_LIMIT: Final = 1_000_000
"""Most tags and attributes of the text's XML, which take up far more memory than their bytes."""

MEMBER_LIMIT: Final = 5_000
RATIO: Final = 200
"""Most times its packed size that a large part may have; the XML of Word packs tenfold to fortyfold."""

_SMALL: Final = 1_000_000
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0"
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS: Final = {
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}tab": "\t",
    f"{_WORD}noBreakHyphen": "\u2011",
}
_GONE: Final = frozenset({f"{_WORD}moveFrom", f"{_WORD}del", _FALLBACK})
_LEFT_OUT: Final = {
    mark("pictures: {n}"): (f"{_WORD}drawing", f"{_WORD}pict"),
    mark("footnotes and endnotes: {n}"): (f"{_WORD}footnoteReference", f"{_WORD}endnoteReference"),
    mark("comments: {n}"): (f"{_WORD}commentReference",),
    mark("tracked deletions: {n}"): (f"{_WORD}del", f"{_WORD}moveFrom"),
}


def docx_text(name: str, content: bytes) -> DocumentText:
    """The words of a .docx file: paragraphs and the cells of tables in their order, a line each.

    Tracked insertions are words; tracked deletions, comments, notes, headers and footers are not.

    Args:
        name: the file's name, for messages.
        content: its bytes.

    Raises:
        ExchangeError: it is no such file, is protected or damaged, or unpacks to too much.
    """
    if content.startswith(_OLD_WORD):
        raise ExchangeError(
            t(
                "{name}: protected by a password, or an older .doc; save it as .docx without a password"
            ).format(name=name)
        )
    root = _parsed(name, _main_part(name, content))
    counts = {told: sum(1 for _ in root.iter(*tags)) for told, tags in _LEFT_OUT.items()}
    left_out = [t(told).format(n=grouped(count)) for told, count in counts.items() if count]
    notes = (t("left out, {what}").format(what="; ".join(left_out)),) if left_out else ()
    return DocumentText("\n".join(_paragraphs(root)), notes)


def _main_part(name: str, content: bytes) -> bytes:
    damaged = t("{name}: it is no .docx file, or is damaged; save it anew").format(name=name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MEMBER_LIMIT:
                raise ExchangeError(
                    t("{name}: there are {count} parts in it, more than any document has").format(
                        name=name, count=grouped(len(members))
                    )
                )
            part = next((each for each in members if each.filename == "word/document.xml"), None)
            if part is None:
                raise ExchangeError(damaged)
            if part.flag_bits & 1:
                raise ExchangeError(
                    t("{name}: protected by a password; save it without one").format(name=name)
                )
            bomb = part.file_size > _SMALL and part.file_size > RATIO * max(part.compress_size, 1)
            if part.file_size > PART_LIMIT or bomb:
                raise ExchangeError(
                    t(
                        "{name}: its text unpacks to {file_size} bytes, more than a document has; nothing "
                        "of it was unpacked"
                    ).format(name=name, file_size=grouped(part.file_size))
                )
            return archive.read(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise ExchangeError(damaged) from error


def _parsed(name: str, part: bytes) -> Any:
    """The document's XML; python-docx's parser resolves no entities and fetches nothing."""
    from docx.oxml import parse_xml

    markup = part.count(b"<") + part.count(b"=")
    if markup > MARKUP_LIMIT:
        raise ExchangeError(
            t(
                "{name}: {markup} tags and attributes are in its text; at most {markup_limit} are "
                "read: save it as .txt"
            ).format(name=name, markup=grouped(markup), markup_limit=grouped(MARKUP_LIMIT))
        )
    try:
        root: Any = parse_xml(part)
    except SyntaxError as error:
        raise ExchangeError(
            t("{name}: its text is no XML, or is a trap; save it anew").format(name=name)
        ) from error
    if root.getroottree().docinfo.doctype:
        raise ExchangeError(
            t("{name}: its text declares a document type, which no .docx file has").format(name=name)
        )
    return root


def _paragraphs(root: Any) -> Iterator[str]:
    paragraph, text = f"{_WORD}p", f"{_WORD}t"
    words: dict[Any, list[str]] = {}
    for element in root.iter(paragraph, text, *_BREAKS):
        owner = element if element.tag == paragraph else None
        hidden = False
        for above in element.iterancestors():
            hidden = hidden or above.tag in _GONE
            if owner is None and above.tag == paragraph:
                owner = above
        if hidden or owner is None:
            continue
        if element.tag == paragraph:
            words[owner] = []
        elif owner in words and element.getparent().tag == f"{_WORD}r":
            words[owner].append(element.text or "" if element.tag == text else _BREAKS[element.tag])
    for pieces in words.values():
        yield "".join(pieces)
