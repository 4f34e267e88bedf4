"""Saturation as tables: by evaluation question, by respondent group, and the curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import TOTAL
from fieldkit.findings.saturation import (
    BASE,
    RUN,
    SHOWN_FROM,
    THRESHOLD,
    Brought,
    Saturation,
    brought,
    on_any,
    saturation,
)
from fieldkit.findings.table import Cell, Heading, Table, trace_id
from fieldkit.findings.words import say

WHAT = "saturation"
"""Kind of these tables, with which the ids of their figures begin."""

INTERVIEWS = "interviews"
"""Id of the column that counts them."""

REACHED = "reached"
"""Id of the column that says after how many interviews it is reached."""

OF_GROUP = "group="
"""What the ids of the columns by respondent group begin with."""

CURVE = "codes after "
"""What the ids of the curve's columns begin with, before the evaluation question."""

LAST_RUN = ("new", "share")
"""Ids of the columns that tell of the last run."""

_MEASURES = (INTERVIEWS, "codes", "base", *LAST_RUN, REACHED)


def saturation_tables(evidence: Evidence, language: str) -> list[Table]:
    """How new codes came in, by evaluation question, by respondent group, and interview by interview.

    Of fewer interviews than the rule needs only their number is told.

    Args:
        evidence: the study's evidence.
        language: language of the labels.

    Returns:
        The three tables; that of the curve is left out where nothing may be said of any question.
    """
    rows = [Heading(TOTAL, say(language, "series all"))]
    rows += [
        Heading(each.id, f"{each.id} {each.text.get(language)}")
        for each in evidence.framework.evaluation_questions
    ]
    maker, known = CellMaker(evidence, WHAT, None), brought(evidence)
    series = {row.id: saturation(evidence, question=_question(row), known=known) for row in rows}
    tables = [_summary(maker, rows, series, known, language), _by_group(maker, rows, known, language)]
    curve = _curve(maker, rows, series, known, language)
    return tables if curve is None else [*tables, curve]


def series_ids(evidence: Evidence, found: Saturation, *, usual: bool) -> dict[str, str | list[str]]:
    """Ids of the figures of a series that stand in the tables, as `fieldkit trace` takes them.

    Args:
        evidence: the study's evidence.
        found: the series.
        usual: whether it follows the rule of the tables: their base, run and threshold.

    Returns:
        Id of the column to that of its figure; `curve` to those of the codes after each interview. A series
        of a group stands in the tables only with where it is reached; one of a part of an evaluation
        question does not at all.
    """
    rows = {None: TOTAL} | {each.id: each.id for each in evidence.framework.evaluation_questions}
    if found.question not in rows:
        return {}
    row = rows[found.question]
    if found.group is not None:
        told = usual and found.shown
        return {REACHED: trace_id(WHAT, None, row, f"{OF_GROUP}{found.group}")} if told else {}
    if not found.shown:
        return {INTERVIEWS: trace_id(WHAT, None, row, INTERVIEWS)}
    measures = _MEASURES if usual else (INTERVIEWS, "codes")
    curve = [
        trace_id(WHAT, None, str(number), f"{CURVE}{row}") for number in range(1, len(found.interviews) + 1)
    ]
    return {**{each: trace_id(WHAT, None, row, each) for each in measures}, "curve": curve}


def _question(row: Heading) -> str | None:
    return None if row.id == TOTAL else row.id


def _summary(
    maker: CellMaker, rows: list[Heading], series: dict[str, Saturation], known: Brought, language: str
) -> Table:
    columns = [Heading(each, say(language, f"series {each}")) for each in _MEASURES]
    cells: dict[tuple[str, str], Cell] = {}
    for row in rows:
        found = series[row.id]
        cells |= {(row.id, each): maker.words(row.id, each, "") for each in _MEASURES}
        cells[row.id, REACHED] = _reached(maker, row, REACHED, found, known, language)
        wanted = _leaves(maker, row)
        counted = on_any(known.answers, found.interviews, wanted)
        counted |= on_any(known.coded, found.interviews, wanted)
        held = maker.persons(row.id, INTERVIEWS, _persons(maker, found.interviews), counted, None)
        cells[row.id, INTERVIEWS] = _number(held, len(found.interviews))
        if found.shown:
            cells |= _codes(maker, row, found, known, language)
    least = say(language, "percent", n=f"{float(THRESHOLD * 100):g}")
    note = say(language, "note saturation", run=RUN, base=BASE, share=least, least=SHOWN_FROM)
    title, denominator = say(language, "title saturation"), say(language, "of series")
    return Table(WHAT, title, denominator, columns, rows, cells, [note])


