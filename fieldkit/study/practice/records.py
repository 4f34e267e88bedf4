"""All records of the practice study, worked out from its guides; the same ones every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldkit.protocol.codebook import Codebook
from fieldkit.protocol.framework import Framework
from fieldkit.protocol.guide import Guide
from fieldkit.records.base import Record
from fieldkit.records.codings import ChartCell, Coding
from fieldkit.records.findings import StoredGuide, StudyMark
from fieldkit.records.interviews import Interview
from fieldkit.records.respondents import Contact, Respondent
from fieldkit.study.practice.analysis import chart, first_codings, second_codings
from fieldkit.study.practice.bank import load_bank
from fieldkit.study.practice.draw import Draw
from fieldkit.study.practice.interviews import Held, hold_interview
from fieldkit.study.practice.people import Person, load_people


@dataclass(frozen=True)
class PracticeRecords:
    """What the practice study holds.

    Attributes:
        mark: says that everything in it is made up.
        guides: the guides the interviews were held with.
        respondents: the roster.
        contacts: who they would be.
        held: interviews begun, with consents and responses.
        planned: interviews that were only planned.
        codings: by both coders.
        chart: by the first coder.
    """

    mark: StudyMark
    guides: tuple[StoredGuide, ...]
    respondents: tuple[Respondent, ...]
    contacts: tuple[Contact, ...]
    held: tuple[Held, ...]
    planned: tuple[Interview, ...]
    codings: tuple[Coding, ...]
    chart: tuple[ChartCell, ...]

    def arranged(self) -> dict[str, Sequence[Record]]:
        """What there was before the first interview, by table."""
        return {
            "study": [self.mark],
            "guides": self.guides,
            "respondents": self.respondents,
            "contacts": self.contacts,
            "interviews": self.planned,
        }

    def noted_by(self, interviewer: str) -> dict[str, Sequence[Record]]:
        """What one interviewer brought back, by table."""
        held = [each for each in self.held if each.interview.interviewer == interviewer]
        return {
            "interviews": [each.interview for each in held],
            "consents": [each.consent for each in held],
            "responses": [response for each in held for response in each.responses],
        }


def practice_records(
    framework: Framework, guides: Mapping[str, Guide], codebook: Codebook
) -> PracticeRecords:
    """Work out the records of the practice study.

    Args:
        framework: the shipped framework.
        guides: the shipped guides, by id.
        codebook: the shipped codebook.

    Returns:
        The records, equal whenever these three are.
    """
    wider = {group.id: group.reporting_group for group in framework.respondent_groups}
    people = load_people()
    by_group = {guide.respondent_group: guide for guide in guides.values()}
    bank = load_bank()
    held = tuple(
        hold_interview(person, _respondent_id(person), by_group[person.group], bank)
        for person in people
        if person.at
    )
    planned = tuple(_planned(person, by_group[person.group]) for person in people if person.planned)
    kin = _kin(codebook)
    versions = {code.id: code.definition_version for code in codebook.codes}
    return PracticeRecords(
        mark=StudyMark(id="study", practice=True),
        guides=tuple(StoredGuide.of_guide(guide) for guide in guides.values()),
        respondents=tuple(_respondent(person, wider[person.group]) for person in people),
        contacts=tuple(_contact(person, number) for number, person in enumerate(people, start=1)),
        held=held,
        planned=planned,
        codings=tuple(
            coding.model_copy(update={"code_version": versions[coding.code]})
            for each in held
            for coding in (*first_codings(each), *second_codings(each, kin))
        ),
        chart=tuple(cell for each in held for cell in chart(each)),
    )


def _respondent_id(person: Person) -> str:
    return Draw(person.code, "respondent").record_id()


def _respondent(person: Person, reporting_group: str) -> Respondent:
    return Respondent.of(
        {
            "id": _respondent_id(person),
            "code": person.code,
            "group": person.group,
            "reporting_group": reporting_group,
            "place": person.place,
            "level": person.level,
            "language": person.language,
            "status": person.status,
            "attributes": {"post": person.post} if person.post else {},
        }
    )


def _contact(person: Person, number: int) -> Contact:
    return Contact(
        id=Draw(person.code, "contact").record_id(),
        respondent=_respondent_id(person),
        name=f"Made-up Person {number}",
        organisation=person.group,
        email=f"person-{number:02}@example.org",
        notes="Made up for practice; there is no such person.",
    )


def _planned(person: Person, guide: Guide) -> Interview:
    return Interview.of(
        {
            "id": Draw(person.code, "interview").record_id(),
            "guide": guide.id,
            "guide_version": guide.version,
            "respondents": [_respondent_id(person)],
            "interviewer": person.interviewer,
            "state": "planned",
            "mode": person.mode,
            "language": person.language,
            "planned_at": person.planned,
        }
    )


def _kin(codebook: Codebook) -> dict[str, list[str]]:
    """Each code's siblings: the codes under the same parent."""
    return {
        code.id: [
            other.id
            for other in codebook.codes
            if code.parent and other.parent == code.parent and other is not code
        ]
        for code in codebook.codes
    }
