"""Cases and variables of a project: respondents with their bands, and facts of documents.

A case becomes a respondent where it says a respondent group of this study; others are left out, and told of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fieldkit.exchange.refi_read import Node
from fieldkit.exchange.refi_xml import guid_of
from fieldkit.records.respondents import CODE_LIMIT, Respondent
from fieldkit.records.vocabulary import RESPONDENT_STATUSES
from fieldkit.storage.writes import Put
from fieldkit.study.study import put
from fieldkit.text import fold, normalise

if TYPE_CHECKING:
    from fieldkit.study.study import Study

_ATTRIBUTE: Final = "attributes."
_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ROLES: Final = ("evidence", "profile")


@dataclass
class CasesIn:
    """What became of the cases of a file.

    Attributes:
        people: GUID of a case to the id of the respondent it is here.
        writes: the respondents that are new.
        known: how many are here already.
    """

    people: dict[str, str] = field(default_factory=dict)
    writes: list[Put] = field(default_factory=list)
    known: int = 0

    @property
    def new(self) -> set[str]:
        """GUIDs of the cases that are respondents only now, which is also their id."""
        return {write.record for write in self.writes}


class Variables:
    """The variables of a file, and which of them were of use."""

    def __init__(self, root: Node) -> None:
        """Look at a project."""
        self._names = {node.guid: _words(node.get("name")) for node in root.all("Variables", "Variable")}
        self._used: set[str] = set()

    def of(self, node: Node) -> dict[str, str]:
        """Name of a variable to its value in a case or source; empty ones left out."""
        told = {
            self._names.get(each.code or "", ""): each.content or "" for each in node.all("VariableValue")
        }
        return {name: words for name, value in told.items() if name and (words := _words(value))}

    def take(self, values: Mapping[str, str], taken: Mapping[str, Any], left_out: Counter[str]) -> None:
        """Note which values were of use; the others are left out."""
        self._used |= taken.keys()
        if lost := len(values.keys() - taken.keys()):
            left_out["VariableValue"] += lost

    def count(self, left_out: Counter[str]) -> None:
        """Note the variables that were of no use in anything."""
        if lost := len(set(self._names.values()) - self._used):
            left_out["Variable"] += lost


def take_cases(study: Study, root: Node, variables: Variables, left_out: Counter[str]) -> CasesIn:
    """Find what the cases of a project are in this study.

    Args:
        study: the study; nothing is written to it yet.
        root: the project.
        variables: its variables.
        left_out: where what is left out is counted.
    """
    rows = study.rows("respondents")
    known = {guid_of("case", f"of {record}"): record for record in rows} | {record: record for record in rows}
    codes = {str(body.get("code", "")).casefold(): record for record, body in rows.items()}
    found = CasesIn()
    for node in root.all("Cases", "Case"):
        values = variables.of(node)
        code = _words(node.get("name"))
        here = known.get(node.guid) or codes.get(code.casefold())
        if here is not None:
            found.people[node.guid] = here
            found.known += 1
            variables.take(values, values, left_out)
            continue
        group = _band(study, "group", values.get("group", ""))
        if group is None or not node.guid or not 0 < len(code) <= CODE_LIMIT:
            left_out["Case"] += 1
            continue
        person = _respondent(study, node.guid, code, group, values)
        found.people[node.guid] = codes[code.casefold()] = person.id
        found.writes.append(put("respondents", person))
        variables.take(values, values, left_out)
    return found


def document_facts(node: Node, variables: Variables, left_out: Counter[str]) -> dict[str, Any]:
    """What the variables of a source say of a document: its language, day and role."""
    values = variables.of(node)
    facts = {
        "language": values.get("language", "")[:20] or None,
        "date": values["date"] if _DAY.fullmatch(values.get("date", "")) else None,
        "role": values["role"] if values.get("role") in _ROLES else None,
    }
    taken = {name: value for name, value in facts.items() if value is not None}
    variables.take(values, taken, left_out)
    return taken


def _respondent(study: Study, guid: str, code: str, group: str, values: Mapping[str, str]) -> Respondent:
    """The respondent of a case: bands that the framework has; all else that is said as attributes."""
    bands = {
        name: band
        for name in ("reporting_group", "place", "level")
        if (band := _band(study, name, values.get(name, ""))) is not None
    }
    status, language = values.get("status"), values.get("preferred_language")
    if status in RESPONDENT_STATUSES:
        bands["status"] = status
    if language in study.framework.languages:
        bands["language"] = language
    said = {"group", *bands, *(["preferred_language"] if "language" in bands else [])}
    attributes = {name.removeprefix(_ATTRIBUTE): value for name, value in values.items() if name not in said}
    return Respondent.of({"id": guid, "code": code, "group": group, **bands, "attributes": attributes})


def _band(study: Study, name: str, said: str) -> str | None:
    """Id of the band that a value names, by its id or its name in any language."""
    wanted = fold(said)
    for band in study.framework.bands[name]:
        if wanted and wanted in {fold(band.id), *map(fold, band.name.translations.values())}:
            return band.id
    return None


def _words(text: str) -> str:
    return " ".join(normalise(text).text.split())
