"""Positions: how many persons hold which stand on each proposition, from the chart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.coverage import Reach, reaches
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import Grouping, grouping
from fieldkit.findings.heard import CONSENSUS
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say
from fieldkit.protocol.framework import EvaluationQuestion
from fieldkit.records.codings import ChartCell


@dataclass
class Held:
    """Who holds what on one proposition.

    Attributes:
        positions: person id to the position counted for her.
        disputed: ids of persons on whose position coders differ.
        open: ids of persons with a chart cell and no position in it yet.
        strange: ids of persons whose position the framework does not have.
    """

    positions: dict[str, str] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    strange: set[str] = field(default_factory=set)


def held_positions(evidence: Evidence) -> dict[str, Held]:
    """Settle one position for each person and proposition.

    What coders agreed on stands before their own cells, also that there is no position. Of the cells that
    remain, those with a position must say the same; where they differ the person is disputed, and counted
    nowhere.

    Args:
        evidence: the study's evidence.

    Returns:
        Id of each evaluation question without parts, or part, to who holds what on it.
    """
    known = {position.id for position in evidence.framework.positions}
    by_person: dict[tuple[str, str], list[ChartCell]] = {}
    for cell in evidence.cells:
        by_person.setdefault((cell.evaluation_question, cell.respondent), []).append(cell)
    found = {leaf.id: Held() for leaf in evidence.framework.leaves}
    for (question, person), cells in by_person.items():
        if question not in found:
            continue
        agreed = [cell for cell in cells if cell.layer == CONSENSUS]
        positions = {cell.position for cell in agreed or cells if cell.position}
        held = found[question]
        if not positions:
            held.open.add(person)
        elif not positions <= known:
            held.strange.add(person)
        elif len(positions) > 1:
            held.disputed.add(person)
        else:
            held.positions[person] = positions.pop()
    return found


def position_tables(evidence: Evidence, by: str, question: str | None, language: str) -> list[Table]:
    """A table of position by group for each proposition; the last row is all who hold one.

    Args:
        evidence: the study's evidence.
        by: attribute to tell persons apart by.
        question: an evaluation question, for the tables of its parts; None for all.
        language: language of the labels.

    Returns:
        The tables, in the framework's order.
    """
    framework = evidence.framework
    groups = grouping(evidence, by, language)
    wanted = [leaf.id for leaf in framework.leaves] if question is None else framework.leaf_ids(question)
    leaves = [framework.question(leaf) for leaf in wanted]
    held = held_positions(evidence)
    reached = reaches(evidence, leaves)
    astray = Counter(cell.evaluation_question for cell in evidence.cells)
    for leaf in held:
        del astray[leaf]
    notes = [say(language, "note astray", cells=", ".join(sorted(astray)))] if astray else []
    return [
        _table(evidence, leaf, held[leaf.id], reached[leaf.id], groups, notes, language) for leaf in leaves
    ]


def _table(
    evidence: Evidence,
    leaf: EvaluationQuestion,
    held: Held,
    reach: Reach,
    groups: Grouping,
    notes: list[str],
    language: str,
) -> Table:
    maker = CellMaker(evidence, "positions", leaf.id)
    rows = [Heading(each.id, each.name.get(language)) for each in evidence.framework.positions]
    rows.append(groups.total)
    bases = groups.spread(held.positions)
    cells: dict[tuple[str, str], Cell] = {}
    for row in rows:
        holders = {
            person for person, position in held.positions.items() if row.id in (position, groups.total.id)
        }
        for column, persons in groups.spread(holders).items():
            responses = reach.responses("charted", persons)
            cells[row.id, column] = maker.persons(row.id, column, persons, responses, len(bases[column]))
    left_out = (
        ("note disputed", held.disputed),
        ("note open", held.open),
        ("note strange position", held.strange),
    )
    said = [
        say(language, key, who=", ".join(evidence.codes_of(persons))) for key, persons in left_out if persons
    ]
    proposition = (leaf.proposition or leaf.text).get(language)
    title = say(language, "title positions", question=leaf.id, proposition=proposition)
    headings = (rows, groups.with_total)
    return maker.table(title, say(language, "of charted"), headings, cells, said + notes, language)
