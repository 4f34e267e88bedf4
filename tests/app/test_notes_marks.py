"""Marks typed at the start of a paragraph: a sign at the left, never text; and text where none is meant."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events

from fieldkit.study.marks import Numbered
from fieldkit.tui.widgets.notes import Notes
from tests.app.test_notes import NotesApp, kinds, rows, texts, type_characters

NUMBERED = Numbered(
    probes={1: "contacts", 2: "direct"},
    items={number: f"item_{number}" for number in range(1, 19)},
    speakers={1: "ann", 2: "ben"},
)


async def typed(pilot: Any, *parts: str) -> Notes:
    """Type into fresh notes: names of keys, or text."""
    notes = pilot.app.notes
    notes.load([], NUMBERED)
    for part in parts:
        if part in ("backspace", "ctrl+z", "ctrl+y", "home", "f8", "left"):
            await pilot.press(part)
        else:
            await type_characters(pilot, part)
    return notes


def said(notes: Notes) -> list[dict[str, Any]]:
    """The paragraphs without their times, and without what goes without saying."""
    left_out = ("offset_s",)
    return [
        {name: value for name, value in paragraph.items() if name not in left_out and value != "paraphrase"}
        for paragraph in notes.paragraphs
    ]


@pytest.mark.parametrize(
    ("keys", "expected", "sign"),
    [
        ('"We waited', {"text": "We waited", "kind": "verbatim"}, "“ We"),
        ("« On attend", {"text": "On attend", "kind": "verbatim"}, "“ On"),
        ("*tired", {"text": "tired", "kind": "note"}, "* tired"),
        ("!send it", {"text": "send it", "follow_up": True}, "! send"),
        ("?2yes", {"text": "yes", "probe": "direct"}, "?2 yes"),
        ("=9costs", {"text": "costs", "also_answers": ["item_9"]}, "=9 costs"),
        ("=1 unit", {"text": "unit", "also_answers": ["item_1"]}, "=1 unit"),
        ("=12late", {"text": "late", "also_answers": ["item_12"]}, "=12 late"),
        ('&2"mine', {"text": "mine", "respondent": "ben", "kind": "verbatim"}, "2“ mine"),
        ('=1"both', {"text": "both", "also_answers": ["item_1"], "kind": "verbatim"}, "“=1 both"),
    ],
)
async def test_a_mark_becomes_a_sign(keys: str, expected: dict[str, Any], sign: str) -> None:
    async with NotesApp().run_test(size=(40, 6)) as pilot:
        notes = await typed(pilot, keys)
        assert said(notes) == [expected]
        assert any(f"▊ {sign}" in row for row in rows(pilot.app))


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ('""quoted"', '"quoted"'),
        ("**stars", "*stars"),
        ("!!", "!"),
        ("?? no", "? no"),
        ("? no", "? no"),
        ("&c.", "&c."),
        ("?3 x", "?3 x"),
        ("=19 x", "=19 x"),
        ('so "quoted" =9 !', 'so "quoted" =9 !'),
    ],
)
async def test_what_is_no_mark_stays_text(keys: str, text: str) -> None:
    async with NotesApp().run_test() as pilot:
        assert said(await typed(pilot, keys)) == [{"text": text}]


async def test_an_unknown_number_is_told_of() -> None:
    async with NotesApp().run_test() as pilot:
        notes = await typed(pilot, "?3")
        assert notes.remark == "?3 stays as text: this item has no probe 3"


async def test_backspace_takes_marks_back_before_it_joins_lines() -> None:
    async with NotesApp().run_test() as pilot:
        notes = await typed(pilot, "above\n", '&2"', "backspace", "x")
        assert said(notes)[1] == {"text": "x", "respondent": "ben"}
        notes = await typed(pilot, "above\n", '&2"', "backspace", "backspace", "backspace", "x")
        assert said(notes) == [{"text": "abovex"}]
        notes = await typed(pilot, "?2words", "home", "backspace")
        assert said(notes) == [{"text": "words"}]


async def test_a_number_half_typed_can_be_corrected() -> None:
    async with NotesApp().run_test() as pilot:
        assert said(await typed(pilot, "=1", "backspace", "9", "x")) == [
            {"text": "x", "also_answers": ["item_9"]}
        ]
        assert said(await typed(pilot, "?", "backspace", "x")) == [{"text": "x"}]


async def test_a_mark_is_undone_and_done_again() -> None:
    async with NotesApp().run_test() as pilot:
        notes = await typed(pilot, '"', "ctrl+z", "x")
        assert said(notes) == [{"text": "x"}]
        notes = await typed(pilot, '"', "words", "ctrl+z", "ctrl+z", "ctrl+y", "ctrl+y")
        assert said(notes) == [{"text": "words", "kind": "verbatim"}]


async def test_the_next_paragraph_is_nobodys_and_paraphrase() -> None:
    async with NotesApp().run_test() as pilot:
        notes = await typed(pilot, '&2!"hers\n', "mine")
        assert said(notes) == [
            {"text": "hers", "kind": "verbatim", "follow_up": True, "respondent": "ben"},
            {"text": "mine"},
        ]


async def test_a_paragraph_there_is_can_be_marked_at_its_start() -> None:
    async with NotesApp().run_test() as pilot:
        notes = await typed(pilot, "words", "home", '"')
        assert said(notes) == [{"text": "words", "kind": "verbatim"}]
        notes = await typed(pilot, "words", "home", "=9")
        assert said(notes) == [{"text": "words", "also_answers": ["item_9"]}]


async def test_a_mark_alone_says_something_and_a_number_left_open_is_completed() -> None:
    async with NotesApp().run_test() as pilot:
        notes = await typed(pilot, "?2")
        assert said(notes) == [{"text": "", "probe": "direct"}]
        notes = await typed(pilot, "=1")
        assert said(notes) == [{"text": "=1"}], "another digit may come"
        notes.finish_mark()
        assert said(notes) == [{"text": "", "also_answers": ["item_1"]}]


@pytest.mark.parametrize("pasted", ['"quoted', "*note", "!x", "?2 y", "=9 z", "&2 w"])
async def test_a_paste_makes_no_mark(pasted: str) -> None:
    async with NotesApp().run_test() as pilot:
        notes = pilot.app.notes
        notes.load([], NUMBERED)
        notes.post_message(events.Paste(pasted))
        await pilot.pause()
        assert (texts(notes), kinds(notes)) == ([pasted], ["paraphrase"])
        notes.load([], NUMBERED)
        await type_characters(pilot, "?")
        notes.post_message(events.Paste("2"))
        await pilot.pause()
        assert said(notes) == [{"text": "?2"}]


async def test_signs_of_any_width_leave_the_words_whole() -> None:
    async with NotesApp().run_test(size=(30, 8)) as pilot:
        notes = await typed(pilot, "plain\n", '&2"!?2=9=12', "word " * 12)
        drawn = "\n".join(rows(pilot.app))
        assert "2“!?2=9=12 word" in drawn
        assert drawn.count("word") == 12
        notes.move_cursor((1, 0))
        await pilot.press(*["backspace"] * 6)
        assert any("▊   word" in row for row in rows(pilot.app)), "no wider than the signs there are"