def _codes(
    maker: CellMaker, row: Heading, found: Saturation, known: Brought, language: str
) -> dict[tuple[str, str], Cell]:
    """What a series comes to: its codes, and the last run beside the base."""
    last = found.runs[-1]
    if last.share is None:
        share = say(language, "undefined")
    else:
        share = say(language, "percent", n=f"{float(last.share * 100):.0f}")
    base, run = found.interviews[:BASE], found.interviews[last.first - 1 : last.last]
    wanted = _leaves(maker, row)

    def count(measure: str, value: int, interviews: Sequence[str]) -> Cell:
        coded = on_any(known.coded, interviews, wanted)
        return _number(maker.persons(row.id, measure, _persons(maker, interviews), coded, None), value)

    told = count("share", 0, (*base, *run))
    return {
        (row.id, "codes"): count("codes", found.curve[-1], found.interviews),
        (row.id, "base"): count("base", found.base or 0, base),
        (row.id, "new"): count("new", last.new, run),
        (row.id, "share"): replace(told, value=last.share, text=share, n=found.base),
    }


def _by_group(maker: CellMaker, rows: list[Heading], known: Brought, language: str) -> Table:
    groups = maker.evidence.framework.respondent_groups
    columns = [Heading(f"{OF_GROUP}{group.id}", group.id) for group in groups]
    cells = {}
    for row in rows:
        for group, column in zip(groups, columns, strict=True):
            found = saturation(maker.evidence, question=_question(row), group=group.id, known=known)
            cells[row.id, column.id] = _reached(maker, row, column.id, found, known, language)
    title = say(language, "title saturation groups")
    return Table(WHAT, title, say(language, "of series"), columns, rows, cells)


def _curve(
    maker: CellMaker, rows: list[Heading], series: dict[str, Saturation], known: Brought, language: str
) -> Table | None:
    """Codes after each interview; a column for each question of which something may be said."""
    shown = [row for row in rows if series[row.id].shown]
    if not shown:
        return None
    columns = [
        Heading(f"{CURVE}{each.id}", say(language, "total") if each.id == TOTAL else each.id)
        for each in shown
    ]
    longest = max(len(series[each.id].interviews) for each in shown)
    numbers = [Heading(str(number), str(number)) for number in range(1, longest + 1)]
    cells = {}
    for column, question in zip(columns, shown, strict=True):
        found, wanted = series[question.id], _leaves(maker, question)
        for place, number in enumerate(numbers):
            at = (number.id, column.id)
            cells[at] = maker.words(*at, "")
            if place < len(found.curve):
                interview = found.interviews[place]
                coded = on_any(known.coded, [interview], wanted)
                spoke = maker.persons(*at, _present(maker, interview), coded, None)
                cells[at] = _number(spoke, found.curve[place])
    title = say(language, "title saturation curve")
    return Table(WHAT, title, say(language, "of series"), columns, numbers, cells)


def _reached(
    maker: CellMaker, row: Heading, column: str, found: Saturation, known: Brought, language: str
) -> Cell:
    if not found.shown:
        told = say(language, "too few interviews", n=len(found.interviews))
    elif found.reached is None:
        told = say(language, "not reached")
    else:
        told = say(language, "reached after", n=found.reached)
    value = found.reached if found.shown else None
    coded = on_any(known.coded, found.interviews, _leaves(maker, row))
    cell = maker.persons(row.id, column, _persons(maker, found.interviews), coded, None)
    return replace(cell, value=value, text=told)


def _number(cell: Cell, value: int) -> Cell:
    """A cell that counts something else than the persons behind it."""
    return replace(cell, value=value, text=str(value))


def _leaves(maker: CellMaker, row: Heading) -> frozenset[str] | None:
    """The evaluation questions of a row; None for all."""
    question = _question(row)
    return None if question is None else maker.evidence.leaves([question])


def _persons(maker: CellMaker, interviews: Sequence[str]) -> set[str]:
    """Ids of the persons in some interviews."""
    return {person for interview in interviews for person in _present(maker, interview)}


def _present(maker: CellMaker, interview: str) -> list[str]:
    """Ids of those whose words count in an interview."""
    evidence = maker.evidence
    return [
        person
        for person in evidence.held[interview].respondents
        if person in evidence.people and (interview, person) not in evidence.silent
    ]
