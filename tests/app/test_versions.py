"""What an answer was before: seen in full, brought back, and on the screen at once."""

from __future__ import annotations

import re

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.coding import code_passage
from fieldkit.study.conduct import Conduct
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.interviews import find_interview
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.history import HistoryScreen
from fieldkit.tui.widgets.changed_lines import changed_lines
from fieldkit.tui.widgets.notes import Notes
from tests.app.building import person, response_id
from tests.app.evaluator import keys, texts
from tests.app.frames import SIZES, check_golden, frame, press, settled

ROLE = ResponseKey("role")
HOSTILE = "[/] [sic] \x1b[31m fin"


@pytest.fixture
def role(world: Study) -> str:
    """What CIC-02, whose interview goes on, said of her role, in three states; its id."""
    conduct = Conduct(world, find_interview(world, "CIC-02").id)
    conduct.note(ROLE, f"Conseillère. {HOSTILE}\nDepuis 2001.")
    conduct.leave(ROLE)
    conduct.set_disposition(ROLE, "refused")
    return response_id(world, "CIC-02", "role")


async def test_in_the_interview_an_earlier_state_is_brought_back_and_seen_at_once(
    world: Study, role: str
) -> None:
    app = FieldkitApp(world, respondent=person(world, "CIC-02"))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await keys(pilot, "ctrl+g", "2", "enter", "Et encore. ")
        await settled(pilot)
        await press(pilot, "f10")
        assert isinstance(app.screen, HistoryScreen)
        # What was being typed is a state of its own before anything else is brought back.
        assert "Et encore." in " ".join(texts(world.row("responses", role)))
        shown = frame(app)
        assert "changed: words" in shown
        await press(pilot, "down", "down")
        assert "[/] [sic] ␛[31m fin" in frame(app)
        await press(pilot, "down")
        assert "Conseillère à l’immigration, à Genève." in frame(app)
        await press(pilot, "enter")
        assert "Brought back" in frame(app)
        assert texts(world.row("responses", role)) == ["Conseillère à l’immigration, à Genève."]
        await press(pilot, "escape")
        assert app.screen.place == "interview"
        assert app.screen.query_one(Notes).text == "Conseillère à l’immigration, à Genève."
        await keys(pilot, " Oui.", "ctrl+s")
        await settled(pilot)
        assert texts(world.row("responses", role)) == ["Conseillère à l’immigration, à Genève. Oui."]


