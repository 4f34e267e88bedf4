"""The tables of coverage: evaluation question by group, one table for each thing counted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.coverage import MEASURES, Reach, reaches
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import Grouping, grouping
from fieldkit.findings.later import LaterIds
from fieldkit.findings.spoken import Coded
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say

DENOMINATORS = {"answered": "of asked", "passages": "of passages"}
"""Measure to the key of its denominator; the others are of persons interviewed."""


def coverage_tables(evidence: Evidence, by: str, question: str | None, language: str) -> list[Table]:
    """The matrix's marks (by group only), then a table for each measure and one of passages.

    Where no evaluation question is asked for, the last one tells how many persons are identified and
    interviewed, and in how many interviews.

    Args:
        evidence: the study's evidence.
        by: attribute to tell persons apart by.
        question: an evaluation question, for the rows of its parts; None for all, parts rolled up.
        language: language of the labels.

    Returns:
        The tables; the rows of all but the last are evaluation questions, the columns `group:measure`.
    """
    framework = evidence.framework
    groups = grouping(evidence, by, language)
    if question is None:
        questions = framework.evaluation_questions
    else:
        questions = [framework.question(leaf) for leaf in framework.leaf_ids(question)]
    maker = CellMaker(evidence, "coverage", question)
    rows = [Heading(each.id, f"{each.id} {each.text.get(language)}") for each in questions]
    tables = [_marks(maker, rows, groups, language)] if by == "group" else []
    reached = reaches(evidence, questions)
    interviewed = groups.spread(evidence.interviewed)
    for measure in (*MEASURES, "passages"):
        columns = [Heading(f"{each.id}:{measure}", each.label) for each in groups.with_total]
        cells: dict[tuple[str, str], Cell] = {}
        for row in rows:
            if measure == "passages":
                cells.update(_passages(maker, row.id, reached[row.id].coded, groups))
            else:
                cells.update(_persons(maker, row.id, measure, reached[row.id], groups, interviewed))
        title = say(language, "title coverage", measure=say(language, measure))
        denominator = say(language, DENOMINATORS.get(measure, "of interviewed"))
        notes = _gaps(maker, rows, groups, cells, interviewed, language) if measure == "answered" else []
        tables.append(maker.table(title, denominator, (rows, columns), cells, notes, language))
    return tables if question is not None else [*tables, _reached(maker, groups, language)]


def _reached(maker: CellMaker, groups: Grouping, language: str) -> Table:
    """Persons identified and interviewed, and interviews; one of persons of two groups counts in each."""
    evidence = maker.evidence
    identified, interviewed = groups.spread(evidence.people), groups.spread(evidence.interviewed)
    present = {
        each.id: {person for person in each.respondents if (each.id, person) not in evidence.silent}
        for each in evidence.held.values()
    }
    rows = [Heading(each, say(language, each)) for each in ("identified", "interviewed", "interviews")]
    columns = [Heading(f"{each.id}:persons", each.label) for each in groups.with_total]
    cells: dict[tuple[str, str], Cell] = {}
    for group in groups.with_total:
        column, known, met = f"{group.id}:persons", identified[group.id], interviewed[group.id]
        held = sum(not met.isdisjoint(persons) for persons in present.values())
        cells["identified", column] = maker.persons("identified", column, known, (), None)
        cells["interviewed", column] = maker.persons("interviewed", column, met, (), len(known))
        codes = evidence.codes_of(met)
        cells["interviews", column] = maker.count("interviews", column, held, codes, (), None)
    title, denominator = say(language, "title reached"), say(language, "of identified")
    return maker.table(title, denominator, (rows, columns), cells, [], language)


def _persons(
    maker: CellMaker,
    row: str,
    measure: str,
    reach: Reach,
    groups: Grouping,
    interviewed: Mapping[str, set[str]],
) -> dict[tuple[str, str], Cell]:
    bases = groups.spread(reach.persons("asked")) if measure == "answered" else interviewed
    cells = {}
    for group, persons in groups.spread(reach.persons(measure)).items():
        responses = LaterIds(partial(_responses_of, reach, measure, persons))
        column = f"{group}:{measure}"
        # A person can be charted from a document or letter, without an interview: she is in n too.
        n = len(bases[group] | persons)
        codes = LaterIds(partial(maker.evidence.codes_of, persons))
        cells[row, column] = maker.count(row, column, len(persons), codes, responses, n)
    return cells


def _responses_of(reach: Reach, measure: str, persons: set[str]) -> tuple[str, ...]:
    return tuple(sorted(reach.responses(measure, persons)))


def _passages(maker: CellMaker, row: str, coded: Coded, groups: Grouping) -> dict[tuple[str, str], Cell]:
    total = groups.total.id
    counts = {heading.id: 0 for heading in groups.with_total}
    counts[total] = len(coded.places)
    for persons, places in coded.spoken.items():
        for group in {groups.of[person] for person in persons}:
            counts[group] += places
    speakers = groups.spread(coded.persons)
    cells = {}
    for heading in groups.with_total:
        codes = LaterIds(partial(maker.evidence.codes_of, speakers[heading.id]))
        within = None if heading.id == total else speakers[heading.id]
        responses = LaterIds(partial(_places_of, coded, within), some=counts[heading.id] > 0)
        column = f"{heading.id}:passages"
        cells[row, column] = maker.count(row, column, counts[heading.id], codes, responses, None)
    return cells


def _places_of(coded: Coded, persons: set[str] | None) -> tuple[str, ...]:
    """Ids of the responses in which some persons speak a passage, or anybody does, sorted."""
    if persons is None:
        return tuple(sorted({place[0] for place in coded.places}))
    return tuple(sorted({response for person in persons for response in coded.persons[person]}))


def _marks(maker: CellMaker, rows: list[Heading], groups: Grouping, language: str) -> Table:
    framework = maker.evidence.framework
    columns = [Heading(f"{each.id}:mark", each.label) for each in groups.headings]
    cells = {}
    for row in rows:
        for column, group in zip(columns, groups.headings, strict=True):
            mark = say(language, f"mark {framework.mark(group.id, row.id)}")
            cells[row.id, column.id] = maker.words(row.id, column.id, mark)
    title = say(language, "title coverage", measure=say(language, "mark"))
    return Table("coverage", title, say(language, "no denominator"), columns, rows, cells, [], maker.question)


def _gaps(
    maker: CellMaker,
    rows: list[Heading],
    groups: Grouping,
    answered: Mapping[tuple[str, str], Cell],
    interviewed: Mapping[str, set[str]],
    language: str,
) -> list[str]:
    """Where the matrix wants answers of persons who were interviewed, and there is none."""
    if groups.by != "group":
        return []
    framework = maker.evidence.framework
    where = [
        f"{row.id} {group.label}"
        for row in rows
        for group in groups.headings
        if framework.mark(group.id, row.id) in ("asked", "facts")
        and interviewed[group.id]
        and not answered[row.id, f"{group.id}:answered"].value
    ]
    return [say(language, "note gaps", where=", ".join(where))] if where else []
