"""F1 explains where the focus is; the palette finds everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.help_topics import TOPICS, topic
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.screens.findings import FindingsScreen
from fieldkit.tui.screens.interview import InterviewScreen
from tests.app.evaluator import app_for, study_in
from tests.app.frames import frame, press, settled

WHERE = {
    "desk": ((), "whom to see next"),
    "coding": (("f4",), "The responses and documents to be coded"),
    "words": (("f4", "enter"), "Space widens it"),
    "codings": (("f4", "enter", "tab"), "The codings of this response"),
    "chart": (("f4", "ctrl+t"), "A cell of the chart"),
    "typing": (("f4", "slash"), "Enter takes what you typed"),
    "findings": (("f5",), "The arrows move among its cells"),
    "history": (("f4", "f10"), "What the answer was before"),
}
"""Place, to the keys that go there and what F1 says of it."""


@pytest.mark.parametrize("place", WHERE)
async def test_help_says_first_what_can_be_done_where_the_focus_is(world: Study, place: str) -> None:
    keys, said = WHERE[place]
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 80)) as pilot:
        await settled(pilot)
        await press(pilot, *keys, "f1")
        assert said in " ".join(frame(app).replace("│", " ").split())
        await press(pilot, "escape")
        assert topic(app.screen) is not None


FORMS = {"grid": "GridForm", "rank": "RankForm", "entry": "EntryForm", "choice": "ChoiceForm"}


async def test_every_page_and_form_of_an_interview_has_its_own_paragraph(tmp_path: Path) -> None:
    with study_in(tmp_path / "study") as study:
        app = app_for(study, "CIC-01")
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            screen = app.interview
            assert topic(screen) == TOPICS["interview.consent"]
            found = set()
            for step in screen.conduct.steps():
                screen.go_to(step.key)
                kind = type(screen.pane.form).__name__ if screen.pane.form is not None else None
                expected = next((name for name, form in FORMS.items() if form == kind), "notes")
                assert topic(screen) == TOPICS[f"interview.{expected}"]
                found.add(expected)
                screen.set_focus(screen.pane.notes)
                assert topic(screen) == TOPICS["interview.notes"]
            assert found >= {"grid", "entry", "choice", "notes"}
            screen.turn_to("closing")
            assert topic(screen) == TOPICS["interview.closing"]


async def test_the_palette_takes_one_to_an_action_of_another_place(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"coding uncoded", "enter")
        assert isinstance(app.screen, CodingScreen)
        assert app.screen.filters.uncoded
        await press(pilot, "ctrl+p", *"all responses", "enter")
        assert not app.screen.filters.uncoded


async def test_the_palette_finds_a_code_and_an_evaluation_question(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"code one-voice", "enter")
        assert isinstance(app.screen, CodingScreen)
        assert app.screen.filters.code == "one-voice"
        assert {entry.who for entry in app.screen.found} == {"CIC-01", "CIC-02"}
        await press(pilot, "ctrl+p", *"2.5", "enter")
        assert isinstance(app.screen, FindingsScreen)
        assert app.screen.question == "2.5"


async def test_the_palette_finds_an_item_of_the_interview_that_is_open(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"interview iom-01", "enter")
        assert isinstance(app.screen, InterviewScreen)
        last = app.screen.conduct.steps()[-1]
        words = last.item.text.get("en")[:24].casefold()
        await press(pilot, "f4", "ctrl+p", *words, "enter")
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.conduct.current == last.key


async def test_accents_may_be_left_out(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.speak("fr")
        await press(pilot, "ctrl+p", *"theme: contraste eleve", "enter")
        assert app.theme == "fieldkit-contrast"


def test_no_paragraph_is_too_long_to_be_read_at_a_glance() -> None:
    assert all(len(text) <= 280 for text in TOPICS.values())
