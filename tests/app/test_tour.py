"""The tour: offered once where all data is made up, walked by doing what it says, left at any time."""

from __future__ import annotations

from fieldkit.records.findings import StudyMark
from fieldkit.study.study import Study, put
from fieldkit.tui.actions import ACTIONS
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.tour import STEPS
from fieldkit.tui.widgets.tour_line import TourLine
from tests.app.frames import frame, press, settled

OFFER = "First time? F1, then t: a tour of two minutes"

WALK = (
    ("Choose a respondent", ("enter",)),
    ("Read aloud", ("ctrl+n",)),
    ("Type what is said", (*"heard", "ctrl+n")),
    ("Follow the talk", ("ctrl+g",)),
    ("Not asked, refused", ("escape", "ctrl+t")),
    ("goes back to the Desk", ("escape", "f2")),
    ("goes to Coding", ("f4",)),
    ("goes to Findings", ("f5",)),
    ("tells what can be done", ("f1",)),
    ("finds everything", ("escape", "ctrl+p")),
)
"""What each step says, and the keys that do it."""


def practice(world: Study) -> FieldkitApp:
    """The app on a study that says its data is made up."""
    assert world.store is not None
    world.store.commit([put("study", StudyMark(id="study", practice=True))], author="MT")
    return FieldkitApp(world)


async def test_the_tour_is_walked_by_doing_what_it_says(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f1", "t")
        for number, (says, keys) in enumerate(WALK, start=1):
            place = app.screen_stack[0] if len(app.screen_stack) == 1 else app.screen_stack[-1]
            line = str(place.query_one(TourLine).render()) if place.query(TourLine) else frame(app)
            assert f"Tour {number}/{len(STEPS)}" in line
            assert says in line
            await press(pilot, *keys)
        assert app.tour is None
        await press(pilot, "escape")
        assert "Tour" not in frame(app).splitlines()[-2]
    assert len(WALK) == len(STEPS)


async def test_other_keys_do_not_complete_a_step_and_the_tour_is_left_at_any_time(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f1", "t", "s", "down", "f5")
        assert "Tour 1/" in frame(app)
        await press(pilot, "f1", "t")
        assert app.tour is None
        assert "Tour 1/" not in frame(app)


async def test_the_tour_is_offered_once_and_only_where_data_is_made_up(world: Study) -> None:
    for made_up, offered in ((False, False), (True, True), (True, False)):
        app = practice(world) if made_up else FieldkitApp(world)
        world.notices.clear()
        async with app.run_test(size=(120, 40)) as pilot:
            await settled(pilot)
            assert (OFFER in frame(app)) == offered


def test_every_step_is_an_action_that_has_a_key() -> None:
    keys = {action.id: action.keys for action in ACTIONS}
    for step in STEPS:
        assert keys[step.action]
        assert "{key}" in step.text
