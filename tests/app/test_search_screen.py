"""Searching all notes from the Desk."""

from __future__ import annotations

from textual.pilot import Pilot

from fieldkit.study.consents import record_consent
from fieldkit.study.interviews import find_interview
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.desk import DeskScreen
from fieldkit.tui.screens.interview import InterviewScreen
from fieldkit.tui.screens.search import SearchScreen
from tests.app.evaluator import drawn


async def searching(app: FieldkitApp, pilot: Pilot[None]) -> SearchScreen:
    """The screen of search, come to by its key."""
    while not app.study.protocol_loaded:
        await pilot.pause(0.05)
    await pilot.press("slash")
    await pilot.pause()
    assert isinstance(app.screen, SearchScreen)
    while not app.screen.ready:
        await pilot.pause(0.05)
    return app.screen


async def test_letters_find_notes_and_enter_opens_the_item(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await searching(app, pilot)
        await pilot.press(*"prepares")
        await pilot.pause()
        shown = drawn(app)
        assert "1 found" in shown
        assert "CIC-02" in shown
        await pilot.press("enter")
        for _ in range(20):
            await pilot.pause(0.05)
            if isinstance(app.screen, InterviewScreen) and app.screen.is_mounted:
                break
        assert isinstance(app.screen, InterviewScreen)
        await pilot.pause()
        assert app.screen.conduct.current.item == "common_position"
        assert app.screen.interview_id == find_interview(world, "CIC-02").id
        assert app.screen.page == "item"


async def test_group_question_and_state_narrow_and_are_shown(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await searching(app, pilot)
        await pilot.press("ctrl+g", "ctrl+g")
        await pilot.pause()
        assert "group DFA" in drawn(app)
        assert {note.codes for note in screen._found.notes} == {"DFA-01"}
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert "0 found" in drawn(app)


async def test_words_of_who_withdrew_do_not_come_up(world: Study) -> None:
    interview = find_interview(world, "CIC-01")
    record_consent(world, interview.id, interview.respondents[0], given=False)
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await searching(app, pilot)
        await pilot.press(*"papers")
        await pilot.pause()
        shown = drawn(app)
    assert "0 found" in shown
    assert "CIC-01" not in shown


async def test_letters_are_searched_for_and_escape_goes_back(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await searching(app, pilot)
        await pilot.press(*"qd?[b]")
        await pilot.pause()
        assert screen.query_one("#search-query").value == "qd?[b]"
        assert "0 found" in drawn(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, DeskScreen)
