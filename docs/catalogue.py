"""Bring the catalogues of the interface up to date with the program: `python docs/catalogue.py`.

It finds every sentence that the program says, puts new ones into each language's .po file, leaves out
those no longer said, and compiles the .mo file beside it. What is new comes in empty: translate it in
the .po file and run it again. A sentence that resembles an old one is offered that one's translation,
marked fuzzy, until somebody has looked at it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from fieldkit import __version__
from fieldkit.findings.grouping import ATTRIBUTES
from fieldkit.records import vocabulary
from fieldkit.records.tables import TABLES
from fieldkit.say import CATALOGUES, DOMAIN, LANGUAGES, SOURCE

AUTHORS: Final = "The fieldkit authors"
ISSUES: Final = "https://github.com/fieldkit/fieldkit/issues"

PACKAGE: Final = Path(__file__).parent.parent / "fieldkit"

SPOKEN: Final = {
    "t": (0,),
    "mark": (0,),
    "phrase": (0,),
    "Binding": (2,),
    "Action": (3, 4),
    "Command": (2,),
}
"""Function to the places of its arguments that are shown, each a sentence of its own."""

SYSTEM_SAYS: Final = (
    "Permission denied",
    "Operation not permitted",
    "Read-only file system",
    "No such file or directory",
    "Is a directory",
    "Not a directory",
    "Directory not empty",
    "File exists",
    "File name too long",
    "File too large",
    "Too many levels of symbolic links",
    "Too many open files",
    "No space left on device",
    "Disk quota exceeded",
    "Input/output error",
    "Device or resource busy",
    "Invalid argument",
    "Bad file descriptor",
)
"""What systems say of files that cannot be read or written, as `say.reason_of` shows it."""

TOKENS: Final = (
    SYSTEM_SAYS,
    vocabulary.INTERVIEW_STATES,
    vocabulary.RESPONDENT_STATUSES,
    vocabulary.DISPOSITIONS,
    vocabulary.NOT_ASKED_REASONS,
    vocabulary.MODES,
    vocabulary.CONFIDENCES,
    vocabulary.CONSENT_MODES,
    [name.replace("_", " ") for name in ATTRIBUTES],
    ("verbatim", "paraphrase", "note"),
    [table.removesuffix("s") for table in TABLES],
)
"""Words of records, and of the system, that are shown translated."""

Message = str | tuple[str, str]


def said() -> Iterator[tuple[Message, str, int]]:
    """Every sentence of the program, with file and line; a pair where it depends on a number."""
    for words in TOKENS:
        for word in words:
            yield word, "fieldkit/records/vocabulary.py", 1
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for message in said_in(node):
                    yield message, name, node.lineno


def said_in(call: ast.Call) -> Iterator[Message]:
    """The sentences that a call shows."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "tn":
        one, many = (literals(each) for each in call.args[:2])
        yield from zip(one, many, strict=True)
    for place in SPOKEN.get(name, ()):
        if place < len(call.args):
            yield from (text for text in literals(call.args[place]) if has_words(text))


def literals(node: ast.expr) -> list[str]:
    """The texts that an argument may be: a literal, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*literals(node.body), *literals(node.orelse)]
    return []


def has_words(text: str) -> bool:
    """Whether there is anything to translate beside markup, signs and places for values."""
    return re.search(r"[^\W\d_]{2}", re.sub(r"\[[^\]]*\]|\$\w+|\{\w*\}", "", text)) is not None


def template() -> Catalog:
    """All sentences, untranslated, in their order."""
    catalogue = Catalog(charset="utf-8")
    for message, file, _line in said():
        catalogue.add(message, locations=[(file, None)])
    return catalogue


def po_path(language: str) -> Path:
    """Where a language's catalogue lies; the compiled one has the ending .mo."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """A language's catalogue as it lies there; an empty one where there is none."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Catalog:
    """Write a language's catalogue anew, and compile it."""
    catalogue = read(language)
    catalogue.update(template(), update_header_comment=False, update_creation_date=False)
    catalogue.obsolete.clear()
    _head(catalogue)
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return catalogue


def _head(catalogue: Catalog) -> None:
    """Say at the top of a catalogue what it is of, and whose."""
    catalogue.project, catalogue.version, catalogue.fuzzy = "fieldkit", __version__, False
    catalogue.copyright_holder = catalogue.last_translator = AUTHORS
    catalogue.msgid_bugs_address = ISSUES
    catalogue.language_team = LANGUAGES[str(catalogue.locale)]
    if not isinstance(catalogue.revision_date, datetime):
        catalogue.revision_date = catalogue.creation_date
    year = catalogue.creation_date.year
    lines = (
        f"{catalogue.locale.english_name} catalogue of fieldkit.",
        f"Copyright (C) {year} {AUTHORS}",
        "This file is distributed under the same license as fieldkit.",
    )
    catalogue.header_comment = "\n".join(f"# {line}" for line in lines)


def lacking(catalogue: Catalog) -> list[str]:
    """Sentences without a translation that somebody has looked at."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and (message.fuzzy or not message.string or not all(_forms(message.string)))
    ]


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


if __name__ == "__main__":
    for code in LANGUAGES:
        if code != SOURCE:
            left = lacking(update(code))
            print(f"{po_path(code)}: {len(left)} to translate")
            for text in left:
                print(f"  {text!r}")
