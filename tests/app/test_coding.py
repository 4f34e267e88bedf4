"""The Coding screen by keys alone: what ends up in the store, and what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import OptionList

from fieldkit.records.codings import Coding
from fieldkit.records.responses import Paragraph, Response, ResponseKey
from fieldkit.study.chart import chart_cell
from fieldkit.study.codebook import find_code, search_codes
from fieldkit.study.coding import CodingText, code_passage, codings_of
from fieldkit.study.conduct import Conduct
from fieldkit.study.desk import work_done
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.widgets.coding_bench import CodingSaid
from fieldkit.tui.widgets.coding_entries import Entry, response_entry
from fieldkit.tui.widgets.coding_list import Filters
from fieldkit.tui.widgets.collected import collected
from fieldkit.tui.widgets.passage_view import PassageView
from tests.app.building import build_study, hold, person, response_id
from tests.app.frames import SIZES, check_golden, frame, press, settled

WORDS = (
    "« On arrive préparés 👩\u200d👩\u200d👧 », [sic] dit-elle. The Council [Q3] listens. Third one.\n"
    "Autre paragraphe, à part."
)
HOSTILE = "[/] [bold]x[/bold] \x1b[2J\x00 \u202egnp.exe\u202c [/a/b] \ud7ff end."
CHARACTERS = {"space": " ", "full_stop": ".", "comma": ",", "plus": "+", "slash": "/"}
"""Keys with names to what they type."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    folder = build_study(
        tmp_path / "study",
        said={
            "CIC-01": {"changes": WORDS, "common_position": "Papers come late."},
            "DFA-01": {"influence": HOSTILE},
        },
    )
    with Study.open(folder) as opened:
        yield opened


@asynccontextmanager
async def coding_app(study: Study, *, size: str = "120x40") -> Any:
    app = FieldkitApp(study)
    async with app.run_test(size=SIZES[size]) as pilot:
        await settled(pilot)
        await press(pilot, "f4")
        await settled(pilot)
        assert isinstance(app.screen, CodingScreen)
        yield pilot


async def keys(pilot: Any, *sequence: str) -> None:
    """Send keys in one burst, as they come over a slow link: none may overtake another."""
    for key in sequence:
        character = CHARACTERS.get(key, key if len(key) == 1 else None)
        pilot.app.post_message(events.Key(key, character))
    await settled(pilot)


def given(study: Study, code: str = "CIC-01", item: str = "changes") -> list[tuple[str, str, int, int]]:
    return [(c.code, c.quote, c.start, c.end) for c in codings_of(study, response_id(study, code, item))]


def said(pilot: Any) -> str:
    return str(pilot.app.screen.query_one("#coding-said", CodingSaid).render())


def listed(pilot: Any) -> list[str]:
    listing = pilot.app.screen.query_one("#responses", OptionList)
    return [str(option.prompt) for option in listing.options]


async def test_a_sentence_with_accents_emoji_and_brackets_is_coded_by_letters_and_enter(study: Study) -> None:
    async with coding_app(study) as pilot:
        await keys(pilot, "enter", "down", *"coun", "enter")
        sentence = WORDS[: WORDS.index(" The Council")]
        assert given(study) == [("council", sentence, 0, len(sentence))]
        (coding,) = codings_of(study, response_id(study, "CIC-01", "changes"))
        assert coding.evaluation_questions == ["1.4b"]
        assert coding.coder == "MT"
        assert f"[¹{sentence[:12]}" in frame(pilot.app)


async def test_letters_that_no_code_has_give_none(study: Study) -> None:
    async with coding_app(study, size="80x24") as pilot:
        await keys(pilot, "enter", *"They save Canada money", "enter")
        assert given(study) == []
        assert "No code has these letters" in frame(pilot.app)
        await keys(pilot, "escape", "ctrl+o", *"zzz", "enter")
        assert "No evaluation question has these letters" in frame(pilot.app)


