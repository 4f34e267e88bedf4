"""What became of each evaluation question and item: asked, answered, or why not; by persons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import Grouping, grouping
from fieldkit.findings.heard import Heard
from fieldkit.findings.items import guides_in_order
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.words import say
from fieldkit.protocol.framework import EvaluationQuestion
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import Item
from fieldkit.records.interviews import Interview
from fieldkit.records.vocabulary import ASKED

NO_RECORD = "no record"

BEST_FIRST: Final[tuple[str, ...]] = (
    "answered",
    "already covered",
    "will send",
    "don't know",
    "refused",
    "not applicable",
    "not asked",
    "skipped by condition",
    NO_RECORD,
)
"""Of several dispositions of one person, the first of these stands for her; so she counts once."""

COLUMN_IDS: Final[dict[str, str]] = {word: word.replace("'", "").replace(" ", "_") for word in BEST_FIRST}
"""Disposition to the id of its column."""

Outcomes = Mapping[str, tuple[str, frozenset[str]]]
"""Person id to her disposition and the ids of the responses that it stands in."""


def disposition_tables(evidence: Evidence, by: str, question: str | None, language: str) -> list[Table]:
    """For each evaluation question a table of group by disposition; for one alone, its items too.

    The dispositions of a row add up to the persons interviewed.

    Args:
        evidence: the study's evidence.
        by: attribute to tell persons apart by.
        question: an evaluation question or part; None for all, parts rolled up.
        language: language of the labels.

    Returns:
        The tables, in the framework's order.
    """
    framework = evidence.framework
    groups = grouping(evidence, by, language)
    if question is None:
        return [_by_group(evidence, each, groups, language) for each in framework.evaluation_questions]
    asked = framework.question(question)
    return [_by_group(evidence, asked, groups, language), _by_item(evidence, asked, language)]


def outcomes(persons: Iterable[str], heard: Iterable[Heard]) -> Outcomes:
    """Settle one disposition for each person.

    Args:
        persons: ids of the persons to settle it for.
        heard: the responses to look at.

    Returns:
        The outcomes; `no record` for those whom none of the responses counts for.
    """
    rank = {word: place for place, word in enumerate(BEST_FIRST)}
    found: dict[str, tuple[str, set[str]]] = {person: (NO_RECORD, set()) for person in persons}
    for each in heard:
        word = each.response.disposition
        for person in each.persons:
            if person not in found:
                continue
            best, responses = found[person]
            if rank[word] < rank[best]:
                found[person] = (word, {each.response.id})
            elif word == best:
                responses.add(each.response.id)
    return {person: (word, frozenset(responses)) for person, (word, responses) in found.items()}


def _by_group(evidence: Evidence, asked: EvaluationQuestion, groups: Grouping, language: str) -> Table:
    maker = CellMaker(evidence, "dispositions", asked.id)
    leaves = evidence.leaves([asked.id])
    serving = (heard for heard in evidence.heard.values() if heard.leaves & leaves)
    settled = outcomes(evidence.interviewed, serving)
    identified = groups.spread(evidence.people)
    interviewed = groups.spread(evidence.interviewed)
    rows = groups.with_total
    cells: dict[tuple[str, str], Cell] = {}
    for row in rows:
        cells[row.id, "identified"] = maker.persons(row.id, "identified", identified[row.id], (), None)
        cells.update(_row(maker, row.id, interviewed[row.id], settled))
    columns = [Heading("identified", say(language, "identified")), *_columns(language)]
    silent = [
        guide.id
        for guide in guides_in_order(evidence)
        if not any(evidence.served(guide, item.id) & leaves for item in guide.items())
    ]
    notes = [say(language, "note not in guide", guides=", ".join(silent))] if silent else []
    title = say(language, "title dispositions", question=asked.id, text=asked.text.get(language))
    return maker.table(title, say(language, "of interviewed"), (rows, columns), cells, notes, language)


def _by_item(evidence: Evidence, asked: EvaluationQuestion, language: str) -> Table:
    maker = CellMaker(evidence, "dispositions", asked.id)
    leaves = evidence.leaves([asked.id])
    by_item: dict[str, list[Heard]] = {}
    met: dict[str, set[str]] = {}
    for interview in evidence.held.values():
        present = {person for person in interview.respondents if person in evidence.interviewed}
        present -= {person for person in present if (interview.id, person) in evidence.silent}
        met.setdefault(interview.guide, set()).update(present)
        met[interview.id] = present
    for heard in evidence.heard.values():
        also = heard.response.also_answers if heard.answered else []
        for item_id in {heard.response.item, *also}:
            by_item.setdefault(f"{_asked_in(heard.interview, item_id)}:{item_id}", []).append(heard)
    rows: list[Heading] = []
    cells: dict[tuple[str, str], Cell] = {}
    for where, guide, item in _items(evidence):
        if item.type in ("note", "repeat") or not evidence.served(guide, item.id) & leaves:
            continue
        row = Heading(f"{where}:{item.id}", f"{guide.id}: {item.text.get(language)}")
        rows.append(row)
        persons = met.get(where, set())
        cells.update(_row(maker, row.id, persons, outcomes(persons, by_item.get(row.id, ()))))
    title = say(language, "title items", question=asked.id)
    headings = (rows, _columns(language))
    return maker.table(title, say(language, "of interviewed with"), headings, cells, [], language)


def _asked_in(interview: Interview, item_id: str) -> str:
    """Where an item stands: in the guide, or in the one interview that it was added in."""
    return interview.id if any(item_id == added.id for added in interview.added_items) else interview.guide


def _items(evidence: Evidence) -> Iterator[tuple[str, Guide, Item]]:
    """All items, those of a guide before those that interviews held with it added; and where each stands."""
    for guide in guides_in_order(evidence):
        for item in guide.items():
            yield guide.id, guide, item
        for interview in evidence.held.values():
            held_with = evidence.guide_of(interview) if interview.guide == guide.id else None
            if held_with is not None:
                for item in held_with.items()[len(held_with.base.items()) :]:
                    yield interview.id, held_with, item


def _columns(language: str) -> list[Heading]:
    columns = [Heading(each, say(language, each)) for each in ("interviewed", "asked")]
    return columns + [Heading(COLUMN_IDS[word], say(language, word)) for word in BEST_FIRST]


def _row(maker: CellMaker, row: str, persons: set[str], settled: Outcomes) -> dict[tuple[str, str], Cell]:
    """The cells from `interviewed` on; `persons` are those interviewed."""
    tests: dict[str, Callable[[str], bool]] = {"interviewed": lambda word: True, "asked": ASKED.__contains__}
    tests.update({COLUMN_IDS[word]: word.__eq__ for word in BEST_FIRST})
    cells = {}
    for column, holds in tests.items():
        counted = {person for person in persons if holds(settled[person][0])}
        responses: set[str] = set()
        if column != "interviewed":
            responses.update(*(settled[person][1] for person in counted))
        cells[row, column] = maker.persons(row, column, counted, responses, len(persons))
    return cells
