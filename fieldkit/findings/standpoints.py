"""What each source says to a statement: respondent groups within interviews, and other methods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

from fieldkit.findings.code_documents import line_of
from fieldkit.findings.coverage import reaches
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.heard import CONSENSUS
from fieldkit.findings.positions import held_positions
from fieldkit.protocol.texts import Text

Verdict = Literal["agrees", "partly", "contradicts", "silent"]
"""What a source says to a statement."""

INTERVIEWS: Final = "interviews"
"""The method that respondent groups are sources of, where the framework names none of that kind."""

_INTERVIEWS_NAME: Final = Text.model_validate({"en": "Interviews", "fr": "Entrevues"})

AGREES_FROM: Final = Fraction(3, 4)
"""Share of those answering from which a group agrees."""


@dataclass(frozen=True)
class Statement:
    """What is stated on one evaluation question, and the passages named for and against it.

    Attributes:
        question: id of the evaluation question or part.
        holds: whether it says that the proposition holds; None where it takes no side.
        supports: ids of codings for it.
        contradicts: ids of codings against it.
    """

    question: str
    holds: bool | None
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """What one source says: a respondent group in persons, another method in documents.

    Attributes:
        id: id of the group, or of the line of evidence.
        name: its name.
        agree: how many hold what is stated.
        against: how many hold the opposite.
        between: how many stand between.
        answering: how many took any position, or spoke to it; the denominator.
        second_hand: how many of those who agree know it from others only.
        interested: whether it is a group with a stake in the answer.
        answered_by: ids of the persons or documents that answer, sorted.
    """

    id: str
    name: Text
    agree: int = 0
    against: int = 0
    between: int = 0
    answering: int = 0
    second_hand: int = 0
    interested: bool = False
    answered_by: tuple[str, ...] = ()

    @property
    def side(self) -> int:
        """1 where at least half hold it and fewer the opposite, -1 the other way round, else 0."""
        for_it = 2 * self.agree >= self.answering and self.agree > self.against
        against_it = 2 * self.against >= self.answering and self.against > self.agree
        return int(for_it) - int(against_it)

    def reaches(self, share: Fraction) -> bool:
        """Whether this share of those answering, or more, hold what is stated; of nobody never."""
        return self.agree > 0 and self.agree * share.denominator >= share.numerator * self.answering

    @property
    def verdict(self) -> Verdict:
        """What it says: `agrees` from three quarters on with nobody more against than for it."""
        if not self.agree + self.against + self.between:
            return "silent"
        if self.side < 0 or not self.agree + self.between:
            return "contradicts"
        return "agrees" if self.reaches(AGREES_FROM) else "partly"


@dataclass(frozen=True)
class Standpoints:
    """What all sources say to one statement.

    Attributes:
        groups: the respondent groups, in the framework's order, silent ones too.
        methods: every line of evidence other than interviews, silent ones too.
        interviews: all persons together.
    """

    groups: tuple[Source, ...]
    methods: tuple[Source, ...]
    interviews: Source

    @property
    def all_methods(self) -> tuple[Source, ...]:
        """Interviews, then the other methods."""
        return (self.interviews, *self.methods)


def standpoints(evidence: Evidence, statement: Statement) -> Standpoints:
    """Find what each source says to a statement.

    A person says what the chart has of her; one without a position there, what her passages say that
    are named for or against it. A document says what its named passages say; those of the programme's own
    profile are no independent evidence and say nothing.

    Args:
        evidence: the study's evidence.
        statement: the statement.

    Returns:
        All sources of the framework, and lines of evidence that only documents name.
    """
    stands = _persons(evidence, statement)
    second = _second_hand(evidence, statement.question)
    groups = []
    for group in evidence.framework.respondent_groups:
        here = {p: s for p, s in stands.items() if evidence.people[p].group == group.id}
        counted = _counted(group.id, group.name, here, second)
        groups.append(replace(counted, interested=group.interested))
    lines = evidence.framework.lines_of_evidence
    named = next((line for line in lines if line.kind == "interviews"), None)
    together = _counted(
        named.id if named else INTERVIEWS, named.name if named else _INTERVIEWS_NAME, stands, second
    )
    return Standpoints(tuple(groups), tuple(_methods(evidence, statement)), together)


def responses_behind(evidence: Evidence, statement: Statement, persons: Iterable[str]) -> tuple[str, ...]:
    """Ids of the responses for which some persons say what they say to a statement, sorted.

    Args:
        evidence: the study's evidence.
        statement: the statement.
        persons: their ids.

    Returns:
        Those that answer its evaluation question or are coded on it, of who has a position there, and
        those with a passage that is named for or against it.
    """
    wanted = set(persons)
    named = {*statement.supports, *statement.contradicts}
    found = {
        passage.heard.response.id
        for passage in evidence.passages
        if passage.coding.id in named and not wanted.isdisjoint(passage.persons)
    }
    framework = evidence.framework
    if statement.holds is not None and framework.has_question(statement.question):
        reach = reaches(evidence, [framework.question(statement.question)])[statement.question]
        found |= reach.responses("charted", wanted & reach.charted)
    return tuple(sorted(found))


def _persons(evidence: Evidence, statement: Statement) -> dict[str, int | None]:
    """Person to 1 for the statement, -1 against, 0 between; None where her position takes no side."""
    if statement.holds is None:
        charted: dict[str, int | None] = {}
    else:
        sign = 1 if statement.holds else -1
        stances = {each.id: each.stance for each in evidence.framework.positions}
        held = held_positions(evidence).get(statement.question)
        charted = {
            person: None if (stance := stances[position]) is None else sign * stance
            for person, position in (held.positions.items() if held else ())
        }
        # Where coders differ nobody knows yet where she stands, whatever her passages say.
        for person in held.disputed if held else ():
            charted[person] = None
    named = dict.fromkeys(statement.supports, 1) | dict.fromkeys(statement.contradicts, -1)
    said: dict[str, set[int]] = {}
    for passage in evidence.passages:
        if passage.coding.id in named:
            for person in passage.persons:
                said.setdefault(person, set()).add(named[passage.coding.id])
    spoken = {person: sum(sides) for person, sides in said.items() if person not in charted}
    return charted | spoken


def _second_hand(evidence: Evidence, question: str) -> set[str]:
    """Persons who know of it from others only."""
    told = {basis.id for basis in evidence.framework.bases if basis.second_hand}
    own: dict[str, set[str]] = {}
    agreed: dict[str, set[str]] = {}
    for cell in evidence.cells:
        if cell.evaluation_question == question and (cell.basis or cell.layer == CONSENSUS):
            bases = agreed if cell.layer == CONSENSUS else own
            bases.setdefault(cell.respondent, set()).update([cell.basis] if cell.basis else [])
    return {person for person, known in (own | agreed).items() if known and known <= told}


def _counted(name_id: str, name: Text, stands: dict[str, int | None], second: set[str]) -> Source:
    sides = list(stands.values())
    return Source(
        id=name_id,
        name=name,
        agree=sides.count(1),
        against=sides.count(-1),
        between=sides.count(0),
        answering=len(sides),
        second_hand=sum(stand == 1 and person in second for person, stand in stands.items()),
        answered_by=tuple(sorted(stands)),
    )


def _methods(evidence: Evidence, statement: Statement) -> Iterable[Source]:
    documents = {each.id: each for each in evidence.documents if each.role != "profile"}
    named = dict.fromkeys(statement.supports, 1) | dict.fromkeys(statement.contradicts, -1)
    sides: dict[str, set[int]] = {}
    for coding in evidence.codings:
        if coding.id in named and coding.document in documents:
            sides.setdefault(coding.document, set()).add(named[coding.id])
    names = {each.id: each.name for each in evidence.framework.lines_of_evidence if each.kind != "interviews"}
    for line in sorted({line_of(evidence, each) for each in documents.values()} - names.keys()):
        names[line] = Text.model_validate({"en": line})
    for line, name in names.items():
        here: dict[str, int | None] = {
            document: sum(said)
            for document, said in sides.items()
            if line_of(evidence, documents[document]) == line
        }
        yield _counted(line, name, here, set())
