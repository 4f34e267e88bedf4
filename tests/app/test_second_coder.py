"""A share for a second coder, given from the Desk and handed in there."""

from __future__ import annotations

from fieldkit.study.assigning import assignments, interviews_by_group
from fieldkit.study.history import undo
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.desk import DeskScreen
from tests.app.frames import check_golden, frame, press, settled


async def test_a_share_is_seen_given_worked_blind_and_handed_in(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "h")
        assert "1 of 1 CIC  CIC-01" in frame(app)
        await press(pilot, "tab", *["backspace"] * 3, *"9x", "enter")
        assert "'9x': say 25% or 1/4" in frame(app)
        assert not assignments(world)
        await press(pilot, *["backspace"] * 2, "2", "shift+tab", "S", "R")
        check_golden(app, "second-coder-80x24")
        await press(pilot, "enter")
        (given,) = assignments(world)
        assert (given.coder, len(given.interviews), given.handed_in_at) == ("SR", 2, None)
        assert set(given.interviews) < {
            each for found in interviews_by_group(world).values() for each in found
        }
        assert "SR: 2 interviews, coding blind" in frame(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, DeskScreen)

        others = len(world.rows("codings"))
        await press(pilot, "a", "backspace", "backspace", "S", "R", "enter")
        assert "SR codes a share blind" in next(note.message for note in app._notifications)
        assert len(world.rows("codings")) < others
        await app.screen.run_action("hand_in")
        await press(pilot, "M", "T", "enter")
        assert "not your initials" in frame(app)
        await press(pilot, "backspace", "backspace", "S", "R", "enter")
        assert assignments(world)[0].handed_in_at
        assert len(world.rows("codings")) == others
        undo(world)
        world.set_author("MT")
        undo(world)
        assert not assignments(world)
