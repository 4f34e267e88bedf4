"""Following the talk: what is covered elsewhere, items added on the spot, and back to where one was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.study import Study
from tests.app.evaluator import InterviewApp, app_for, drawn, keys, study_in, texts


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def stored(app: InterviewApp, item: str) -> dict | None:
    conduct = app.interview.conduct
    return conduct.study.row("responses", ResponseKey(item).response_id(conduct.interview.id))


def number(app: InterviewApp, item: str) -> int:
    return next(step.number for step in app.interview.conduct.steps() if step.key.item == item)


def here(app: InterviewApp) -> str:
    return app.interview.page if app.interview.page != "item" else app.interview.conduct.current.item


async def test_a_mark_says_that_another_item_is_answered_too(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        missed = number(app, "missed")
        await keys(pilot, "ctrl+g", "2\n", f"={missed} all of it")
        assert f"also answers {missed}" in drawn(app)
        await keys(pilot, "ctrl+n", "ctrl+g", f"{missed}\n")
        assert "covered under 2" in drawn(app)
        assert stored(app, "missed")["reason"] == "role"
        assert stored(app, "role")["also_answers"] == ["missed"]
        await keys(pilot, "ctrl+g", "2\n", "home", "backspace", "ctrl+n")
        assert stored(app, "missed") is None


async def test_already_covered_asks_where_and_enter_is_where_one_came_from(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+g", "2\n", "all said", "ctrl+g", "important that\n", "ctrl+t", "3")
        assert "Covered under:" in drawn(app)
        await keys(pilot, "enter")
        assert "covered under 2" in drawn(app)
        assert (stored(app, "missed")["disposition"], stored(app, "missed")["reason"]) == (
            "already covered",
            "role",
        )
        assert stored(app, "role")["also_answers"] == ["missed"]
        await keys(pilot, "ctrl+t", "0")
        assert stored(app, "missed") is None
        assert stored(app, "role")["also_answers"] == []


async def test_where_is_answered_by_a_number_and_never_takes_what_is_said(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+g", "important that\n", "ctrl+t", "3", "2\n")
        assert stored(app, "missed")["reason"] == "role"
        await keys(pilot, "ctrl+t", "3", "zebras were mentioned", "ctrl+n")
        assert texts(stored(app, "missed")) == ["zebras were mentioned"]
        assert stored(app, "missed")["disposition"] == "already covered"


async def test_words_that_no_item_has_are_added_as_one(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+g", "2.5\n", "ctrl+g", "Who pays for Manila?")
        assert "Add item: Who pays for Manila?" in drawn(app)
        await keys(pilot, "enter")
        assert "Evaluation question: _   (Enter: 2.5;" in drawn(app)
        await keys(pilot, "1.5\n", "The members do", "ctrl+n")
        assert texts(stored(app, "added_1")) == ["The members do"]
        (item,) = app.interview.conduct.interview.added_items
        assert (item.text, item.evaluation_questions) == ("Who pays for Manila?", ["1.5"])
        assert "Who pays for Manila?" in drawn(app)
        again = InterviewApp(study, app.interview.interview_id)
    async with again.run_test() as pilot:
        await keys(pilot, "ctrl+g", "pays for man\n")
        assert here(again) == "added_1"


async def test_the_answer_to_an_added_item_can_be_typed_at_once(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+g", "2.5\n", "ctrl+g", "Who pays for Manila?\n", "The members")
        assert here(app) == "added_1"
        await keys(pilot, "ctrl+g", "enter")
        assert here(app) == "common_position"
        assert texts(stored(app, "added_1")) == ["The members"]
        assert app.interview.conduct.interview.added_items[0].evaluation_questions == ["2.5"]


async def test_a_place_mistyped_is_asked_for_again_and_adds_nothing(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+g", "2\n", "ctrl+g", "imprtant\n", "ctrl+g", "important that\n")
        assert here(app) == "missed"
        await keys(pilot, "ctrl+g", "imprtant\n", "escape")
        assert app.interview.conduct.interview.added_items == []


async def test_an_unknown_evaluation_question_is_told_of_and_the_words_stay(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+g", "2\n", "ctrl+g", "Who pays for Manila?\n", "9.9\n")
        assert "there is no evaluation question '9.9'" in drawn(app)
        assert "Add item: Who pays for Manila?" in drawn(app)
        await keys(pilot, "1.5\n")
        assert here(app) == "added_1"


async def test_back_goes_through_every_jump(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+g", "3\n", "ctrl+g", "important that\n", "ctrl+g", "closing\n")
        await keys(pilot, "enter")
        assert here(app) not in ("closing", "missed")
        await pilot.click("#outline", offset=(5, 2))
        await pilot.pause()
        assert here(app) == "role"
        gone_through = []
        for _ in range(5):
            await keys(pilot, "ctrl+g", "enter")
            gone_through.append(here(app))
        assert gone_through[1:] == ["closing", "missed", "since", "unit"]


async def test_pausing_takes_one_key(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "ctrl+n", "words", "ctrl+e")
        assert app.interview.conduct.interview.state == "paused"
        assert texts(stored(app, "role")) == ["words"]
        await keys(pilot, " on")
        assert app.interview.conduct.interview.state == "in progress"