async def test_words_paragraphs_and_free_ends(study: Study) -> None:
    async with coding_app(study) as pilot:
        await keys(pilot, "enter", "down", "down", "right", "shift+right", "1")
        assert given(study) == []
        await keys(pilot, *"counc", "enter")
        start = WORDS.index("The Council")
        assert given(study) == [("council", "The Council", start, start + 11)]
        await keys(pilot, "ctrl+right", "plus", "1")
        assert given(study)[0][1] == "The Council ["
        await keys(pilot, "escape", "ctrl+up", *"scbf", "enter")
        assert ("scbf", "Autre paragraphe, à part.") in [each[:2] for each in given(study)]
        await keys(pilot, "escape", "right", "full_stop", "full_stop", "home", "full_stop", "comma")
        await keys(pilot, "full_stop", *"oversight", "enter")
        assert ("oversight", "arrive préparés") in [each[:2] for each in given(study)]


async def test_space_widens_and_backspace_narrows(study: Study) -> None:
    async with coding_app(study) as pilot:
        screen = pilot.app.screen
        seen = []
        await keys(pilot, "enter")
        for key in ("space", "space", "space", "space", "backspace", "backspace"):
            await keys(pilot, key)
            seen.append(None if screen.passage is None else WORDS[slice(*screen.passage)])
        sentence, paragraph = WORDS[: WORDS.index(" The Council")], WORDS.split("\n")[0]
        assert seen == ["On", sentence, paragraph, None, paragraph, sentence]


async def test_the_whole_response_needs_no_choosing_and_takes_several_codes(study: Study) -> None:
    async with coding_app(study) as pilot:
        await keys(pilot, "enter", *"coun", "tab", *"scb", "tab", *"overs", "enter")
        assert [each[0] for each in given(study)] == ["council", "oversight", "scbf"]
        assert all(each[1] == WORDS for each in given(study))
        assert len(study.store.changes(limit=1)[0].revisions) == 3


async def test_a_passage_a_cell_and_the_next_response_in_one_burst(study: Study) -> None:
    async with coding_app(study) as pilot:
        cell_keys = ["ctrl+t", "2", "f", "enter", *"Late.", "enter", "escape"]
        await keys(pilot, "enter", "down", *"coun", "enter", *cell_keys, "ctrl+n", "down", "1")
        assert [each[0] for each in given(study)] == ["council"]
        assert given(study, item="common_position") == [("council", "Papers come late.", 0, 17)]
        cell = chart_cell(study, person(study, "CIC-01"), "1.4b")
        assert (cell.position, cell.basis, cell.summary) == ("qualified", "first-hand", "Late.")


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_summary_is_seen_while_positions_are_open(study: Study, size: str) -> None:
    summary = "Consulted late each year, though heard once the papers had come. Last words"
    async with coding_app(study, size=size) as pilot:
        await keys(pilot, "enter", "ctrl+t", "2", "f", "enter", *summary, "enter")
        shown = frame(pilot.app)
        assert "Favourable with" in shown
        assert "words" in " ".join(line.split("│")[-1] for line in shown.splitlines())


async def test_a_code_is_made_of_the_words_chosen_and_undone_with_its_coding(study: Study) -> None:
    async with coding_app(study) as pilot:
        await keys(pilot, "enter", "down", "down", *["right"] * 4, "f8", "enter")
        start = WORDS.index("listens")
        assert given(study) == [("listens", "listens", start, start + 7)]
        assert find_code(study, "Listens").name.get("en") == "listens"
        await keys(pilot, "right", *"liste", "enter")
        assert [each[:2] for each in given(study)] == [("listens", "listens"), ("listens", "Third")]
        await keys(pilot, "ctrl+z", "ctrl+z")
        assert given(study) == []
        assert search_codes(study, "liste") == []
        assert "code listens taken away" in said(pilot)


async def test_a_coding_has_a_memo(study: Study) -> None:
    async with coding_app(study, size="80x24") as pilot:
        await keys(pilot, "enter", "down", *"coun", "enter", "ctrl+e", *"Or scbf? [sic]", "enter")
        (coding,) = codings_of(study, response_id(study, "CIC-01", "changes"))
        assert coding.memo == "Or scbf? [sic]"
        shown = frame(pilot.app)
        assert "Memo Or scbf? [sic]" in shown
        assert "* Council" in shown
        await keys(pilot, "ctrl+z")
        assert codings_of(study, response_id(study, "CIC-01", "changes"))[0].memo is None
        assert said(pilot) == "Undone: memo of Council as it was before"


