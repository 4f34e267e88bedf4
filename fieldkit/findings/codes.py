"""Codes: how many persons, and how many passages, speak of each theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.code_documents import codes_above, document_codings, document_table
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import Grouping, grouping
from fieldkit.findings.heard import Passage, Place
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say
from fieldkit.protocol.codebook import Code, Codebook


@dataclass
class _Tally:
    """What stands under one code in one column, all below it in the tree included."""

    persons: set[str] = field(default_factory=set)
    places: set[Place] = field(default_factory=set)
    person_responses: set[str] = field(default_factory=set)


def code_tables(evidence: Evidence, by: str, question: str | None, language: str) -> list[Table]:
    """Two tables of code by group: distinct persons, and distinct passages.

    A code holds what the codes below it hold. Two coders who gave a code to the same words make one
    passage.

    Args:
        evidence: the study's evidence.
        by: attribute to tell persons apart by.
        question: count only codings tied to this evaluation question or part; None counts all.
        language: language of the labels.

    Returns:
        The table of persons, then that of passages, whose columns are `group:passages`; where documents
        are coded, theirs after them.
    """
    groups = grouping(evidence, by, language)
    wanted = None if question is None else evidence.leaves([question])
    passages = [each for each in evidence.passages if wanted is None or each.leaves & wanted]
    of_documents = document_codings(evidence, wanted)
    used = {each.coding.code for each in passages} | {coding.code for coding in of_documents}
    rows, strange = _rows(evidence.codebook, used, language)
    tallies = _tally(passages, evidence.codebook, groups)
    maker = CellMaker(evidence, "codes", question)
    title = " question" if question else ""
    notes = [say(language, "note strange code", codes=", ".join(strange))] if strange else []
    notes += _notes(evidence, question, language)
    persons = maker.table(
        say(language, "title codes" + title, question=question),
        say(language, "of interviewed"),
        (rows, groups.with_total),
        _person_cells(maker, rows, groups, tallies),
        [say(language, "note once"), *notes],
        language,
    )
    columns = [Heading(f"{each.id}:passages", each.label) for each in groups.with_total]
    spoken = maker.table(
        say(language, "title passages" + title, question=question),
        say(language, "of passages"),
        (rows, columns),
        _passage_cells(maker, rows, groups, tallies),
        [say(language, "note two groups"), *notes],
        language,
    )
    if not of_documents:
        return [persons, spoken]
    return [persons, spoken, document_table(maker, rows, of_documents, question, language)]


def _rows(codebook: Codebook, used: set[str], language: str) -> tuple[list[Heading], list[str]]:
    """All codes in the tree's order, then those used that it does not have; these also apart."""
    rows = [
        Heading(code.id, code.name.get(language), level) for code, level in _walk(codebook, None, 0, set())
    ]
    listed = {row.id for row in rows}
    # Codes whose parents are missing or go in a circle hang on no root; they are listed all the same.
    rows += [Heading(each.id, each.name.get(language)) for each in codebook.codes if each.id not in listed]
    strange = sorted(used - {code.id for code in codebook.codes})
    return rows + [Heading(code, code) for code in strange], strange


def _walk(codebook: Codebook, parent: str | None, level: int, seen: set[str]) -> Iterator[tuple[Code, int]]:
    for code in codebook.children(parent):
        if code.id not in seen:
            seen.add(code.id)
            yield code, level
            yield from _walk(codebook, code.id, level + 1, seen)


def _tally(passages: list[Passage], codebook: Codebook, groups: Grouping) -> dict[tuple[str, str], _Tally]:
    """(code, group) to what stands there: first under each code itself, then also all above it."""
    own: dict[tuple[str, str], _Tally] = {}
    for passage in passages:
        place = passage.place
        response = place[0]
        for person in passage.persons or (None,):
            headings = (groups.total.id,) if person is None else (groups.total.id, groups.of[person])
            for heading in headings:
                key = (passage.coding.code, heading)
                tally = own.get(key) or own.setdefault(key, _Tally())
                tally.places.add(place)
                if person is not None:
                    tally.persons.add(person)
                    tally.person_responses.add(response)
    rolled: dict[tuple[str, str], _Tally] = {}
    for (code, heading), tally in own.items():
        for each in codes_above(codebook, code):
            above = rolled.setdefault((each, heading), _Tally())
            above.persons |= tally.persons
            above.places |= tally.places
            above.person_responses |= tally.person_responses
    return rolled


def _person_cells(
    maker: CellMaker, rows: list[Heading], groups: Grouping, tallies: dict[tuple[str, str], _Tally]
) -> dict[tuple[str, str], Cell]:
    interviewed = groups.spread(maker.evidence.interviewed)
    cells = {}
    for row in rows:
        for column in groups.with_total:
            tally = tallies.get((row.id, column.id), _Tally())
            cells[row.id, column.id] = maker.persons(
                row.id, column.id, tally.persons, tally.person_responses, len(interviewed[column.id])
            )
    return cells


def _passage_cells(
    maker: CellMaker, rows: list[Heading], groups: Grouping, tallies: dict[tuple[str, str], _Tally]
) -> dict[tuple[str, str], Cell]:
    cells = {}
    for row in rows:
        for heading in groups.with_total:
            tally = tallies.get((row.id, heading.id), _Tally())
            column = f"{heading.id}:passages"
            responses = {place[0] for place in tally.places}
            codes = maker.evidence.codes_of(tally.persons)
            cells[row.id, column] = maker.count(row.id, column, len(tally.places), codes, responses, None)
    return cells


def _notes(evidence: Evidence, question: str | None, language: str) -> list[str]:
    consensus = {each.heard.response.id for each in evidence.passages if each.coding.layer == "consensus"}
    counts = [
        ("note consensus", len(consensus)),
        ("note documents apart", sum(coding.document is not None for coding in evidence.codings)),
        ("note untied", sum(not each.leaves for each in evidence.passages) if question else 0),
    ]
    return [say(language, key, n=n) for key, n in counts if n]
