"""What tables are made from, and which of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from fieldkit.findings.code_counts import CodedPersons
from fieldkit.findings.footnotes import footnotes, left_out
from fieldkit.findings.heard import Heard, Passage
from fieldkit.findings.passage_counts import Counted, PassageCounts
from fieldkit.findings.passages import passages_of, place_of
from fieldkit.findings.spoken import Asked, Coded, asked_on, charted_on, coded_on
from fieldkit.protocol.codebook import Codebook
from fieldkit.protocol.framework import Framework
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import Item
from fieldkit.records.adjudications import Adjudication
from fieldkit.records.assignments import Assignment
from fieldkit.records.codings import ChartCell, Coding
from fieldkit.records.consent_rule import counts, is_refusal
from fieldkit.records.documents import Document
from fieldkit.records.interviews import Consent, Interview
from fieldkit.records.respondents import Respondent
from fieldkit.records.responses import Response


@dataclass(frozen=True)
class Evidence:
    """Records of a study, with what they are read by. Nothing in it changes.

    What counts: responses of interviews that are not withdrawn, of persons who neither refused nor
    withdrew consent for that interview, and whose yes is recorded where it was held with fieldkit. In an
    interview with one respondent all counts for her; in a joint one only responses and paragraphs that
    name a person count for a person.

    Attributes:
        framework: the evaluation framework.
        codebook: the codes in force.
        guides: guides by id, and those of older interviews by the hash of their content.
        codings: where they stand in the texts as they are now.
        documents: the texts of other lines of evidence; nobody is counted for them.
        waiting: ids of codings that a person has yet to decide on, since their words were changed.
        conflicts: table and id of the records that were changed on two laptops at once, and are not settled.
        as_of: when the last of all this was written, ISO 8601 in UTC; None where that is not known.
    """

    framework: Framework
    codebook: Codebook
    guides: Mapping[str, Guide]
    respondents: tuple[Respondent, ...] = ()
    interviews: tuple[Interview, ...] = ()
    responses: tuple[Response, ...] = ()
    codings: tuple[Coding, ...] = ()
    adjudications: tuple[Adjudication, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    chart: tuple[ChartCell, ...] = ()
    consents: tuple[Consent, ...] = ()
    documents: tuple[Document, ...] = ()
    waiting: frozenset[str] = frozenset()
    conflicts: frozenset[tuple[str, str]] = frozenset()
    as_of: str | None = None

    @cached_property
    def people(self) -> dict[str, Respondent]:
        """Respondents by id, in the order of their codes."""
        ordered = sorted(self.respondents, key=lambda person: (person.code, person.id))
        return {person.id: person for person in ordered}

    @cached_property
    def refused(self) -> frozenset[tuple[str, str]]:
        """(interview id, respondent id) of those whose consent is refused or withdrawn."""
        return frozenset(
            (consent.interview, consent.respondent)
            for consent in self.consents
            if is_refusal(consent.given, consent.withdrawn_at)
        )

    @cached_property
    def unconsented(self) -> frozenset[tuple[str, str]]:
        """(interview id, respondent id) of those who were met, and whose consent is not recorded."""
        said = {(consent.interview, consent.respondent): consent for consent in self.consents}
        found = set()
        for interview in self.interviews:
            for person in interview.respondents if interview.state != "withdrawn" else ():
                consent = said.get((interview.id, person))
                given, withdrawn_at = (consent.given, consent.withdrawn_at) if consent else (None, None)
                if not counts(given, withdrawn_at, live=bool(interview.sittings)):
                    found.add((interview.id, person))
        return frozenset(found - self.refused)

    @cached_property
    def silent(self) -> frozenset[tuple[str, str]]:
        """(interview id, respondent id) of those whose words count nowhere, whatever the reason."""
        return self.refused | self.unconsented

    @cached_property
    def held(self) -> dict[str, Interview]:
        """Interviews that count, by id: begun or with responses, not withdrawn, somebody consenting."""
        spoken = {response.interview for response in self.responses}
        return {
            interview.id: interview
            for interview in self.interviews
            if interview.state != "withdrawn"
            and (interview.state != "planned" or interview.id in spoken)
            and any((interview.id, person) not in self.silent for person in interview.respondents)
        }

    @cached_property
    def interviewed(self) -> frozenset[str]:
        """Ids of the persons who took part in an interview that counts."""
        return frozenset(
            person
            for interview in self.held.values()
            for person in interview.respondents
            if person in self.people and (interview.id, person) not in self.silent
        )

    @cached_property
    def heard(self) -> dict[str, Heard]:
        """Responses that count, by id, in the order of their ids."""
        found: dict[str, Heard] = {}
        served: dict[tuple[str, str, tuple[str, ...]], tuple[Item | None, frozenset[str]]] = {}
        for response in sorted(self.responses, key=lambda response: response.id):
            interview = self.held.get(response.interview)
            if interview is None or self._is_taken_back(response, interview):
                continue
            version = interview.guide_hash or interview.guide
            if interview.added_items:
                # The same id may stand for another item in another interview.
                version = interview.id
            also = tuple(response.also_answers) if response.disposition == "answered" else ()
            key = (version, response.item, also)
            if key not in served:
                served[key] = self._serves(interview, response.item, also)
            item, leaves = served[key]
            found[response.id] = Heard(response, interview, item, self._voices(response, interview), leaves)
        return found

    @cached_property
    def codings_by_id(self) -> dict[str, Coding]:
        """The codings by id."""
        return {coding.id: coding for coding in self.codings}

    @cached_property
    def codings_in(self) -> dict[str, tuple[Coding, ...]]:
        """The codings by the id of the response or document that they stand in."""
        found: dict[str, list[Coding]] = {}
        for coding in self.codings:
            found.setdefault(place_of(coding), []).append(coding)
        return {place: tuple(codings) for place, codings in found.items()}

    @cached_property
    def passages_in(self) -> dict[str, tuple[Passage, ...]]:
        """Codings that count by the id of the response they stand in; consensus stands for coders' own."""
        return {place: passages_of(self, place, codings) for place, codings in self.codings_in.items()}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Codings that count, in the order of their ids."""
        found = [passage for passages in self.passages_in.values() for passage in passages]
        return tuple(sorted(found, key=lambda passage: passage.coding.id))

    @cached_property
    def passage_counts(self) -> PassageCounts:
        """The passages, being counted; handed on to the evidence after the next change, see `recounted`."""
        counts = PassageCounts(self.people, self.decided)
        for passages in self.passages_in.values():
            for passage in passages:
                counts.add(passage)
        return counts

    @cached_property
    def counted_passages(self) -> Counted:
        """The passages counted."""
        return self.passage_counts.now()

    @property
    def coded(self) -> CodedPersons:
        """Who speaks of what."""
        return self.counted_passages.persons

    @cached_property
    def asked_on(self) -> dict[str, Asked]:
        """Who was asked and who answered, by evaluation question and part."""
        return asked_on(self)

    @cached_property
    def coded_on(self) -> dict[str, Coded]:
        """The coded passages by evaluation question and part."""
        return coded_on(self)

    @cached_property
    def charted_on(self) -> dict[str, frozenset[str]]:
        """Who has a position in the chart, by evaluation question and part."""
        return charted_on(self)

    @cached_property
    def settled(self) -> dict[str, frozenset[str]]:
        """Id of a response to the codes that were adjudicated in it."""
        found: dict[str, set[str]] = {}
        for each in self.adjudications:
            found.setdefault(each.response, set()).add(each.code)
        return {response: frozenset(codes) for response, codes in found.items()}

    @cached_property
    def decided(self) -> frozenset[str]:
        """Ids of the codings that adjudications brought."""
        return frozenset(coding for each in self.adjudications for coding in each.codings)

    @cached_property
    def cells(self) -> tuple[ChartCell, ...]:
        """Chart cells that count: of persons on the roster, but for those whose interviews all fell away."""
        withdrawn = {
            person
            for interview in self.interviews
            if interview.state == "withdrawn"
            for person in interview.respondents
        }
        silenced = (withdrawn | {person for _, person in self.silent}) - self.interviewed
        counted = (
            cell
            for cell in self.chart
            if cell.respondent in self.people
            and cell.respondent not in silenced
            and (cell.interview, cell.respondent) not in self.silent
            and (cell.interview is None or cell.interview in self.held)
        )
        return tuple(sorted(counted, key=lambda cell: cell.id))

    @cached_property
    def codable(self) -> dict[str, Heard]:
        """Answers that count and have words, which can be coded, by id."""
        return {
            name: heard
            for name, heard in self.heard.items()
            if heard.answered and any(paragraph.text.strip() for paragraph in heard.response.paragraphs)
        }

    @cached_property
    def uncoded(self) -> tuple[Heard, ...]:
        """Those of them that nobody has coded."""
        return tuple(heard for name, heard in self.codable.items() if name not in self.codings_in)

    def guide_of(self, interview: Interview) -> Guide | None:
        """The guide an interview was held with, in its version where known, and what was added in it."""
        guide = self.guides.get(interview.guide_hash or "") or self.guides.get(interview.guide)
        return guide.with_added(interview.added_items) if guide is not None else None

    def leaves(self, questions: Iterable[str]) -> frozenset[str]:
        """Evaluation questions with those that have parts replaced by their parts; unknown ones left out."""
        asked = tuple(questions)
        found = self._leaves.get(asked)
        if found is None:
            framework = self.framework
            known = (question for question in asked if framework.has_question(question))
            found = frozenset(leaf for question in known for leaf in framework.leaf_ids(question))
            self._leaves[asked] = found
        return found

    @cached_property
    def _leaves(self) -> dict[tuple[str, ...], frozenset[str]]:
        """What `leaves` has told already."""
        return {}

    def served(self, guide: Guide, item_id: str) -> frozenset[str]:
        """Leaves that an item of a guide serves; one in a repeat also serves what the repeat does."""
        return self.leaves(guide.questions_of(item_id)) if guide.has_item(item_id) else frozenset()

    def codes_of(self, persons: Iterable[str]) -> tuple[str, ...]:
        """The codes that persons go by, sorted."""
        return tuple(sorted(self.people[person].code for person in persons))

    def notes(self, language: str) -> list[str]:
        """What was not counted, or counted with a reservation; one line each."""
        return footnotes(self, language)

    @cached_property
    def left_out(self) -> dict[str, int]:
        """Key of a note, on what neither codings nor the chart change, to how many it is about."""
        return left_out(self)

    def _is_taken_back(self, response: Response, interview: Interview) -> bool:
        """Whether all that a response holds is of persons who took their consent back."""
        if response.respondent is not None:
            return (interview.id, response.respondent) in self.silent
        named = {paragraph.respondent for paragraph in response.paragraphs}
        if response.value is not None or not named:
            return False
        return all(person is not None and (interview.id, person) in self.silent for person in named)

    def _voices(self, response: Response, interview: Interview) -> tuple[str, ...]:
        """Ids of the persons a response counts for."""
        if response.respondent is not None:
            named: Iterable[str | None] = (response.respondent,)
        elif len(interview.respondents) == 1:
            named = interview.respondents
        else:
            named = {paragraph.respondent for paragraph in response.paragraphs}
        return self.counted(named, interview)

    def counted(self, named: Iterable[str | None], interview: Interview) -> tuple[str, ...]:
        """Ids of those of some persons who count in an interview, sorted."""
        return tuple(
            sorted(
                person
                for person in named
                if person is not None and person in self.people and (interview.id, person) not in self.silent
            )
        )

    def _serves(
        self, interview: Interview, item_id: str, also: tuple[str, ...]
    ) -> tuple[Item | None, frozenset[str]]:
        """An item, and the leaves that it and the other items answered with it serve."""
        guide = self.guide_of(interview)
        if guide is None:
            return None, frozenset()
        item = guide.item(item_id) if guide.has_item(item_id) else None
        return item, frozenset().union(*(self.served(guide, each) for each in (item_id, *also)))