async def test_undo_says_what_was_undone_and_reaches_earlier_sittings(study: Study) -> None:
    async with coding_app(study) as pilot:
        await keys(pilot, "enter", "down", *"coun", "enter", *"scbf", "enter", "ctrl+z")
        assert [each[0] for each in given(study)] == ["council"]
        assert said(pilot).startswith("Undone: Sub-Committee on Budget and Finance taken off “« On arrive")
    async with coding_app(study) as pilot:
        await keys(pilot, "ctrl+z")
        assert given(study) == []
        assert said(pilot).startswith("Undone: Council taken off")
        await keys(pilot, "ctrl+z")
        assert len(listed(pilot)) == 3, "what was said is not Coding's to take back"
        assert [each.message for each in pilot.app._notifications] == [
            "there is nothing of MT's left to undo"
        ]


async def test_redo_says_what_was_done_again_and_reaches_earlier_sittings(study: Study) -> None:
    async with coding_app(study) as pilot:
        await keys(pilot, "enter", "down", *"coun", "enter", "ctrl+t", "1", "escape", "ctrl+z", "ctrl+z")
        assert given(study) == []
    async with coding_app(study, size="80x24") as pilot:
        await keys(pilot, "ctrl+y")
        assert [each[0] for each in given(study)] == ["council"]
        assert said(pilot).startswith("Done again: Council given back to “« On arrive")
        assert "Done again: Council given back" in " ".join(frame(pilot.app).split())
        await keys(pilot, "ctrl+g")
        await keys(pilot, "ctrl+y")
        assert chart_cell(study, person(study, "CIC-01"), "1.4b").position == "favourable"
        assert said(pilot) == "Done again: chart of CIC-01 on 1.4b: Favourable again"
        await keys(pilot, "ctrl+y")
        assert [each.message for each in pilot.app._notifications] == ["there is nothing of MT's to redo"]


async def test_a_coding_is_taken_away_and_given_back(study: Study) -> None:
    async with coding_app(study) as pilot:
        await keys(pilot, "enter", "down", *"coun", "enter", "delete")
        assert given(study) == []
        await keys(pilot, "ctrl+z")
        assert [each[0] for each in given(study)] == ["council"]
        await keys(pilot, *"scbf", "enter", "delete")
        assert len(given(study)) == 2, "which of two is meant is asked"
        await keys(pilot, "down", "delete")
        assert [each[0] for each in given(study)] == ["council"]


async def test_evaluation_questions_are_changed_before_and_after(study: Study) -> None:
    def spoken() -> dict[str, list[str]]:
        codings = codings_of(study, response_id(study, "CIC-01", "changes"))
        return {coding.code: coding.evaluation_questions for coding in codings}

    async with coding_app(study) as pilot:
        await keys(pilot, "enter", "down", "ctrl+o", *"2.1", "enter", *"coun", "enter")
        assert spoken() == {"council": ["1.4b", "2.1"]}
        await keys(pilot, "ctrl+o", *"1.4b", "enter")
        assert spoken() == {"council": ["2.1"]}


async def test_another_coders_coding_is_hers(study: Study) -> None:
    study.author = "JL"
    code_passage(study, response_id(study, "CIC-01", "changes"), ["council"], start=2, end=4)
    study.author = "MT"
    async with coding_app(study) as pilot:
        await keys(pilot, "tab", "tab", "delete")
        assert [each[0] for each in given(study)] == ["council"]
        assert "This coding is JL's" in frame(pilot.app)


async def test_filters_narrow_the_list(study: Study) -> None:
    async with coding_app(study) as pilot:
        everything = len(listed(pilot))
        await keys(pilot, "g")
        assert {line.split()[1] for line in listed(pilot)} == {"CIC-01"}
        await keys(pilot, "g")
        assert {line.split()[1] for line in listed(pilot)} == {"DFA-01"}
        await keys(pilot, "g", "g", "g", "slash", *"COUNCIL [q3]", "enter")
        assert [line.split()[2] for line in listed(pilot)] == ["chang…"]
        assert "“COUNCIL [q3]”" in frame(pilot.app)
        await keys(pilot, "slash", "escape", "e", *"2.1", "enter")
        assert [line.split()[2] for line in listed(pilot)] == ["influ…"]
        await keys(pilot, "e", "escape", "enter", *"coun", "enter", "escape", "u")
        assert len(listed(pilot)) == everything - 1


