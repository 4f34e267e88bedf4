"""A roster that comes again: what the study has of it already, what is new in it, what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldkit.say import t
from fieldkit.study.errors import Faults
from fieldkit.study.roster import (
    BANDS,
    CONTACT_FIELDS,
    RosterEntry,
    code_of,
    codes_here,
    contact_of,
    line_faults,
    respondent_of,
    roster_writes,
    told,
)
from fieldkit.study.study import Study, put
from fieldkit.text import shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.records.respondents import Contact

_SHOWN = 40
"""Characters of a value that a difference shows."""


@dataclass(frozen=True)
class RosterTaken:
    """What became of the lines of a roster.

    Attributes:
        respondents: how many respondents are new.
        contacts: how many contacts are new, those of respondents known before included.
        known: lines that said nothing new of respondents, in their order.
        known_contacts: how many contacts were known already.
    """

    respondents: int
    contacts: int
    known: tuple[RosterEntry, ...]
    known_contacts: int


def take_roster(study: Study, entries: Sequence[RosterEntry]) -> RosterTaken:
    """Put on the roster whoever is not on it yet, all or none, in one commit.

    A line on a respondent who is on it must say what stands here; an empty cell says nothing.
    A contact is added where there was none.

    Args:
        study: the study.
        entries: the lines of the roster.

    Returns:
        What was added and what was known.

    Raises:
        Faults: lines are wrong, or differ from what stands here; every one of them is told.
    """
    here = codes_here(study)
    problems: list[str] = []
    new: list[RosterEntry] = []
    known: list[RosterEntry] = []
    contacts: list[Contact] = []
    for entry, faults in zip(entries, line_faults(study, entries), strict=True):
        body = here.get(code_of(entry).casefold())
        if body is None:
            new.append(entry)
        elif not faults:
            given = contact_of(body["id"], entry)
            kept = [contact for _, contact in study.where("contacts", "respondent", body["id"])]
            faults = [*_other_bands(study, body, entry), *_other_contact(kept, str(body["code"]), given)]
            known.append(entry)
            if any(entry.contact.values()) and not kept:
                contacts.append(given)
        problems += [told(entry, fault) for fault in faults]
    if problems:
        raise Faults(problems)
    _, writes = roster_writes(study, new)
    writes += [put("contacts", contact) for contact in contacts]
    if writes:
        study.save(writes)
    named = sum(any(entry.contact.values()) for entry in known)
    return RosterTaken(
        respondents=len(new),
        contacts=len(writes) - len(new),
        known=tuple(known),
        known_contacts=named - len(contacts),
    )


def _other_bands(study: Study, body: dict[str, Any], entry: RosterEntry) -> Iterator[str]:
    given = respondent_of(study, entry)
    pairs = [(band, body.get(band), getattr(given, band)) for band in BANDS if entry.bands.get(band)]
    kept = body.get("attributes") or {}
    pairs += [(name, kept.get(name), value) for name, value in given.attributes.items()]
    yield from _differences(str(body.get("code")), pairs)


def _other_contact(kept: Sequence[dict[str, Any]], code: str, given: Contact) -> Iterator[str]:
    if kept:
        values = given.model_dump(include=set(CONTACT_FIELDS), exclude_none=True)
        yield from _differences(code, [(name, kept[0].get(name), values[name]) for name in values])


def _differences(code: str, pairs: Iterable[tuple[str, str | None, str]]) -> Iterator[str]:
    for field, here, given in pairs:
        if here != given:
            yield t(
                "{code} is on the roster already with another {field}: {here} here -> {given} in the file; "
                "make the line say what stands here, or leave the cell empty"
            ).format(code=code, field=field.replace("_", " "), here=_value(here), given=_value(given))


def _value(value: str | None) -> str:
    return shortened(visible_line(value), _SHOWN) if value else t("nothing")
