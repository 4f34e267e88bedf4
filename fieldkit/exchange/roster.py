"""The roster that an evaluator keeps in a spreadsheet, in English or French."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldkit.exchange.errors import ExchangeError, FileRefused
from fieldkit.exchange.outcome import Imported
from fieldkit.exchange.table_file import TableFile, read_table
from fieldkit.say import t
from fieldkit.study.errors import Faults
from fieldkit.study.roster import RosterEntry
from fieldkit.study.roster_again import take_roster
from fieldkit.text import fold, shortened

if TYPE_CHECKING:
    from fieldkit.study.study import Study

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "code": ("code", "respondent", "respondent code", "id", "code du répondant", "répondant", "identifiant"),
    "group": ("group", "respondent group", "groupe", "groupe de répondants"),
    "reporting_group": ("reporting group", "groupe de rapport", "groupe de présentation"),
    "place": ("place", "location", "lieu", "endroit"),
    "level": ("level", "niveau"),
    "language": ("language", "preferred language", "langue", "langue préférée", "langue officielle"),
    "status": ("status", "état", "statut"),
    "name": ("name", "full name", "nom", "nom complet", "nom et prénom"),
    "first_name": ("first name", "given name", "prénom"),
    "last_name": ("last name", "surname", "family name", "nom de famille"),
    "title": ("title", "job title", "position", "titre", "poste", "poste occupé", "fonction"),
    "unit": ("unit", "division", "branch", "unité", "direction"),
    "organisation": ("organisation", "organization", "department", "ministère", "organisme"),
    "email": ("email", "e-mail", "mail", "courriel", "adresse électronique"),
    "phone": ("phone", "telephone", "phone number", "téléphone", "numéro de téléphone"),
    "notes": ("notes", "note", "comments", "remarks", "remarques", "commentaires"),
    "attributes.post": ("post",),
}
"""What a column holds, to the headings it may have (case, accents and punctuation aside)."""

NEEDED: Final = ("code", "group")
"""Columns that a roster cannot do without."""

_BANDS = frozenset({"group", "reporting_group", "place", "level", "language", "status"})
_ATTRIBUTE = ("attributes.", "attribute ", "attribut ", "attribute:", "attribut:")
_LANGUAGES: Final = {
    "e": "en", "en": "en", "eng": "en", "english": "en", "anglais": "en",
    "f": "fr", "fr": "fr", "fre": "fr", "fra": "fr", "french": "fr", "francais": "fr",
}  # fmt: skip
_STATUSES: Final = {
    "repere": "identified", "identifie": "identified", "invite": "invited", "sans reponse": "no reply",
    "prevu": "scheduled", "planifie": "scheduled", "interviewe": "interviewed", "rencontre": "interviewed",
    "refuse": "declined", "dirige vers": "referred to", "remplace": "replaced", "annule": "cancelled",
    "repondu par ecrit": "answered in writing",
}  # fmt: skip


@dataclass(frozen=True)
class Roster:
    """A roster as it was read.

    Attributes:
        entries: its lines.
        notes: what was left out or guessed, one line each.
    """

    entries: list[RosterEntry]
    notes: list[str]


def import_roster(study: Study, path: Path) -> Imported:
    """Put the people of a roster file on the study's roster: all who are not on it yet, or none.

    Lines that say what stands there already are passed over; a contact is added where there was none.

    Args:
        study: the study.
        path: a .csv or .xlsx file.

    Returns:
        What was added, and how many records were known.

    Raises:
        ExchangeError: the file or lines of it are wrong, or say of someone what differs from what
            stands on the roster; every fault is listed with its line.
    """
    roster = read_roster(path)
    try:
        taken = take_roster(study, roster.entries)
    except Faults as error:
        raise FileRefused(path.name, error.lines) from error
    notes = list(roster.notes)
    if taken.known:
        which = _some([entry.code for entry in taken.known])
        notes.append(
            t("{file}: on the roster already and passed over: {which}").format(file=path.name, which=which)
        )
    counts = {"respondents": taken.respondents, "contacts": taken.contacts}
    return Imported(
        kind="roster",
        added=sum(counts.values()),
        known=len(taken.known) + taken.known_contacts,
        records=counts,
        notes=notes,
    )


def read_roster(path: Path) -> Roster:
    """Read a roster file.

    Args:
        path: a .csv or .xlsx file whose first row names the columns.

    Returns:
        Its lines, not yet held against a study.

    Raises:
        ExchangeError: it cannot be read, or lacks a column.
    """
    table = read_table(path)
    columns = [field_of(heading) for heading in table.heading]
    _check_columns(table, columns)
    notes = list(table.notes)
    unknown = [
        heading for heading, column in zip(table.heading, columns, strict=True) if heading and not column
    ]
    if unknown:
        # An unknown column might name people, and bands leave in every export.
        told = t(
            "left out, being no column of a roster: {columns}; "
            "name a column `attributes.NAME` to keep it as a band, which exports show"
        )
        notes.append(told.format(columns=_some(unknown)))
    return Roster([_entry(table.name, number, columns, cells) for number, cells in table.rows], notes)


def _check_columns(table: TableFile, columns: list[str | None]) -> None:
    missing = [needed for needed in NEEDED if needed not in columns]
    if missing:
        found = _some([heading for heading in table.heading if heading])
        told = t("{file}:1: no column {columns}; the first row must name them, and it has: {found}")
        columns_told = t(" and no column ").join(missing)
        raise ExchangeError(told.format(file=table.name, columns=columns_told, found=found))
    for column in columns:
        if column and columns.count(column) > 1:
            twice = [h for h, c in zip(table.heading, columns, strict=True) if c == column]
            told = t("{file}:1: the columns {columns} both mean {column}; keep one")
            raise ExchangeError(told.format(file=table.name, columns=t(" and ").join(twice), column=column))
    if not table.rows:
        raise ExchangeError(t("{table}: there are no people below the heading").format(table=table.name))


def _some(names: list[str]) -> str:
    """The first of some headings or codes: enough to know the file by."""
    told = ", ".join(shortened(name, 40) for name in names[:12])
    return told if len(names) <= 12 else t("{names} and {n} more").format(names=told, n=len(names) - 12)


def field_of(heading: str) -> str | None:
    """What a column of this heading holds, or None when that is not known."""
    for start in _ATTRIBUTE:
        if heading.casefold().startswith(start) and heading[len(start) :].strip():
            return f"attributes.{heading[len(start) :].strip()}"
    return _FIELDS.get(_plain(heading))


def _plain(heading: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(heading)).split())


_FIELDS: Final = {_plain(name): column for column, names in COLUMNS.items() for name in (column, *names)}


def _entry(file: str, number: int, columns: list[str | None], cells: list[str]) -> RosterEntry:
    values = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
    bands = {band: values[band] for band in _BANDS if band in values}
    if "language" in bands:
        bands["language"] = _LANGUAGES.get(fold(bands["language"]), bands["language"])
    if "status" in bands:
        bands["status"] = _STATUSES.get(fold(bands["status"]), bands["status"])
    contact = {name: values[name] for name in ("name", *_CONTACT) if name in values}
    names = [values[part] for part in ("first_name", "last_name") if part in values]
    if names and "name" not in contact:
        contact["name"] = " ".join(names)
    return RosterEntry(
        code=values.get("code", ""),
        bands=bands,
        attributes={
            name.removeprefix("attributes."): v
            for name, v in values.items()
            if name.startswith("attributes.")
        },
        contact=contact,
        place=f"{file}:{number}",
    )


_CONTACT = ("title", "unit", "organisation", "email", "phone", "notes")