async def test_what_is_not_coded_yet_is_counted_alike_everywhere(world: Study) -> None:
    hold(world, "DFA-02", {"role": "Counsel.", "roles": " "}, {"one_voice": 2})
    counted = work_done(world).uncoded
    async with coding_app(world, size="80x24") as pilot:
        everything = len(listed(pilot))
        await keys(pilot, "u")
        assert len(listed(pilot)) == counted == 10
        assert everything == 15, "a value without words is listed, but there is nothing in it to code"
        assert f"Responses {counted}  {counted} left to code\n only not coded yet" in frame(pilot.app)


async def test_the_list_is_narrowed_to_an_interview_a_code_and_ones_own_codings(study: Study) -> None:
    study.author = "JL"
    code_passage(study, response_id(study, "CIC-01", "changes"), ["council"], start=0, end=4)
    study.author = "MT"
    async with coding_app(study) as pilot:
        assert "Responses 3  2 left to code" in frame(pilot.app)
        await keys(pilot, "o")
        assert {line.split()[1] for line in listed(pilot)} == {"CIC-01"}
        await keys(pilot, "m")
        assert "Responses 2  2 left to code" in frame(pilot.app)
        assert "only CIC-01 · codings of MT" in frame(pilot.app)
        assert "Codings 0" in frame(pilot.app), "the other coder's are not looked at"
        await keys(pilot, "enter", *"scbf", "enter", "escape")
        assert "Responses 2  1 left to code" in frame(pilot.app)
        await keys(pilot, "k", *"scb", "enter")
        assert len(listed(pilot)) == 1
        await keys(pilot, "a")
        assert len(listed(pilot)) == 3


async def test_the_answers_to_a_question_stand_under_each_other_and_lead_to_coding(study: Study) -> None:
    start = HOSTILE.index("end.")
    code_passage(study, response_id(study, "DFA-01", "influence"), ["council"], start=start, end=start + 4)
    async with coding_app(study, size="80x24") as pilot:
        await keys(pilot, "e", *"2.1", "enter", "r")
        shown = frame(pilot.app)
        assert "1 passage " in shown
        assert "DFA-01 influence  Council\n end.\n" in shown
        await keys(pilot, "escape", "a", "r")
        assert "3 passages" in frame(pilot.app)
        await keys(pilot, "down", "enter")
        assert pilot.app.screen.entry.id == response_id(study, "CIC-01", "common_position")


def test_what_is_collected_is_what_the_filters_are_about() -> None:
    def entry(name: str, *codings: Coding) -> Entry:
        response = Response(id=f"i:{name}", interview="i", item=name, paragraphs=[Paragraph(text=WORDS)])
        text = CodingText(response, name, "CIC-01", "CIC", ("1.4",), codings)
        return response_entry(text, {"respondents": ["p"]}, {"p": {"group": "CIC"}})

    def coded(code: str, start: int, end: int, *questions: str) -> Coding:
        about = {"code": code, "start": start, "end": end, "quote": WORDS[start:end]}
        return Coding(id=f"{code}{start}", response="r", evaluation_questions=list(questions), **about)

    entries = [
        entry(
            "changes",
            coded("council", 0, 4, "1.4"),
            coded("scbf", 0, 4, "1.4"),
            coded("scbf", 5, 9, "2.1"),
        ),
        entry("roles"),
    ]

    def passages(**filters: Any) -> list[tuple[str, int, int, tuple[str, ...]]]:
        found = collected(entries, Filters(**filters))
        return [(each.item, each.place.start, each.place.end, each.codes) for each in found]

    whole = len(WORDS)
    assert passages() == [("changes", 0, whole, ()), ("roles", 0, whole, ())]
    assert passages(questions=("1.4",)) == [("changes", 0, 4, ("council", "scbf")), ("roles", 0, whole, ())]
    assert passages(code="scbf")[:2] == [("changes", 0, 4, ("scbf",)), ("changes", 5, 9, ("scbf",))]


