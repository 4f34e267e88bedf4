"""Codes: how many persons, and how many passages, speak of each theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.code_documents import document_codings, document_table
from fieldkit.findings.code_tallies import Tallies
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import Grouping, grouping
from fieldkit.findings.heard import Place
from fieldkit.findings.later import LaterCells, LaterIds
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say
from fieldkit.protocol.codebook import Code, Codebook
from fieldkit.text import visible_line


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
    of_documents = document_codings(evidence, wanted)
    used = {code for code in evidence.coded.spoken if evidence.coded.of((code,), wanted)}
    used |= {coding.code for coding in of_documents}
    rows, strange = _rows(evidence.codebook, used, language)
    tallies = Tallies(evidence, groups, wanted)
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
        LaterCells(partial(_passage_cells, maker, rows, groups, tallies)),
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


def _person_cells(
    maker: CellMaker, rows: list[Heading], groups: Grouping, tallies: Tallies
) -> dict[tuple[str, str], Cell]:
    interviewed = groups.spread(maker.evidence.interviewed)
    cells = {}
    for row in rows:
        for column in groups.with_total:
            cells[row.id, column.id] = maker.count(
                row.id,
                column.id,
                tallies.persons(row.id, column.id),
                LaterIds(partial(tallies.codes_of, row.id, column.id)),
                LaterIds(partial(tallies.responses_of, row.id, column.id)),
                len(interviewed[column.id]),
            )
    return cells


def _passage_cells(
    maker: CellMaker, rows: list[Heading], groups: Grouping, tallies: Tallies
) -> dict[tuple[str, str], Cell]:
    cells = {}
    for row in rows:
        for heading in groups.with_total:
            places = tallies.places(row.id, heading.id)
            column = f"{heading.id}:passages"
            responses = LaterIds(partial(_responses_of, places), some=bool(places))
            codes = LaterIds(partial(tallies.codes_of, row.id, heading.id))
            cells[row.id, column] = maker.count(row.id, column, len(places), codes, responses, None)
    return cells


def _responses_of(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(sorted({place[0] for place in places}))


def _notes(evidence: Evidence, question: str | None, language: str) -> list[str]:
    counted = evidence.counted_passages
    documents = (evidence.codings_in.get(document.id, ()) for document in evidence.documents)
    counts = [
        ("note consensus", counted.agreed),
        ("note adjudicated", len(evidence.adjudications)),
        ("note documents apart", sum(map(len, documents))),
        ("note untied", counted.untied if question else 0),
    ]
    notes = [say(language, key, n=n) for key, n in counts if n]
    if len(counted.coders) > 1:
        who = ", ".join(map(visible_line, sorted(counted.coders)))
        notes.append(say(language, "note whose codings", who=who))
    return notes
