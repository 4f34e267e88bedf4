"""Triangulation as tables: findings by method, evidence on each indicator, what is missing, divergence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import combinations

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.coverage import reaches
from fieldkit.findings.divergence import Divergence, divergences
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.later import LaterIds
from fieldkit.findings.positions import Held, held_positions
from fieldkit.findings.standpoints import Source, Statement, Verdict, responses_behind, standpoints
from fieldkit.findings.table import Cell, Heading, Table, trace_id
from fieldkit.findings.triangulate import evidence_matrix, gaps
from fieldkit.findings.words import say

METHOD = "method="
"""What the id of a column begins with that tells of documents, and of no person."""


def column_id(source: str, *, documents: bool) -> str:
    """Id of the column of a source.

    Args:
        source: id of the respondent group, of interviews, or of another line of evidence.
        documents: whether it speaks in documents.
    """
    return f"{METHOD}{source}" if documents else source


def pair_id(groups: Sequence[str]) -> str:
    """Id of the column of two groups in the table of how far they differ."""
    return " ".join(groups)


def triangulation_table(
    evidence: Evidence,
    findings: Sequence[tuple[Heading, Statement]],
    language: str,
    signs: Mapping[Verdict, str] | None = None,
) -> Table | None:
    """The grid of findings by method, with the respondent groups as sources inside interviews.

    Args:
        evidence: the study's evidence.
        findings: each finding's id and label, and what it states.
        language: language of the labels.
        signs: what to tell verdicts by where there is no room for the words.

    Returns:
        The table; None without findings.
    """
    if not findings:
        return None
    maker = CellMaker(evidence, "triangulation", None)
    cells: dict[tuple[str, str], Cell] = {}
    columns: list[Heading] = []
    for row, statement in findings:
        points = standpoints(evidence, statement)
        columns = [Heading(points.interviews.id, points.interviews.name.get(language))]
        columns += [Heading(group.id, f"· {group.id}") for group in points.groups]
        columns += [
            Heading(column_id(each.id, documents=True), each.name.get(language)) for each in points.methods
        ]
        sources = (points.interviews, *points.groups, *points.methods)
        for column, source in zip(columns, sources, strict=True):
            place, told = (row.id, column.id), _told(source, language, signs)
            if column.id.startswith(METHOD):
                cells[place] = _said(maker, place, source, told, (), source.answered_by)
            else:
                behind = partial(responses_behind, evidence, statement, source.answered_by)
                persons = evidence.codes_of(source.answered_by)
                cells[place] = _said(maker, place, source, told, persons, LaterIds(behind))
    title, denominator = say(language, "title triangulation"), say(language, "of standpoints")
    rows = [row for row, _ in findings]
    notes = [say(language, "note verdicts")]
    return Table("triangulation", title, denominator, columns, rows, cells, notes)


def evidence_table(evidence: Evidence, language: str) -> Table:
    """How many persons and documents each source gives on each indicator.

    Args:
        evidence: the study's evidence.
        language: language of the labels.
    """
    framework = evidence.framework
    maker = CellMaker(evidence, "evidence", None)
    groups = {group.id for group in framework.respondent_groups}
    names = {line.id: line.name.get(language) for line in framework.lines_of_evidence}
    rows, columns = [], []
    cells: dict[tuple[str, str], Cell] = {}
    for (leaf, indicator), sources in evidence_matrix(evidence).items():
        question = framework.question(leaf)
        text = next((each.text for each in question.indicators if each.id == indicator), question.text)
        row = Heading(indicator or leaf, f"{indicator or leaf} {text.get(language)}")
        rows.append(row)
        columns = [
            Heading(each, each)
            if each in groups
            else Heading(column_id(each, documents=True), names.get(each, each))
            for each in sources
        ]
        for column, found in zip(columns, sources.values(), strict=True):
            place = (row.id, column.id)
            cell = maker.count(*place, found.count, found.persons, (*found.documents, *found.responses), None)
            cells[place] = cell if found.count else replace(cell, text="")
    title, denominator = say(language, "title evidence"), say(language, "of evidence")
    return maker.table(title, denominator, (rows, columns), cells, [], language)


def gaps_table(evidence: Evidence, language: str) -> Table:
    """The sources that the evaluation matrix wants on a question, and that say nothing on it.

    Args:
        evidence: the study's evidence.
        language: language of the labels.

    Returns:
        A row for each evaluation question that lacks something; without any, the table says so. A cell that
        tells of a lack is of nobody, or of no document: its denominator is 0.
    """
    framework = evidence.framework
    maker = CellMaker(evidence, "gaps", None)
    groups = [group.id for group in framework.respondent_groups]
    names = {line.id: line.name.get(language) for line in framework.lines_of_evidence}
    lacks = {(each.question, each.source): each.lack for each in gaps(evidence)}
    lines = list(dict.fromkeys(source for _, source in lacks if source not in groups))
    columns = [Heading(group, group) for group in groups]
    columns += [Heading(column_id(line, documents=True), names.get(line, line)) for line in lines]
    wanting = {question for question, _ in lacks}
    rows = [
        Heading(each.id, f"{each.id} {each.text.get(language)}")
        for each in framework.evaluation_questions
        if each.id in wanting
    ]
    cells = {}
    for row in rows:
        for column in columns:
            lack = lacks.get((row.id, column.id.removeprefix(METHOD)))
            cell = maker.words(row.id, column.id, say(language, f"lack {lack}") if lack else "")
            cells[row.id, column.id] = replace(cell, n=0) if lack else cell
    notes = [] if rows else [say(language, "note no gaps")]
    title, denominator = say(language, "title gaps"), say(language, "of gaps")
    return Table("gaps", title, denominator, columns, rows, cells, notes)


def divergence_table(evidence: Evidence, language: str) -> Table | None:
    """How far every two groups are apart on each proposition, and which of them furthest.

    Args:
        evidence: the study's evidence.
        language: language of the labels.

    Returns:
        The table; None where no two groups take a side on the same proposition.
    """
    found: dict[str, dict[tuple[str, str], Divergence]] = {}
    for each in divergences(evidence):
        found.setdefault(each.question, {})[each.groups] = each
    if not found:
        return None
    framework = evidence.framework
    rows = [
        Heading(leaf.id, f"{leaf.id} {leaf.text.get(language)}")
        for leaf in framework.leaves
        if leaf.id in found
    ]
    met = {pair for pairs in found.values() for pair in pairs}
    order = [group.id for group in framework.respondent_groups]
    pairs = [pair for pair in combinations(order, 2) if pair in met]
    pairs += sorted(met - set(pairs))
    maker, held = CellMaker(evidence, "divergence", None), held_positions(evidence)
    columns = [Heading(pair_id(pair), " – ".join(pair)) for pair in pairs]
    furthest = Heading("furthest", say(language, "furthest"))
    cells: dict[tuple[str, str], Cell] = {}
    for row in rows:
        here = found[row.id]
        for pair, column in zip(pairs, columns, strict=True):
            place = (row.id, column.id)
            apart = here.get(pair)
            cells[place] = maker.words(*place, "")
            if apart is not None:
                cells[place] = _apart(maker, place, apart, held[row.id], language)
        most = max(each.distance for each in here.values())
        told = "; ".join(" – ".join(pair) for pair in pairs if pair in here and here[pair].distance == most)
        cells[row.id, furthest.id] = maker.words(row.id, furthest.id, told if most else "")
    title, denominator = say(language, "title divergence"), say(language, "of divergence")
    notes = [say(language, "note divergence")]
    return Table("divergence", title, denominator, [*columns, furthest], rows, cells, notes)


def _told(source: Source, language: str, signs: Mapping[Verdict, str] | None) -> str:
    verdict = signs[source.verdict] if signs else say(language, f"verdict {source.verdict}")
    if source.verdict == "silent":
        return verdict
    if signs:
        return f"{verdict} {source.agree}/{source.answering}"
    return say(language, "verdict of", verdict=verdict, agree=source.agree, n=source.answering)


def _said(
    maker: CellMaker,
    place: tuple[str, str],
    source: Source,
    told: str,
    persons: Sequence[str],
    read: Sequence[str],
) -> Cell:
    trace = trace_id(maker.what, maker.question, *place)
    return Cell(None, told, source.answering, read, persons, trace)


def _apart(maker: CellMaker, place: tuple[str, str], found: Divergence, held: Held, language: str) -> Cell:
    people = maker.evidence.people
    stances = {each.id: each.stance for each in maker.evidence.framework.positions}
    sided = [
        person
        for person, position in held.positions.items()
        if stances[position] is not None and people[person].group in found.groups
    ]
    told = _decimal(found.distance, language)
    persons = maker.evidence.codes_of(sided)
    behind = LaterIds(partial(_charted, maker.evidence, found.question, sided))
    return Cell(found.distance, told, sum(found.n), behind, persons, trace_id(maker.what, None, *place))


def _charted(evidence: Evidence, leaf: str, persons: Sequence[str]) -> tuple[str, ...]:
    """Ids of the responses behind some persons' positions, sorted."""
    reach = reaches(evidence, [evidence.framework.question(leaf)])[leaf]
    return tuple(sorted(reach.responses("charted", persons)))


def _decimal(value: Fraction, language: str) -> str:
    told = f"{float(value):.2f}"
    return told.replace(".", ",") if language.split("-")[0] == "fr" else told
