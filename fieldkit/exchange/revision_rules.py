"""What the records of an archive of revisions must hang together with, and what is let through.

A study's own archive must always come back, also after guides were changed and records deleted. So
what was once there counts as there, and what was right for an earlier guide or text is told of only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.record_rules import value_problems
from fieldkit.exchange.references import References
from fieldkit.say import grouped, t
from fieldkit.study.errors import StudyError
from fieldkit.text import shortened

if TYPE_CHECKING:
    from fieldkit.storage.revision import Revision
    from fieldkit.study.study import Study

Body = Mapping[str, Any]

_NAMES = {
    "interviews": (("respondents", "respondents"),),
    "contacts": (("respondent", "respondents"),),
    "consents": (("interview", "interviews"),),
    "responses": (("interview", "interviews"),),
    "codings": (("response", "responses"), ("document", "documents")),
    "chart": (("respondent", "respondents"), ("interview", "interviews")),
}
"""Table to the fields that name records, and the table each names a record of."""

NAMED = 3
"""Records that a note names; of more it says how many."""


class RevisionRules:
    """Holds what the revisions of an archive end in against the archive and the study together.

    Attributes:
        references: the archive and the study seen together, deleted records with them.
    """

    def __init__(
        self, study: Study, revisions: Iterable[Revision], shown: Mapping[str, Mapping[str, dict[str, Any]]]
    ) -> None:
        """Look at a study and an archive together.

        Args:
            study: the study.
            revisions: all that the archive holds.
            shown: table name to record id to body: what those end in that the study lacks.
        """
        self.references = References(study, shown, past=self._past)
        self._study = study
        self._revisions = {revision.id: revision for revision in revisions}
        self._remarks: dict[str, list[str]] = {}

    def problems(self, table: str, body: Body) -> list[str]:
        """What is wrong with a record beside its form.

        Args:
            table: the record's table.
            body: the record, right as such.

        Returns:
            One line for each fault; what is let through is remembered for `notes`.
        """
        place = f"{table} {shortened(body['id'], 100)}"
        problems = [*self._missing(table, body, place), *self.references.problems(table, body)]
        match table:
            case "interviews":
                self._look_at_guide(body, place)
            case "responses" if not problems:
                problems += self._value(body, place)
            case "codings" if body.get("response") is not None and not problems:
                problems += self._passage(body, place)
        return problems

    def notes(self) -> list[str]:
        """What was let through, one line for each kind, with the first records that it is true of."""
        lines = []
        for remark, places in self._remarks.items():
            told = t("{places} and {n} more: {remark}") if len(places) > NAMED else t("{places}: {remark}")
            named, more = ", ".join(places[:NAMED]), grouped(max(0, len(places) - NAMED))
            lines.append(told.format(places=named, n=more, remark=remark))
        replaced = {parent for revision in self._revisions.values() for parent in revision.parents}
        lost = sum(not self._is_known(revision) for revision in replaced)
        if lost:
            told = t("part of the history only: earlier revisions that the archive lacks: {n}")
            lines.append(told.format(n=grouped(lost)))
        return lines

    def _is_known(self, revision: str) -> bool:
        store = self._study.store
        return revision in self._revisions or (store is not None and store.revision(revision) is not None)

    @cached_property
    def _by_record(self) -> dict[tuple[str, str], list[Revision]]:
        found: dict[tuple[str, str], list[Revision]] = {}
        for revision in self._revisions.values():
            found.setdefault((revision.table, revision.record), []).append(revision)
        return found

    def _history(self, table: str, record: str) -> Iterator[Revision]:
        """The revisions of a record, from the archive and then from the study."""
        yield from self._by_record.get((table, record), ())
        if self._study.store is not None:
            yield from self._study.store.history(table=table, record=record)

    def _past(self, table: str, record: str) -> dict[str, Any] | None:
        states = [revision for revision in self._history(table, record) if revision.body is not None]
        return max(states, key=lambda revision: (revision.lamport, revision.id)).body if states else None

    def _remark(self, place: str, remark: str) -> None:
        self._remarks.setdefault(remark, []).append(place)

    def _missing(self, table: str, body: Body, place: str) -> Iterator[str]:
        """A line for each record that this one names and that never was; deleted ones are told of."""
        for field, named in _NAMES.get(table, ()):
            given = body.get(field)
            for record in given if isinstance(given, list) else [given]:
                if record is None or self.references.present(named, record) is not None:
                    continue
                kind = named.removesuffix("s")
                if next(self._history(named, record), None) is None:
                    told = t("its {kind} {record} is neither in the archive nor in the study")
                    yield told.format(kind=t(kind), record=shortened(record, 100))
                else:
                    self._remark(place, t("the {kind} was deleted since").format(kind=t(kind)))

    def _look_at_guide(self, interview: Body, place: str) -> None:
        kept = interview.get("guide_hash")
        present = self._study.protocol.guides.get(interview["guide"])
        if kept is None or (present is not None and present.content_hash == kept):
            return
        if self.references.row("guides", kept) is not None:
            self._remark(
                place,
                t("held with another form of guide {guide}, and keeps it").format(guide=interview["guide"]),
            )
        else:
            self._remark(
                place,
                t("the form of guide {guide} that it was held with is not kept").format(
                    guide=interview["guide"]
                ),
            )

    def _value(self, response: Body, place: str) -> list[str]:
        interview = self.references.row("interviews", response["interview"]) or {}
        try:
            guide = self.references.guide_of(interview)
        except StudyError:
            return []
        problems = value_problems(guide, response)
        kept, version = interview.get("guide_hash"), interview.get("guide_version")
        as_held = guide.content_hash == kept if kept is not None else guide.version == version
        if problems and not as_held and self.references.row("guides", kept) is None:
            self._remark(place, t("the value does not fit guide {guide} as it is now").format(guide=guide.id))
            return []
        return problems

    def _passage(self, coding: Body, place: str) -> list[str]:
        """Hold a passage against the text that it was marked in, or any that the response ever had."""
        response, end = coding["response"], coding["end"]
        now = self.references.present("responses", response)
        if now is not None and end <= _length(now):
            return []
        states = list(self._history("responses", response))
        marked = [revision for revision in states if revision.id == coding.get("revision")]
        lengths = [_length(revision.body) for revision in marked or states if revision.body is not None]
        if any(end <= length for length in lengths):
            self._remark(place, t("the passage was marked in an earlier text of the response"))
            return []
        if any(not self._is_known(parent) for revision in states for parent in revision.parents):
            self._remark(place, t("the text that the passage was marked in is not in this archive"))
            return []
        longest = max(lengths, default=0)
        told = t("the passage {start} to {end} goes beyond the text, which has {n} characters")
        return [told.format(start=coding["start"], end=end, n=longest)]


def _length(response: Body) -> int:
    """Characters of a response's text; earlier states were not looked over, so any shape is met."""
    paragraphs = response.get("paragraphs")
    texts = [
        paragraph["text"]
        for paragraph in (paragraphs if isinstance(paragraphs, list) else [])
        if isinstance(paragraph, dict) and isinstance(paragraph.get("text"), str)
    ]
    return sum(map(len, texts)) + max(len(texts) - 1, 0)