async def test_bringing_back_is_undone_with_a_key(world: Study, role: str) -> None:
    before = world.row("responses", role)
    app = FieldkitApp(world, respondent=person(world, "CIC-02"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await keys(pilot, "ctrl+g", "2", "enter")
        await press(pilot, "f10", "ctrl+z")
        assert "Nothing was brought back here" in frame(app)
        await press(pilot, "enter")
        assert "It is so already" in frame(app)
        await press(pilot, "down", "down", "enter")
        assert world.row("responses", role) != before
        await press(pilot, "ctrl+z")
        assert world.row("responses", role) == before
        await press(pilot, "escape")
        assert app.screen.query_one(Notes).text.startswith("Conseillère. [/]")


async def test_from_coding_it_reaches_the_words_and_the_open_interview(world: Study, role: str) -> None:
    app = FieldkitApp(world, respondent=person(world, "CIC-02"))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await keys(pilot, "ctrl+g", "2", "enter")
        await press(pilot, "f4", "slash", *"depuis", "enter")
        assert app.screen.entry.id == role
        await press(pilot, "f10", "down", "down", "enter", "escape")
        assert app.screen.entry is None or "Depuis" not in app.screen.text
        await press(pilot, "f3")
        assert app.screen.query_one(Notes).text == "Conseillère à l’immigration, à Genève."


async def test_an_answer_that_was_removed_comes_back(world: Study, role: str) -> None:
    app = FieldkitApp(world, respondent=person(world, "CIC-02"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await keys(pilot, "ctrl+g", "2", "enter", "ctrl+t", "0")
        app.screen.query_one(Notes).clear()
        await settled(pilot)
        await press(pilot, "f10")
        assert world.row("responses", role) is None
        assert "the answer was removed" in frame(app)
        await press(pilot, "down", "enter", "escape")
        assert "Depuis 2001." in frame(app)


async def test_where_nothing_was_kept_it_says_so_and_reading_only_refuses(world: Study, role: str) -> None:
    app = FieldkitApp(world, respondent=person(world, "CIC-02"))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await keys(pilot, "ctrl+g", "3", "enter")
        await press(pilot, "f10")
        assert app.screen.place == "interview"
        assert "Nothing was kept of this answer" in frame(app)
    with Study.open(world.folder, write=False) as second:
        app = FieldkitApp(second)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await settled(pilot)
            app.push_screen(HistoryScreen(second, "responses", role))
            await settled(pilot)
            await press(pilot, "down", "down", "enter")
            assert "reading only" in frame(app)


@pytest.mark.parametrize("size", SIZES)
async def test_it_looks_as_it_did(world: Study, role: str, size: str) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=SIZES[size]) as pilot:
        await settled(pilot)
        app.push_screen(HistoryScreen(world, "responses", role))
        await settled(pilot)
        check_golden(app, f"versions-{size}")
        assert re.search(r"changed: outcome \(was answered\)", frame(app))


async def test_a_documents_earlier_words_are_shown_and_brought_back_with_its_codings(world: Study) -> None:
    first = f"A made-up report.\nThe Council met in 2005. {HOSTILE}\nThe end."
    later = "A made-up report.\nThe Board met in 2006.\nThe end.\nAn annex."
    take_document(world, "report.txt", first, DocumentFacts(name="Rapport [sic]"))
    code_passage(world, "report", ["council"], start=18, end=29, document=True)
    (coding,) = [each for each in world.records("codings") if each.document]
    take_document(world, "report.txt", later, DocumentFacts(evaluation_questions=["2.5"]))
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f4", "slash", *"report", "enter", "f10")
        shown = frame(app)
        assert "Rapport [sic]" in shown
        assert "changed: words" in shown
        assert "changed: evaluation questions (was none)" in shown
        for line in (
            "- The Council met in 2005. [/] [sic] ␛[31m fin",
            "+ The Board met in 2006.",
            "+ An annex.",
        ):
            assert line in shown
        await press(pilot, "down")
        assert "The Council met in 2005." in frame(app)
        await press(pilot, "enter")
        assert "Brought back" in frame(app)
        assert world.row("documents", "report")["text"] == first
        await press(pilot, "escape")
        assert app.screen.text == first
        assert [each.id for each in app.screen.entry.codings] == [coding.id]
        assert first[slice(coding.start, coding.end)] == "The Council"
        await press(pilot, "f10", "ctrl+z")
        assert "Nothing was brought back here" in frame(app)
        await press(pilot, "down", "enter", "ctrl+z")
        assert world.row("documents", "report")["text"] == first


def test_of_a_long_text_only_what_changed_is_shown() -> None:
    before = [f"Line {number}." for number in range(2_000)]
    after = [*before[:1_000], "Another.", *before[1_001:], "Last."]
    shown = [str(line) for line in changed_lines("\n".join(after), "\n".join(before))]
    assert [" ".join(line.split()) for line in shown] == [
        "… 999 lines more",
        "Line 999.",
        "- Line 1000.",
        "+ Another.",
        "Line 1001.",
        "… 997 lines more",
        "Line 1999.",
        "+ Last.",
    ]
    new = [str(line).strip() for line in changed_lines("\n".join(before), None)]
    assert (new[0], new[-1], len(new)) == ("Line 0.", "… 1988 lines more", 13)


async def test_codings_of_words_that_an_earlier_version_lacks_wait_for_a_decision(world: Study) -> None:
    take_document(world, "report.txt", "A made-up report.", DocumentFacts())
    take_document(world, "report.txt", "A made-up report.\nThe Board met twice.", DocumentFacts())
    code_passage(world, "report", ["council"], start=18, end=27, document=True)
    (coding,) = [each.id for each in world.records("codings") if each.document]
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f4", "slash", *"report", "enter", "f10", "down", "enter", "escape")
        assert app.screen.text == "A made-up report."
        assert world.row("codings", coding) is not None
        assert "1 waits for a decision: Ctrl+D" in frame(app)
        await press(pilot, "ctrl+d")
        assert "The Board" in frame(app)
        await press(pilot, "escape", "f10", "down", "enter", "escape")
        assert "waits for a decision" not in frame(app)
        assert [each.id for each in app.screen.entry.codings] == [coding]


def test_of_a_text_that_differs_all_over_what_is_not_compared_is_told() -> None:
    before = [f"Line {number}." for number in range(60_000)]
    after = ["Line 0.", *(f"Line {number + number % 2}." for number in range(1, 59_999)), before[-1]]
    shown = [str(line).split() for line in changed_lines("\n".join(after), "\n".join(before))]
    assert shown[:4] == [["Line", "0."], ["-", "Line", "1."], ["Line", "2."], ["-", "Line", "3."]]
    told = "… 57997 lines further on are not compared"
    assert shown[-3:] == [told.split(), ["Line", "59998."], ["…", "1", "line", "more"]]
