"""Where coders differ in the chart: on a person's position on an evaluation question, or on its basis."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.heard import CONSENSUS
from fieldkit.records.codings import ChartCell


@dataclass(frozen=True)
class CellDisagreement:
    """One person on one evaluation question, whose cells do not say the same.

    Attributes:
        respondent: id of the person.
        evaluation_question: id of the question or part.
        given: initials of those who charted a position there to their own cells; sorted.
        settled: the cell that was agreed on, or None.
    """

    respondent: str
    evaluation_question: str
    given: dict[str, ChartCell]
    settled: ChartCell | None = None

    @property
    def positions_differ(self) -> bool:
        """Whether they differ on the position, and not on its basis alone."""
        return len({cell.position for cell in self.given.values()}) > 1


def cell_disagreements(evidence: Evidence) -> list[CellDisagreement]:
    """Where coders' own cells differ, before anything was adjudicated.

    A cell without a position says nothing yet; one without a basis differs from none.

    Args:
        evidence: the study's evidence.

    Returns:
        Them, in the framework's order and by the persons' codes; what was decided already included.
    """
    own: dict[tuple[str, str], dict[str, ChartCell]] = {}
    agreed: dict[tuple[str, str], ChartCell] = {}
    for cell in evidence.cells:
        place = cell.evaluation_question, cell.respondent
        if cell.layer == CONSENSUS:
            agreed[place] = cell
        elif cell.layer is None and cell.coder and cell.position:
            own.setdefault(place, {})[cell.coder] = cell
    found = []
    for leaf in evidence.framework.leaves:
        persons = sorted(
            (person for question, person in own if question == leaf.id and person in evidence.people),
            key=lambda person: evidence.people[person].code,
        )
        for person in persons:
            given = dict(sorted(own[leaf.id, person].items()))
            differ = [{cell.position for cell in given.values()}, {c.basis for c in given.values()} - {None}]
            if any(len(said) > 1 for said in differ):
                found.append(CellDisagreement(person, leaf.id, given, agreed.get((leaf.id, person))))
    return found