async def test_a_cell_of_the_chart_is_filled_and_undone(study: Study) -> None:
    async with coding_app(study) as pilot:
        official = person(study, "CIC-01")
        await keys(pilot, "enter", "ctrl+t", "1", "s", "enter", *"Change it [all]", "enter")
        cell = chart_cell(study, official, "1.4b")
        assert (cell.position, cell.basis, cell.summary) == ("favourable", "second-hand", "Change it [all]")
        assert cell.interview == response_id(study, "CIC-01", "changes").partition(":")[0]
        await keys(pilot, "enter", *", soon", "enter")
        assert chart_cell(study, official, "1.4b").summary == "Change it [all], soon"
        await keys(pilot, "ctrl+z", "right", "6")
        assert chart_cell(study, official, "1.5").position == "factual"
        await keys(pilot, "ctrl+z", "ctrl+z")
        assert chart_cell(study, official, "1.5") is None
        assert chart_cell(study, official, "1.4b").summary == ""
        await keys(pilot, "left", "0")
        assert chart_cell(study, official, "1.4b").position is None


async def test_a_sentence_typed_into_the_chart_is_its_summary_and_nothing_else(study: Study) -> None:
    async with coding_app(study) as pilot:
        official = person(study, "CIC-01")
        sentence = "so decided: quick, if costly"
        await keys(pilot, "enter", "ctrl+t", "right", "4", "f", *sentence, "enter")
        cell = chart_cell(study, official, "1.5")
        assert (cell.position, cell.basis, cell.summary) == ("unfavourable", "first-hand", sentence)
        assert len(list(study.store.history(table="chart", record=cell.id))) == 3
        await keys(pilot, "right", *"dear", "enter")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert chart_cell(study, official, "2.1").summary == "dear"
        await keys(pilot, "left", *"and late", "enter")
        assert chart_cell(study, official, "1.5").summary == f"{sentence} and late"
        await keys(pilot, "7")
        assert said(pilot) == "No position is on 7"
        pilot.app.post_message(events.Paste("[b]pasted\nwords"))
        await keys(pilot, "enter")
        assert chart_cell(study, official, "1.5").summary == f"{sentence} and late [b]pasted words"


async def test_what_a_digit_replaces_is_said_and_can_be_brought_back(study: Study) -> None:
    async with coding_app(study, size="80x24") as pilot:
        official = person(study, "CIC-01")
        await keys(pilot, "enter", "ctrl+t", "2", "f")
        assert said(pilot) == "CIC-01 on 1.4b: Favourable with reservations, First-hand. Saved."
        await keys(pilot, "4")
        replaced = "it was Favourable with reservations: Ctrl+Z brings that back"
        assert said(pilot) == f"CIC-01 on 1.4b: Unfavourable, First-hand. Saved; {replaced}"
        # On the narrowest screen nothing of it may be cut off.
        assert "brings that back" in frame(pilot.app)
        revisions = len(list(study.store.history(table="chart")))
        await keys(pilot, "4")
        assert said(pilot) == "CIC-01 on 1.4b: Unfavourable, First-hand, as it was"
        assert len(list(study.store.history(table="chart"))) == revisions
        await keys(pilot, "ctrl+z")
        assert chart_cell(study, official, "1.4b").position == "qualified"
        assert said(pilot).endswith("on 1.4b: Favourable with reservations, First-hand again")
        await keys(pilot, "0")
        assert "it was Favourable with reservations, First-hand: Ctrl+Z" in said(pilot)


async def test_leaving_the_place_closes_the_chart_and_keeps_the_summary(study: Study) -> None:
    async with coding_app(study) as pilot:
        official = person(study, "CIC-01")
        await keys(pilot, "enter", "ctrl+t", "1", "f2")
        await keys(pilot, "f4")
        await keys(pilot, "ctrl+t", "s", *"kept", "f2")
        await keys(pilot, "f4")
        cell = chart_cell(study, official, "1.4b")
        assert (cell.position, cell.basis, cell.summary) == ("favourable", "second-hand", "kept")
        await keys(pilot, *"coun", "f2")
        await keys(pilot, "f4")
        await keys(pilot, *"scbf", "enter")
        assert [each[0] for each in given(study)] == ["scbf"]


