"""Who speaks to each evaluation question, kept as codings come and go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from fieldkit.findings.heard import Passage, Place
from fieldkit.protocol.framework import Framework

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence

_Key = TypeVar("_Key")

Behind = dict[str, set[str]]
"""Id of a person to the ids of the responses that she is counted for."""


@dataclass(frozen=True)
class Asked:
    """Persons asked about one evaluation question, and of them those who answered."""

    asked: Behind = field(default_factory=dict)
    answered: Behind = field(default_factory=dict)


@dataclass(frozen=True)
class Coded:
    """The coded passages tied to one evaluation question.

    Attributes:
        persons: id of each person who speaks in one, to the responses and how often in each.
        places: where they stand, to how many codings stand there.
        speakers: where they stand, to the ids of the persons who speak there.
        spoken: the persons of a place to how many places are theirs.
    """

    persons: dict[str, dict[str, int]] = field(default_factory=dict)
    places: dict[Place, int] = field(default_factory=dict)
    speakers: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    spoken: dict[tuple[str, ...], int] = field(default_factory=dict)

    def copied(self) -> Coded:
        """The same once more: changing it leaves this one as it is."""
        persons = {person: dict(times) for person, times in self.persons.items()}
        return Coded(persons, dict(self.places), dict(self.speakers), dict(self.spoken))

    def add(self, passage: Passage) -> None:
        """Count a passage."""
        place = passage.place
        for person in passage.persons:
            _step(self.persons.setdefault(person, {}), place[0], 1)
        _step(self.places, place, 1)
        if self.places[place] == 1:
            self.speakers[place] = passage.persons
            _step(self.spoken, passage.persons, 1)

    def remove(self, passage: Passage) -> None:
        """Count a passage no longer.

        Raises:
            KeyError: it was not added.
        """
        place = passage.place
        for person in passage.persons:
            _step(self.persons[person], place[0], -1)
            if not self.persons[person]:
                del self.persons[person]
        _step(self.places, place, -1)
        if place not in self.places:
            _step(self.spoken, self.speakers.pop(place), -1)


def asked_on(evidence: Evidence) -> dict[str, Asked]:
    """Who was asked and who answered, by the id of each evaluation question and part."""
    above = _Above(evidence.framework)
    found = {question: Asked() for question in above.questions}
    for heard in evidence.heard.values():
        for question in above.of(heard.leaves) if heard.asked else ():
            for person in heard.persons:
                found[question].asked.setdefault(person, set()).add(heard.response.id)
                if heard.answered:
                    found[question].answered.setdefault(person, set()).add(heard.response.id)
    return found


def charted_on(evidence: Evidence) -> dict[str, frozenset[str]]:
    """Ids of the persons with a position in the chart, by the id of each evaluation question and part."""
    above = _Above(evidence.framework)
    found: dict[str, set[str]] = {question: set() for question in above.questions}
    for cell in evidence.cells:
        for question in above.of(evidence.leaves([cell.evaluation_question])) if cell.position else ():
            found[question].add(cell.respondent)
    return {question: frozenset(persons) for question, persons in found.items()}


def coded_on(evidence: Evidence) -> dict[str, Coded]:
    """The coded passages, by the id of each evaluation question and part."""
    above = _Above(evidence.framework)
    found = {question: Coded() for question in above.questions}
    for passages in evidence.passages_in.values():
        for passage in passages:
            for question in above.of(passage.leaves):
                found[question].add(passage)
    return found


def coded_since(evidence: Evidence, gone: Iterable[Passage], come: Iterable[Passage]) -> dict[str, Coded]:
    """What `coded_on` would tell after some passages were taken out and others put in.

    Args:
        evidence: the evidence before; what it tells stays as it was.
        gone: passages that it counts.
        come: passages that it does not.
    """
    above = _Above(evidence.framework)
    found = dict(evidence.coded_on)
    copied: set[str] = set()

    def own(question: str) -> Coded:
        if question not in copied:
            copied.add(question)
            found[question] = found[question].copied()
        return found[question]

    for passage in gone:
        for question in above.of(passage.leaves):
            own(question).remove(passage)
    for passage in come:
        for question in above.of(passage.leaves):
            own(question).add(passage)
    return found


class _Above:
    """The evaluation questions and parts that passages count under."""

    def __init__(self, framework: Framework) -> None:
        named = (*framework.evaluation_questions, *framework.leaves)
        self.questions = list(dict.fromkeys(each.id for each in named))
        self._of_leaf: dict[str, list[str]] = {}
        for question in self.questions:
            for leaf in framework.leaf_ids(question):
                self._of_leaf.setdefault(leaf, []).append(question)
        self._of: dict[frozenset[str], list[str]] = {}

    def of(self, leaves: frozenset[str]) -> list[str]:
        """Ids of those that are reached through some leaves, each once."""
        found = self._of.get(leaves)
        if found is None:
            reached = (question for leaf in leaves for question in self._of_leaf.get(leaf, ()))
            found = self._of[leaves] = list(dict.fromkeys(reached))
        return found


def _step(times: dict[_Key, int], key: _Key, step: int) -> None:
    now = times.get(key, 0) + step
    if now:
        times[key] = now
    else:
        del times[key]
