"""The Desk: arranging interviews, targets, and whom to see next."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from fieldkit.study.roster import RosterEntry, add_respondent, find_respondent
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.widgets.appointment_form import AppointmentForm
from fieldkit.tui.widgets.heat_map import HeatMap
from tests.app.building import build_study
from tests.app.evaluator import drawn


async def counted(app: FieldkitApp, pilot: Pilot[None]) -> str:
    """The screen once guides are read and coverage is counted."""
    while app.screen.query_one(HeatMap).cells is None:
        await pilot.pause(0.05)
    await pilot.pause()
    return drawn(app)


async def go_to(app: FieldkitApp, pilot: Pilot[None], code: str) -> None:
    """Put the cursor on a respondent."""
    await counted(app, pilot)
    app.screen._highlight(find_respondent(app.study, code).id)
    await pilot.pause()


async def test_when_plans_an_interview_and_the_desk_shows_it_next(world: Study) -> None:
    add_respondent(world, RosterEntry("CIC-03", {"group": "CIC"}))
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(app, pilot, "CIC-03")
        await pilot.press("w", *"2099-03-12 10:00", "tab", *"pho", "enter")
        await pilot.pause()
        shown = drawn(app)
    assert "CIC-03 2099-03-12 10:00" in shown.split("Next:")[1]
    assert find_respondent(world, "CIC-03").status == "scheduled"
    planned = [body for body in world.rows("interviews").values() if body.get("mode") == "phone"]
    assert [body["planned_at"] for body in planned] == ["2099-03-12T10:00"]


async def test_a_day_that_is_none_stays_on_the_line_to_be_mended(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(app, pilot, "DFA-02")
        await pilot.press("w", "end", *"x", "enter")
        await pilot.pause()
        shown = drawn(app)
        assert "no day that can be read" in shown
        assert "2026-03-12 10:00x" in shown
        await pilot.press("escape")
        assert not app.screen.query_one(AppointmentForm).display


async def test_a_status_is_said_by_its_beginning_and_shows_in_the_list(world: Study) -> None:
    add_respondent(world, RosterEntry("CIC-03", {"group": "CIC"}))
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(app, pilot, "CIC-03")
        await pilot.press("t", "ctrl+u", *"decl", "enter")
        await pilot.pause()
        shown = drawn(app)
    assert "CIC-03    declined" in shown
    assert "1 declined" in shown
    assert find_respondent(world, "CIC-03").status == "declined"


async def test_states_and_statuses_filter_the_list(world: Study) -> None:
    add_respondent(world, RosterEntry("CIC-03", {"group": "CIC", "status": "invited"}))
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await counted(app, pilot)
        seen = []
        for _ in range(5):
            await pilot.press("s")
            await pilot.pause()
            seen.append([row.code for row in app.screen._rows])
    assert ["CIC-03"] in seen
    assert ["DFA-02"] in seen
    assert len(seen[-1]) == 7, "after the last, all"


async def test_the_heat_map_counts_against_targets_and_the_next_official_is_named(tmp_path: Path) -> None:
    folder = build_study(tmp_path / "study")
    with Study.open(folder) as study:
        add_respondent(study, RosterEntry("IOM-02", {"group": "IOM", "place": "geneva"}))
        app = FieldkitApp(study)
        async with app.run_test(size=(120, 40)) as pilot:
            shown = await counted(app, pilot)
    assert "2 of 8" in shown
    assert "See next: " in shown
