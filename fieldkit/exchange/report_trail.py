"""The trail of a study: who changed what, and when, without the words of anybody.

What was said may have been taken back since; so of each change only the names of the fields are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from fieldkit.exchange.report import TrailSum
from fieldkit.exchange.report_tokens import word

if TYPE_CHECKING:
    from fieldkit.storage.revision import Revision
    from fieldkit.study.study import Study


class TrailEntry(NamedTuple):
    """One change: when (ISO 8601, UTC), by whom, what was done, to what record, and which fields of it."""

    at: str
    author: str
    action: str
    table: str
    about: str
    fields: str


def trail_of(study: Study) -> Iterator[TrailEntry]:
    """What was changed in a study, oldest first.

    Args:
        study: the study.

    Yields:
        One entry for each revision.
    """
    names, store = _Names(study), study.store
    for revision in _shown(study):
        # Read again where there is one: most records never change, and all of them would fill the memory.
        previous = store.previous(revision) if store is not None and revision.parents else None
        old = (previous.body if previous is not None else None) or {}
        new = revision.body or {}
        fields = sorted(name for name in {*old, *new} if name != "id" and old.get(name) != new.get(name))
        action = "removed" if revision.deleted else "changed" if revision.parents else "added"
        yield TrailEntry(
            revision.at,
            revision.author or "",
            "undone" if revision.undoes else action,
            revision.table,
            names.of(revision.table, new or old, revision.record),
            ", ".join(fields),
        )


def trail_sums(study: Study, language: str) -> tuple[TrailSum, ...]:
    """The trail of a study summed up, by person, kind of record and what was done.

    Args:
        study: the study.
        language: language of the words for what was done, and to what.
    """
    found: dict[tuple[str, str, str], list[Any]] = {}
    for revision in _shown(study):
        action = "removed" if revision.deleted else "changed" if revision.parents else "added"
        key = (revision.author or "", revision.table, "undone" if revision.undoes else action)
        day = revision.at[:10]
        counts = found.setdefault(key, [0, day, day])
        counts[0] += 1
        counts[1:] = min(counts[1], day), max(counts[2], day)
    return tuple(
        TrailSum(author, word("table", table, language), word("action", action, language), *counts)
        for (author, table, action), counts in sorted(found.items())
    )


def _shown(study: Study) -> Iterator[Revision]:
    """The revisions of a study, but for what is hidden from whoever codes a share blind."""
    hidden = study.blind.hidden_records() if study.blind is not None else frozenset()
    for revision in study.store.history() if study.store is not None else ():
        if (revision.table, revision.record) not in hidden:
            yield revision


class _Names:
    """What records are about, in words; asked once for each response."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._responses: dict[str, str] = {}

    def of(self, table: str, body: Mapping[str, Any], record: str) -> str:
        """What a record is about; its id where it is about nothing that has a name, but never a contact's."""
        from fieldkit.records.tables import PRIVATE_TABLES
        from fieldkit.study.naming import about

        if table != "codings" or not body.get("response"):
            return str(about(self._study, table, body)) or ("" if table in PRIVATE_TABLES else record)
        response = str(body["response"])
        if response not in self._responses:
            said = self._study.row("responses", response) or {}
            self._responses[response] = str(about(self._study, "responses", said))
        return ": ".join(part for part in (self._responses[response], str(body.get("code", ""))) if part)
