"""After a power cut the Desk says what was cut off, and the interview what was recovered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.conduct import Conduct
from fieldkit.study.interviews import plan_interview
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from tests.app.evaluator import InterviewApp, drawn, keys, study_in
from tests.app.frames import press, settled

WORDS = "Elle dit [sic] : « c’est réglé »"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def cut(study: Study) -> str:
    """An interview that is being held when the power goes, words drafted under two items."""
    conduct = Conduct(study, plan_interview(study, [find_respondent(study, "CIC-01").id]).id)
    conduct.start()
    conduct.move_to(ResponseKey("role"))
    conduct.note(ResponseKey("role"), WORDS)
    conduct.note(ResponseKey("missed"), "and one thing more")
    conduct.autosave()
    return conduct.interview.id


async def test_the_desk_names_what_was_cut_off_and_enter_goes_on(study: Study) -> None:
    interview = cut(study)
    app = FieldkitApp(study)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "CIC-01 was cut off at " in drawn(app)
        assert "; Enter goes on" in drawn(app)
        await press(pilot, "enter")
        assert app.held == interview
        await press(pilot, "f2")
        assert "cut off" not in drawn(app), "it is being held again"


async def test_what_was_recovered_can_be_read_after_the_next_key(study: Study) -> None:
    app = InterviewApp(study, cut(study))
    async with app.run_test(size=(120, 40)) as pilot:
        assert "Recovered what was typed before the last stop, 2 item(s)" in drawn(app)
        await keys(pilot, " and goes on", "ctrl+n", "ctrl+g", "r\n")
        assert app.interview.page == "recovered"
        assert WORDS in drawn(app)
        assert "and one thing more" in drawn(app)
        assert " and goes on" not in drawn(app)
        await keys(pilot, "more")
        assert app.interview.page == "item", "typing goes to the notes"
        await keys(pilot, "ctrl+g", "r\n", "enter")
        assert app.interview.page == "item"


async def test_without_a_crash_there_is_nothing_to_show(study: Study) -> None:
    person = find_respondent(study, "CIC-01").id
    app = InterviewApp(study, plan_interview(study, [person]).id)
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "ctrl+g", "recovered")
        assert "What was recovered" not in drawn(app)
