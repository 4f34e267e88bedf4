"""The passages that a finding can name for or against it, and those it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.findings.code_documents import document_codings
from fieldkit.say import t
from fieldkit.study.anchoring import Anchors, Coded, place_of
from fieldkit.study.finding_quotes import why_not
from fieldkit.study.naming import about
from fieldkit.study.standing import Standing, spans_of

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.records.codings import Coding
    from fieldkit.records.findings import Finding
    from fieldkit.study.study import Study


@dataclass(frozen=True)
class NamedPassage:
    """A passage, with all the codings that stand on just it.

    Attributes:
        codings: ids of its codings.
        place: table and id of the response or document it stands in.
        start: first code point.
        end: the code point after the last.
        about: whose answer to which item it is, or the document's name.
        words: its words as they stand now; empty where they are gone, or are not to be shown.
        codes: ids of its codes, sorted.
        why_not: why it may not be quoted; None where it may.
    """

    codings: tuple[str, ...]
    place: tuple[Coded, str]
    start: int
    end: int
    about: str
    words: str
    codes: tuple[str, ...]
    why_not: str | None

    def named_in(self, ids: Iterable[str]) -> bool:
        """Whether one of its codings is among these."""
        return not set(ids).isdisjoint(self.codings)


class FindingPassages:
    """Passages as the study stands when this is made."""

    def __init__(self, study: Study, evidence: Evidence) -> None:
        """Look at a study.

        Args:
            study: the study.
            evidence: what it has to show.
        """
        self._study = study
        self._evidence = evidence
        self._codings = {coding.id: coding for coding in evidence.codings}
        self._documents = {document.id: document for document in evidence.documents}
        self._anchors, self._standing = Anchors(study), Standing(study)

    def on(self, question: str, finding: Finding | None = None) -> list[NamedPassage]:
        """The passages that are coded to an evaluation question, and those that a finding names already.

        Args:
            question: its id, or that of a part.
            finding: the finding.

        Returns:
            Each passage once, in the order of what they are about and of the text.
        """
        evidence = self._evidence
        wanted = evidence.leaves([question])
        tied = [each.coding for each in evidence.passages if each.leaves & wanted]
        tied += document_codings(evidence, wanted)
        named = [*finding.supports, *finding.contradicts, *finding.quotes] if finding is not None else []
        found = {coding.id: coding for coding in tied}
        found |= {name: self._codings[name] for name in named if name in self._codings}
        return self._passages(found.values())

    def named(self, ids: Iterable[str]) -> list[NamedPassage]:
        """The passages of some codings; one that is gone is not among them.

        Args:
            ids: ids of codings.
        """
        return self._passages(self._codings[each] for each in ids if each in self._codings)

    def _passages(self, codings: Iterable[Coding]) -> list[NamedPassage]:
        places: dict[tuple[str, int, int], list[Coding]] = {}
        for coding in codings:
            place = coding.response or coding.document or "", coding.start, coding.end
            places.setdefault(place, []).append(coding)
        found = [self._passage(given) for given in places.values()]
        return sorted(
            found, key=lambda each: (each.place[0] == "documents", each.about, each.start, each.end)
        )

    def _passage(self, given: list[Coding]) -> NamedPassage:
        first = given[0]
        table, record = place_of(first.body())
        return NamedPassage(
            codings=tuple(coding.id for coding in given),
            place=(table, record),
            start=first.start,
            end=first.end,
            about=str(about(self._study, table, self._study.row(table, record) or {})),
            words=self._words(first),
            codes=tuple(sorted({coding.code for coding in given})),
            why_not=why_not(self._study, first.id, self._anchors, self._standing),
        )

    def _words(self, coding: Coding) -> str:
        if coding.document is not None:
            document = self._documents.get(coding.document)
            return document.text[coding.start : coding.end] if document is not None else ""
        heard = self._evidence.heard.get(coding.response or "")
        row = self._study.row("responses", coding.response or "")
        place = {"response": coding.response, "start": coding.start, "end": coding.end}
        if heard is None or row is None or not self._standing.passage(spans_of(row), place):
            return ""
        words = heard.response.text[coding.start : coding.end]
        return words or (t("the value alone") if coding.start == coding.end else "")
