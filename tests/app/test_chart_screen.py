"""The whole chart by keys: what ends up in the store, what is empty, what is stale."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.chart import chart_cell
from fieldkit.study.chart_sheet import SheetCell
from fieldkit.study.coding import code_passage
from fieldkit.study.conduct import Conduct
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.chart import ChartScreen
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.widgets.chart_grid import cell_sign
from tests.app.building import build_study, person, response_id
from tests.app.frames import SIZES, check_golden, frame, press, settled
from tests.app.test_coding import keys, said


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    folder = build_study(
        tmp_path / "study",
        said={
            "CIC-01": {"common_position": "Papers come late [sic]. One voice? Mostly."},
            "DFA-01": {"influence": "Heard on zero growth."},
        },
    )
    with Study.open(folder) as opened:
        yield opened


@asynccontextmanager
async def chart_app(study: Study, *, size: str = "120x40") -> Any:
    app = FieldkitApp(study)
    async with app.run_test(size=SIZES[size]) as pilot:
        await settled(pilot)
        await press(pilot, "f4", "ctrl+g")
        await settled(pilot)
        assert isinstance(app.screen, ChartScreen)
        yield pilot


def cell_of(study: Study, code: str, question: str) -> Any:
    return chart_cell(study, person(study, code), question, study.author)


async def test_one_key_leads_to_the_chart_and_every_cell_is_filled_there(study: Study) -> None:
    async with chart_app(study) as pilot:
        assert "0 of 2 charted · 2 empty · 0 stale" in frame(pilot.app)
        await keys(pilot, "2", "f", *"Late, mostly.", "enter", "ctrl+n", "1", "ctrl+n")
        cell = cell_of(study, "CIC-01", "2.5")
        assert (cell.position, cell.basis, cell.summary) == ("qualified", "first-hand", "Late, mostly.")
        assert cell_of(study, "DFA-01", "2.1").position == "favourable"
        assert said(pilot) == "All that was said is charted here, and nothing has changed since"
        await keys(pilot, "ctrl+z")
        assert cell_of(study, "DFA-01", "2.1") is None
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_a_cell_stands_as_stale_until_it_is_said_to_hold(study: Study) -> None:
    async with chart_app(study) as pilot:
        await keys(pilot, "2", "f")
        assert " 2f " in frame(pilot.app).replace("[2f ]", " 2f ")
        code_passage(study, response_id(study, "CIC-01", "common_position"), ["council"], start=0, end=11)
        await keys(pilot, "escape", "ctrl+g")
        shown = frame(pilot.app)
        assert "1 of 2 charted · 1 empty · 1 stale" in shown
        assert "[2f!]" in shown
        assert "the passages have changed since" in " ".join(shown.split())
        await keys(pilot, "space")
        assert "still so" in said(pilot)
        assert "1 of 2 charted · 1 empty · 0 stale" in frame(pilot.app)


async def test_the_passages_stand_beside_the_cell_and_lead_to_coding(study: Study) -> None:
    response = response_id(study, "CIC-01", "common_position")
    code_passage(study, response, ["one-voice"], start=24, end=42)
    async with chart_app(study, size="80x24") as pilot:
        shown = frame(pilot.app)
        assert "One voice? Mostly." in shown
        assert "Papers come late" not in shown, "what is coded to the question is what speaks to it"
        await keys(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert pilot.app.screen.passage == (24, 42)


async def test_a_summary_begins_with_the_officials_words_only_when_asked(study: Study) -> None:
    conduct = Conduct(study, response_id(study, "CIC-01", "common_position").partition(":")[0])
    conduct.type_notes(ResponseKey("common_position"), [{"text": "We are late.", "kind": "verbatim"}])
    conduct.save_all()
    async with chart_app(study) as pilot:
        await keys(pilot, "ctrl+d", "escape")
        assert cell_of(study, "CIC-01", "2.5") is None
        await keys(pilot, "ctrl+d", *" Often.", "enter")
        assert cell_of(study, "CIC-01", "2.5").summary == "We are late. Often."


async def test_one_group_at_a_time(study: Study) -> None:
    async with chart_app(study) as pilot:
        await keys(pilot, "tab", "tab")
        shown = frame(pilot.app)
        assert "only DFA" in shown
        assert "CIC-01" not in shown
        assert "0 of 1 charted · 1 empty" in shown


def test_signs_say_without_colour_what_a_cell_is() -> None:
    signs = {"qualified": "2", "opinion": "o"}

    class Cell:
        position: str | None = "qualified"
        basis: str | None = "opinion"

    open_cell = Cell()
    open_cell.position = None
    passages: Any = ("one", "two")
    told = [
        cell_sign(SheetCell(Cell(), None, passages, True), signs),  # type: ignore[arg-type]
        cell_sign(SheetCell(open_cell, None, passages, False), signs),  # type: ignore[arg-type]
        cell_sign(SheetCell(None, Cell(), passages, False), signs),  # type: ignore[arg-type]
        cell_sign(SheetCell(None, None, passages, False), signs),
        cell_sign(SheetCell(None, None, (), False), signs),
    ]
    assert told == ["2o!", "…o", "(2)", "·2", ""]


@pytest.mark.parametrize("size", SIZES)
async def test_the_chart_looks_as_it_did(world: Study, size: str) -> None:
    async with chart_app(world, size=size) as pilot:
        await keys(pilot, "ctrl+n", "3", "s")
        check_golden(pilot.app, f"chart-{size}")