async def test_no_letter_leaves_the_chart(study: Study) -> None:
    async with coding_app(study) as pilot:
        official = person(study, "CIC-01")
        for letter in "dicq":
            await keys(pilot, "enter", "ctrl+t", letter, "escape", "escape", "escape")
            assert isinstance(pilot.app.screen, CodingScreen)
            assert pilot.app.is_running
        assert chart_cell(study, official, "1.4b") is None


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_shown_harmlessly_and_coded_exactly(study: Study, size: str) -> None:
    async with coding_app(study, size=size) as pilot:
        await keys(pilot, "end", "enter", "ctrl+down", *"influence", "enter")
        quote = given(study, "DFA-01", "influence")[0][1]
        assert quote == HOSTILE
        shown = frame(pilot.app)
        assert "[/] [bold]x[/bold] ␛[2J␀ ⇄gnp.exe⇄" in shown
        assert not {"\x1b", "\x00", "\u202e"} & set(shown)


async def test_a_long_line_is_read_and_coded(tmp_path: Path) -> None:
    line = "word " * 40_000
    folder = build_study(tmp_path / "study", said={"CIC-01": {"changes": line}})
    with Study.open(folder) as study:
        async with coding_app(study, size="80x24") as pilot:
            hidden = pilot.app.screen.query_one(PassageView)
            assert hidden.virtual_size.height < len(line) // 10, "never a row for each letter"
            await keys(pilot, "enter", "left", *"coun", "enter")
            assert given(study) == [("council", "word", len(line) - 5, len(line) - 1)]


async def test_reading_only_nothing_is_changed_and_it_says_so(study: Study) -> None:
    folder = study.folder
    with Study.open(folder, write=False) as looking:
        async with coding_app(looking) as pilot:
            await keys(pilot, "enter", "down", *"coun", "enter", "ctrl+t", "1", "enter")
            assert not looking.rows("codings")
            assert not looking.rows("chart")
            assert "READING ONLY" in frame(pilot.app)
            told = [notification.message for notification in pilot.app._notifications]
            assert all("open for reading only" in message for message in told)
            assert told


async def test_initials_are_asked_at_the_first_coding(study: Study) -> None:
    study.author = None
    async with coding_app(study) as pilot:
        await keys(pilot, "enter", "down", *"coun", "enter", *"JL", "enter")
        (coding,) = codings_of(study, response_id(study, "CIC-01", "changes"))
        assert coding.coder == "JL"


@pytest.mark.parametrize(
    ("corrected", "shown"),
    [("Shorter. The Council.", "Shorter. [¹The Council¹]."), ("Shorter.", "! words changed since")],
)
async def test_codings_keep_to_their_words_in_a_corrected_text_or_say_that_these_are_gone(
    study: Study, corrected: str, shown: str
) -> None:
    response = response_id(study, "CIC-01", "changes")
    start = WORDS.index("The Council")
    code_passage(study, response, ["council"], start=start, end=start + 11)
    conduct = Conduct(study, response.partition(":")[0])
    conduct.note(ResponseKey("changes"), corrected)
    conduct.save_all()
    async with coding_app(study) as pilot:
        assert shown in frame(pilot.app)
        assert ("[¹" in frame(pilot.app)) == ("[¹" in shown)


FRAMES = {
    "coding": (),
    "coding-passage": ("down", "enter", "down", "shift+down"),
    "coding-codes": ("down", "enter", "right", *"coun"),
    "coding-questions": ("down", "enter", "ctrl+o"),
    "coding-chart": ("down", "enter", "ctrl+t"),
    "coding-fr": (*["down"] * 3, "l", "enter", "right", *"part"),
}
"""Name of the golden to the keys that lead to what it shows."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", FRAMES)
async def test_coding_looks_as_it_did(world: Study, name: str, size: str) -> None:
    async with coding_app(world, size=size) as pilot:
        await keys(pilot, *FRAMES[name])
        check_golden(pilot.app, f"{name}-{size}")
