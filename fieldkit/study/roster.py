"""The roster: respondents under their codes, with contacts kept apart."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fieldkit.say import t
from fieldkit.study.errors import Faults, UnknownId
from fieldkit.study.study import Study, new_id, put
from fieldkit.text import normalise, shortened

if TYPE_CHECKING:
    from fieldkit.records.respondents import Contact, Respondent
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
    respondents, writes = roster_writes(study, entries)
    study.save(writes)
    return respondents


def roster_writes(study: Study, entries: Sequence[RosterEntry]) -> tuple[list[Respondent], list[Put]]:
    """The respondents that faultless lines make, and the writes that put them on the roster."""
    writes: list[Put] = []
    respondents = []
    for entry in entries:
        respondent = respondent_of(study, entry)
        respondents.append(respondent)
        writes.append(put("respondents", respondent))
        if any(entry.contact.values()):
            writes.append(put("contacts", contact_of(respondent.id, entry)))
    return respondents, writes


def roster_problems(study: Study, entries: Sequence[RosterEntry]) -> list[str]:
    """What is wrong with lines of a roster: one line of text for each fault.

    Args:
        study: the study they are meant for.
        entries: the lines.

    Returns:
        Nothing when they can all be taken in.
    """
    here = codes_here(study)
    return [
        told(entry, fault)
        for entry, faults in zip(entries, line_faults(study, entries), strict=True)
        for fault in (*_taken(entry, here), *faults)
    ]


def line_faults(study: Study, entries: Sequence[RosterEntry]) -> list[list[str]]:
    """What is wrong with each line by itself and beside the others, whoever is on the roster already.

    Args:
        study: the study they are meant for.
        entries: the lines.

    Returns:
        For each line its faults, without the line's place.
    """
    first: dict[str, str] = {}
    faults = []
    for entry in entries:
        code = code_of(entry)
        wrong = _code_faults(study, code)
        if not wrong:
            if code.casefold() in first:
                place = first[code.casefold()]
                twice = (
                    t(
                        "code {code} is given twice in this roster (first at {place}); "
                        "give each respondent a code of her own"
                    )
                    if place
                    else t("code {code} is given twice; give each respondent a code of her own")
                )
                wrong.append(twice.format(code=code, place=place))
            first.setdefault(code.casefold(), entry.place)
            wrong += _band_faults(study, entry)
        faults.append(wrong)
    return faults


def code_of(entry: RosterEntry) -> str:
    """The code of a line, in the form it is stored in."""
    return normalise(entry.code.strip()).text


def codes_here(study: Study) -> dict[str, dict[str, Any]]:
    """Code without case to the body of whoever goes by it."""
    return {str(row.get("code", "")).casefold(): row for row in study.rows("respondents").values()}


def told(entry: RosterEntry, fault: str) -> str:
    """A fault with the place of its line."""
    return f"{entry.place}: {fault}" if entry.place else fault


def _taken(entry: RosterEntry, here: Container[str]) -> list[str]:
    code = code_of(entry)
    fault = t("code {code} is already on the roster; give each respondent a code of her own")
    return [fault.format(code=code)] if code.casefold() in here else []


def _code_faults(study: Study, code: str) -> list[str]:
    from fieldkit.records.respondents import CODE_LIMIT

    if not code:
        first = study.framework.respondent_groups[0].id
        return [t("a respondent needs a code, such as {code}").format(code=f"{first}-01")]
    if len(code) > CODE_LIMIT or "\n" in code:
        shown = shortened(code, CODE_LIMIT)
        fault = t("{shown} is no code: write one line of up to {most} characters")
        return [fault.format(shown=shown, most=CODE_LIMIT)]
    return []


def _band_faults(study: Study, entry: RosterEntry) -> list[str]:
    from fieldkit.records.vocabulary import RESPONDENT_STATUSES, match_word

    allowed = {band: [each.id for each in known] for band, known in study.framework.bands.items()}
    faults = []
    if not entry.bands.get("group"):
        fault = t("{code} needs a group: one of {groups}")
        faults.append(fault.format(code=code_of(entry), groups=", ".join(allowed["group"])))
    for band, known in allowed.items():
        value = entry.bands.get(band)
        if value and _match(value, known) is None:
            faults.append(str(UnknownId(band.replace("_", " "), value, known)))
    language = entry.bands.get("language")
    if language and language not in study.framework.languages:
        faults.append(str(UnknownId("language", language, study.framework.languages)))
    status = entry.bands.get("status")
    if status and match_word(status, RESPONDENT_STATUSES) is None:
        faults.append(str(UnknownId("status", status, RESPONDENT_STATUSES)))
    return faults


def respondent_of(study: Study, entry: RosterEntry) -> Respondent:
    """The respondent that a faultless line makes, under a new id."""
    from fieldkit.records.respondents import Respondent
    from fieldkit.records.vocabulary import RESPONDENT_STATUSES, match_word

    framework = study.framework
    groups = {group.id: group for group in framework.respondent_groups}
    group = groups[_match(entry.bands["group"], list(groups)) or ""]
    bands = entry.bands
    return Respondent.of(
        {
            "id": new_id(),
            "code": code_of(entry),
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


def contact_of(respondent: str, entry: RosterEntry) -> Contact:
    """The contact that a line makes of a respondent, under a new id."""
    from fieldkit.records.respondents import Contact

    values = {name: normalise(value).text for name, value in entry.contact.items() if value}
    return Contact.of({"id": new_id(), "respondent": respondent, **values})


def _match(value: str, known: Sequence[str]) -> str | None:
    wanted = value.strip().casefold()
    return next((choice for choice in known if choice.casefold() == wanted), None)
