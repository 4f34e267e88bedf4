"""Tables of every kind on the study that is shipped, its guides answered from end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fieldkit.findings.coverage import coverage
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.protocol.items import GridItem, Item, NumberItem, PercentItem, RepeatItem, ScaleItem
from fieldkit.protocol.library import load_protocol
from tests.findings.world import World

GUIDES = Path(__file__).parents[2] / "interview_guides"
SHARE = {"low": 10, "high": 15, "estimate": True}


def value(item: Item) -> Any:
    if isinstance(item, ScaleItem):
        return item.scale[-1].value
    if isinstance(item, GridItem):
        return {row.id: SHARE if item.cell == "percent" else item.scale[0].value for row in item.rows}
    return {PercentItem: SHARE, NumberItem: 3}.get(type(item))


@pytest.fixture(scope="module")
def answered() -> Evidence:
    """One interview with each guide, every item of it answered and coded to what it serves."""
    protocol = load_protocol(GUIDES)
    world = World()
    for guide in protocol.guides.values():
        interview = world.interviewed(f"{guide.respondent_group}-01")
        for item in guide.items():
            if isinstance(item, RepeatItem) or item.type == "note":
                continue
            repeat = guide.repeat_of(item.id)
            instances = [choice.id for choice in repeat.instances] or ["1"] if repeat else [None]
            for instance in instances:
                said = world.response(interview, item.id, "Said so.", value=value(item), instance=instance)
                world.code(said, "oversight", *item.evaluation_questions)
    assert protocol.framework is not None
    assert protocol.codebook is not None
    return world.evidence(framework=protocol.framework, codebook=protocol.codebook, guides=protocol.guides)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_kind_of_table_can_be_made_and_every_cell_has_its_own_trace(
    answered: Evidence, language: str
) -> None:
    tables = [table for what in WHATS for table in tabulate(answered, what, language=language)]
    traces = [cell.trace for table in tables for cell in table.cells.values()]
    assert len(set(traces)) == len(traces)
    assert {table.what for table in tables} == set(WHATS)
    assert not any("{" in table.title for table in tables)
    assert not any(line for table in tables for line in table.grid() if "" in line[1:])


def test_guides_answered_from_end_to_end_leave_no_gap(answered: Evidence) -> None:
    cells = coverage(answered)
    assert len(cells) == 13 * 4
    assert [place for place, cell in cells.items() if cell.gap] == []
    for cell in cells.values():
        assert cell.interviewed == 1
        assert cell.answered == (cell.mark != "no")
        assert cell.coded == cell.answered


def test_each_objective_of_1990_has_its_own_line(answered: Evidence) -> None:
    relevance = next(
        table for table in tabulate(answered, "ratings", question="3.1") if "objective" in str(table.question)
    )
    lines = [row.id for row in relevance.rows if row.level == 0]
    assert lines == ["services@total", "forum@total", "savings@total"]
    assert all(relevance.cells[line, "n"].value == 1 for line in lines)
