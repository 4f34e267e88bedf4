"""What a study has to show, brought together for findings, and kept up to what is written."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fieldkit.storage.loading import no_collection
from fieldkit.study.anchoring import Anchors
from fieldkit.study.errors import StudyError

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.protocol.library import Protocol
    from fieldkit.records.codings import Coding
    from fieldkit.storage.revision import Revision
    from fieldkit.storage.store import Store
    from fieldkit.storage.writes import Mark
    from fieldkit.study.study import Study

_READ: Final = frozenset(
    (
        "respondents",
        "interviews",
        "guides",
        "consents",
        "responses",
        "documents",
        "codes",
        "codings",
        "chart",
        "adjudications",
        "assignments",
        "purges",
    )
)
"""The tables that evidence is made of."""

_FOLLOWED: Final = frozenset(("codings", "chart"))
"""Those of which a change is followed record by record; after any other all is read again."""


class Gathered:
    """A study's evidence as it was last asked for, and how far the journal had come then."""

    def __init__(self, study: Study) -> None:
        """Begin with nothing read."""
        self._study = study
        self._lock = threading.Lock()
        self._evidence: Evidence | None = None
        self._protocol: Protocol | None = None
        self._mark: Mark | None = None

    def now(self) -> Evidence:
        """The evidence with all that was written by now; what was not changed since is not read again.

        Raises:
            StudyError: the framework or codebook is missing or wrong.
        """
        study = self._study
        if study.store is None or study.blind is not None:
            # Who codes blind sees other records than the rest: they are read for each question.
            return _gather(study)
        with self._lock:
            mark = study.store.mark()
            kept = self._kept()
            written = study.store.written_since(self._mark) if kept and self._mark else None
            read = [each for each in written or () if each.table in _READ]
            if kept is None or written is None or any(each.table not in _FOLLOWED for each in read):
                kept = _gather(study)
            elif read:
                kept = _followed(study, kept, read)
            self._evidence, self._protocol, self._mark = kept, study.protocol, mark
            return kept

    def _kept(self) -> Evidence | None:
        return self._evidence if self._protocol is self._study.protocol else None


def evidence(study: Study) -> Evidence:
    """All records that tables are made from, with the framework, codebook and guides in force.

    Raises:
        StudyError: the framework or codebook is missing or wrong.
    """
    if study.gathered is None:
        study.gathered = Gathered(study)
    return study.gathered.now()


def _gather(study: Study) -> Evidence:
    with no_collection():
        return _read(study)


def _read(study: Study) -> Evidence:
    from fieldkit.findings.evidence import Evidence

    store = study.store
    interviews = study.records("interviews")
    guides = dict(study.protocol.guides)
    for interview in interviews:
        if interview.guide_hash and interview.guide_hash not in guides:
            try:
                guides[interview.guide_hash] = study.guide_for(interview).base
            except StudyError:
                continue
    codings, waiting = _anchored(study, study.rows("codings"))
    return Evidence(
        framework=study.framework,
        codebook=study.codebook,
        guides=guides,
        respondents=tuple(study.records("respondents")),
        interviews=tuple(interviews),
        responses=tuple(study.records("responses")),
        codings=tuple(codings.values()),
        adjudications=tuple(study.records("adjudications")),
        assignments=tuple(study.records("assignments")),
        chart=tuple(study.records("chart")),
        consents=tuple(study.records("consents")),
        documents=tuple(study.records("documents")),
        waiting=frozenset(waiting),
        conflicts=frozenset(each for each in store.conflicts() if each[0] in _READ) if store else frozenset(),
        as_of=_last_change(store) if store else None,
    )


def _last_change(store: Store) -> str | None:
    """When what findings are made from was last changed."""
    revisions = (each for change in store.changes_backwards() for each in reversed(change.revisions))
    return next((each.at for each in revisions if each.table in _READ), None)


def _followed(study: Study, kept: Evidence, written: list[Revision]) -> Evidence:
    """The evidence with the codings and chart cells as they stand now that were written since."""
    from fieldkit.findings.recounting import recounted

    store = study.begin_store()
    touched = {(each.table, each.record) for each in written}
    gone = {record for table, record in touched if table == "codings"}
    bodies = {record: body for record in sorted(gone) if (body := study.row("codings", record)) is not None}
    codings, waiting = _anchored(study, bodies)
    cells = sorted(record for table, record in touched if table == "chart")
    return recounted(
        kept,
        {record: codings.get(record) for record in sorted(gone)},
        {record: study.record("chart", record) for record in cells},
        waiting=kept.waiting - gone | waiting,
        conflicts=kept.conflicts - touched | {each for each in touched if len(store.heads(*each)) > 1},
        as_of=written[-1].at,
    )


def _anchored(study: Study, bodies: Mapping[str, dict[str, Any]]) -> tuple[dict[str, Coding], set[str]]:
    """Codings where they stand in the texts as they are now, by id, and ids of those to be decided on."""
    from fieldkit.records.codings import Coding

    anchors = Anchors(study)
    codings, waiting = {}, set()
    for record, body in bodies.items():
        found = anchors.anchored(body)
        codings[record] = Coding.of(anchors.body(body, found))
        if not found.settled:
            waiting.add(record)
    return codings, waiting
