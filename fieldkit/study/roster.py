"""The roster: respondents under their codes, with contacts kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldkit.study.errors import Faults, UnknownId
from fieldkit.study.study import Study, new_id, put
from fieldkit.text import normalise, shortened

if TYPE_CHECKING:
    from fieldkit.records.respondents import Respondent
    from fieldkit.storage.writes import Put

BANDS = ("group", "reporting_group", "place", "level", "language", "status")
"""What a roster may say of a respondent besides the code: bands, which analysis may use."""

CONTACT_FIELDS = ("name", "title", "unit", "organisation", "email", "phone", "notes")
"""What a roster may say that names her: kept in the table of contacts."""


@dataclass(frozen=True)
class RosterEntry:
    """One line of a roster.

    Attributes:
        code: the code she goes by.
        bands: values of `BANDS`; `group` is needed.
        attributes: further bands, by name.
        contact: values of `CONTACT_FIELDS`.
        place: where the entry stands, such as `roster.csv:4`; begins the message when it is wrong.
    """

    code: str
    bands: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    place: str = ""


def find_respondent(study: Study, ref: str) -> Respondent:
    """The respondent with a code or id, whatever the code's case.

    Raises:
        UnknownId: there is none; the message names the nearest codes.
    """
    from fieldkit.records.respondents import Respondent

    body = study.row("respondents", ref)
    if body is None:
        wanted = ref.strip().casefold()
        found = [
            row for row in study.rows("respondents").values() if str(row.get("code", "")).casefold() == wanted
        ]
        if not found:
            raise UnknownId(
                "respondent", ref, (str(row.get("code")) for row in study.rows("respondents").values())
            )
        body = found[0]
    return Respondent.of(body)


def next_code(study: Study, group: str) -> str:
    """The first free code of a group: `CIC-04` after `CIC-03`."""
    taken = {str(row.get("code", "")).casefold() for row in study.rows("respondents").values()}
    number = 1
    while f"{group}-{number:02}".casefold() in taken:
        number += 1
    return f"{group}-{number:02}"


def add_respondent(study: Study, entry: RosterEntry) -> Respondent:
    """Put one respondent on the roster; durable when this returns.

    Raises:
        StudyError: the entry is wrong, or the code is taken; nothing was written.
    """
    return add_roster(study, [entry])[0]


def add_roster(study: Study, entries: Sequence[RosterEntry]) -> list[Respondent]:
    """Put respondents on the roster, all or none, in one commit.

    Args:
        study: the study.
        entries: the lines of the roster.

    Returns:
        The respondents made, in the order given.

    Raises:
        Faults: lines are wrong; every one of them is told.
    """
    problems = roster_problems(study, entries)
    if problems:
        raise Faults(problems)
    writes: list[Put] = []
    respondents = []
    for entry in entries:
        respondent = _respondent(study, entry)
        respondents.append(respondent)
        writes.append(put("respondents", respondent))
        contact = {name: value for name, value in entry.contact.items() if value}
        if contact:
            writes.append(_contact(respondent.id, contact))
    study.save(writes)
    return respondents


def roster_problems(study: Study, entries: Sequence[RosterEntry]) -> list[str]:
    """What is wrong with lines of a roster: one line of text for each fault.

    Args:
        study: the study they are meant for.
        entries: the lines.

    Returns:
        Nothing when they can all be taken in.
    """
    from fieldkit.records.respondents import CODE_LIMIT
    from fieldkit.records.vocabulary import RESPONDENT_STATUSES, match_word

    allowed = {band: [each.id for each in known] for band, known in study.framework.bands.items()}
    seen = {
        str(row.get("code", "")).casefold(): "already on the roster"
        for row in study.rows("respondents").values()
    }
    problems = []
    for entry in entries:
        start = f"{entry.place}: " if entry.place else ""
        code = normalise(entry.code.strip()).text
        if not code:
            problems.append(f"{start}a respondent needs a code, such as {allowed['group'][0]}-01")
            continue
        if len(code) > CODE_LIMIT or "\n" in code:
            shown = shortened(code, CODE_LIMIT)
            problems.append(f"{start}{shown} is no code: write one line of up to {CODE_LIMIT} characters")
            continue
        if code.casefold() in seen:
            problems.append(
                f"{start}code {code} is {seen[code.casefold()]}; give each respondent a code of her own"
            )
        seen.setdefault(
            code.casefold(),
            f"given twice in this roster (first at {entry.place})" if entry.place else "given twice",
        )
        if not entry.bands.get("group"):
            problems.append(f"{start}{code} needs a group: one of {', '.join(allowed['group'])}")
        for band, known in allowed.items():
            value = entry.bands.get(band)
            if value and _match(value, known) is None:
                problems.append(f"{start}{UnknownId(band.replace('_', ' '), value, known)}")
        language = entry.bands.get("language")
        if language and language not in study.framework.languages:
            problems.append(f"{start}{UnknownId('language', language, study.framework.languages)}")
        status = entry.bands.get("status")
        if status and match_word(status, RESPONDENT_STATUSES) is None:
            problems.append(f"{start}{UnknownId('status', status, RESPONDENT_STATUSES)}")
    return problems


def _respondent(study: Study, entry: RosterEntry) -> Respondent:
    from fieldkit.records.respondents import Respondent
    from fieldkit.records.vocabulary import RESPONDENT_STATUSES, match_word

    framework = study.framework
    groups = {group.id: group for group in framework.respondent_groups}
    group = groups[_match(entry.bands["group"], list(groups)) or ""]
    bands = entry.bands
    return Respondent.of(
        {
            "id": new_id(),
            "code": normalise(entry.code.strip()).text,
            "group": group.id,
            "reporting_group": _match(
                bands.get("reporting_group") or "", [each.id for each in framework.reporting_groups]
            )
            or group.reporting_group,
            "place": _match(bands.get("place") or "", [each.id for each in framework.places]),
            "level": _match(bands.get("level") or "", [each.id for each in framework.levels]),
            "language": bands.get("language") or None,
            "status": match_word(bands.get("status") or "identified", RESPONDENT_STATUSES),
            "attributes": {
                normalise(name).text: normalise(value).text
                for name, value in entry.attributes.items()
                if value
            },
        }
    )


def _contact(respondent: str, fields: dict[str, str]) -> Put:
    from fieldkit.records.respondents import Contact

    values = {name: normalise(value).text for name, value in fields.items()}
    return put("contacts", Contact.of({"id": new_id(), "respondent": respondent, **values}))


def _match(value: str, known: Sequence[str]) -> str | None:
    wanted = value.strip().casefold()
    return next((choice for choice in known if choice.casefold() == wanted), None)
