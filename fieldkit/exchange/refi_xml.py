"""What REFI-QDA files are made of: namespaces, stable GUIDs, and XML that any text can stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

CODEBOOK = "urn:QDA-XML:codebook:1.0"
"""Namespace of a .qdc file."""

PROJECT = "urn:QDA-XML:project:1.0"
"""Namespace of the project.qde in a .qdpx file."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

_OURS = UUID("6f2d1f0e-3c52-5d0e-9a37-8c1f5b7d2e41")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def guid_of(kind: str, record: str) -> str:
    """The GUID of something of the study: the same at every export, on every laptop.

    Args:
        kind: what sort of thing, such as `code`.
        record: its id; one that came from another program is a GUID already, and stays it.
    """
    given = read_guid(record)
    return given or str(uuid5(_OURS, f"{kind}/{record}"))


def read_guid(text: str | None) -> str | None:
    """A GUID in the one form it is compared in, or None where the text is none."""
    found = _GUID.fullmatch(text.strip()) if text else None
    return found.group(1).lower() if found else None


def xml_text(text: str) -> str:
    """The text without what XML 1.0 cannot hold: a visible symbol for each such character."""
    return _NOT_XML.sub(_symbol, text)


def tag(name: str, attributes: Mapping[str, str | None], inside: Iterable[str] = ()) -> str:
    """One element.

    Args:
        name: the element's name.
        attributes: name to value; those without a value are left out.
        inside: elements in it, as this function returns them.
    """
    written = "".join(f" {key}={_quoted(value)}" for key, value in attributes.items() if value is not None)
    content = "".join(inside)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(name: str, text: str | None) -> str:
    """One element that holds a text; nothing where there is none."""
    if not text:
        return ""
    return f"<{name}>{escape(xml_text(text), {chr(13): '&#13;'})}</{name}>"


def many(name: str, inside: Iterable[str]) -> str:
    """One element around others; nothing where there are none, since the schemas allow no empty list."""
    content = "\n".join(inside)
    return f"<{name}>\n{content}\n</{name}>\n" if content else ""


def _quoted(value: str) -> str:
    # A tab or a line break would be read as a blank unless it is written as a number.
    return quoteattr(xml_text(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _symbol(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
