"""Coverage: which evaluation questions which groups were asked about, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import grouping
from fieldkit.findings.heard import Place
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


@dataclass
class Reach:
    """Persons, responses and passages behind one evaluation question.

    Attributes:
        responses: measure, then id of each person counted, to ids of responses.
        passages: distinct places of coded passages, with the persons who speak in them.
    """

    responses: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: {measure: {} for measure in MEASURES}
    )
    passages: dict[Place, tuple[str, ...]] = field(default_factory=dict)

    def add(self, measure: str, persons: Iterable[str], responses: Iterable[str]) -> None:
        """Count persons, and note the responses they are counted for."""
        counted = self.responses[measure]
        for person in persons:
            if person not in counted:
                counted[person] = set()
            counted[person].update(responses)

    def persons(self, measure: str) -> set[str]:
        """Ids of the persons counted."""
        return set(self.responses[measure])


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
    found = {question.id: Reach() for question in questions}
    above: dict[str, list[Reach]] = {}
    for question_id, reach in found.items():
        for leaf in evidence.framework.leaf_ids(question_id):
            above.setdefault(leaf, []).append(reach)
    at: dict[frozenset[str], list[Reach]] = {}

    def reached(leaves: frozenset[str]) -> list[Reach]:
        if leaves not in at:
            unique = {id(reach): reach for leaf in leaves for reach in above.get(leaf, ())}
            at[leaves] = list(unique.values())
        return at[leaves]

    for heard in evidence.heard.values():
        for reach in reached(heard.leaves) if heard.asked else ():
            reach.add("asked", heard.persons, (heard.response.id,))
            if heard.answered:
                reach.add("answered", heard.persons, (heard.response.id,))
    for response, passages in evidence.passages_in.items():
        for passage in passages:
            for reach in reached(passage.leaves):
                reach.add("coded", passage.persons, (response,))
                reach.passages[passage.place] = passage.persons
    for cell in evidence.cells:
        for reach in reached(evidence.leaves([cell.evaluation_question])) if cell.position else ():
            behind = (reach.responses[m].get(cell.respondent, set()) for m in ("answered", "coded"))
            reach.add("charted", [cell.respondent], set().union(*behind))
    return found
