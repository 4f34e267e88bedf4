"""Coverage: which evaluation questions which groups were asked about, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import grouping
from fieldkit.findings.spoken import Asked, Coded
from fieldkit.protocol.framework import EvaluationQuestion, Mark

MEASURES = ("asked", "answered", "coded", "charted")
"""What is counted for each evaluation question: persons, each once."""


@dataclass(frozen=True)
class CoverageCell:
    """How far one group has spoken to one evaluation question.

    Attributes:
        question: id of the evaluation question.
        group: id of the respondent group.
        mark: whether the matrix says that it is asked.
        interviewed: persons of the group in interviews that count.
        asked: of them, those asked an item that serves the question.
        answered: of them, those who answered one.
        coded: of them, those with a coded passage tied to the question.
        charted: of them, those with a position in the chart, on any part of the question.
    """

    question: str
    group: str
    mark: Mark
    interviewed: int
    asked: int
    answered: int
    coded: int
    charted: int

    @property
    def empty(self) -> bool:
        """Whether the matrix wants it and nobody answered, whether anybody was interviewed or not."""
        return self.mark in ("asked", "facts") and self.answered == 0

    @property
    def gap(self) -> bool:
        """Whether the matrix wants it, persons were interviewed, and none of them answered."""
        return self.empty and self.interviewed > 0


@dataclass(frozen=True)
class Reach:
    """Persons, responses and passages behind one evaluation question.

    Attributes:
        asked: who was asked, and who answered.
        coded: the coded passages tied to it.
        charted: ids of the persons with a position in the chart, on any part of the question.
    """

    asked: Asked
    coded: Coded
    charted: frozenset[str]

    def persons(self, measure: str) -> Collection[str]:
        """Ids of the persons counted.

        Args:
            measure: one of `MEASURES`.
        """
        return self.charted if measure == "charted" else self._behind(measure)

    def responses(self, measure: str, persons: Iterable[str]) -> set[str]:
        """Ids of the responses that some persons are counted for.

        Args:
            measure: one of `MEASURES`; who is charted is so for what she answered and where she is coded.
            persons: their ids.
        """
        measures = ("answered", "coded") if measure == "charted" else (measure,)
        behind = [self._behind(each) for each in measures]
        return {response for person in persons for each in behind for response in each.get(person, ())}

    def _behind(self, measure: str) -> Mapping[str, Collection[str]]:
        by_measure: dict[str, Mapping[str, Collection[str]]] = {
            "asked": self.asked.asked,
            "answered": self.asked.answered,
            "coded": self.coded.persons,
        }
        return by_measure[measure]


def coverage(evidence: Evidence) -> dict[tuple[str, str], CoverageCell]:
    """Coverage of the evaluation questions, parts rolled up, by respondent group.

    Args:
        evidence: the study's evidence.

    Returns:
        (evaluation question id, respondent group id) to its cell, questions and groups in the
        framework's order.
    """
    framework = evidence.framework
    groups = grouping(evidence, "group", "en")
    interviewed = groups.spread(evidence.interviewed)
    reached = reaches(evidence, framework.evaluation_questions)
    cells = {}
    for question in framework.evaluation_questions:
        spread = {m: groups.spread(reached[question.id].persons(m)) for m in MEASURES}
        for group in framework.respondent_groups:
            cells[question.id, group.id] = CoverageCell(
                question=question.id,
                group=group.id,
                mark=framework.mark(group.id, question.id),
                interviewed=len(interviewed[group.id]),
                asked=len(spread["asked"][group.id]),
                answered=len(spread["answered"][group.id]),
                coded=len(spread["coded"][group.id]),
                charted=len(spread["charted"][group.id]),
            )
    return cells


def reaches(evidence: Evidence, questions: Iterable[EvaluationQuestion]) -> dict[str, Reach]:
    """Who was asked, answered, coded and charted on each evaluation question or part.

    Args:
        evidence: the study's evidence.
        questions: evaluation questions or parts; one with parts is reached through any of them.

    Returns:
        Question id to its reach.
    """
    return {
        question.id: Reach(
            evidence.asked_on[question.id], evidence.coded_on[question.id], evidence.charted_on[question.id]
        )
        for question in questions
    }
