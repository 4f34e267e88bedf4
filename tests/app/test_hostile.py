"""Text that would act on the terminal, or be taken for markup, is shown harmlessly wherever it comes up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.study.coding import code_passage
from fieldkit.study.create import create_study
from fieldkit.study.roster import RosterEntry, add_roster
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.counting import Counts
from fieldkit.tui.screens.words import WordsScreen
from tests.app.building import hold, response_id
from tests.app.frames import frame, press, settled

MARKUP = "[/] [bold]x[/bold] [sic] [/a/b] [red"
CONTROLS = "a\x1b[31mb\x00c\x07d\u202ee\x9bf\x7fg"
LONG = "mot " * 50_000
HOSTILE_CODE = "[/] \x1b]0;x\x07 [b]"
ACTING = {
    chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Study]:
    """A study whose every text is hostile, the respondent's code, place and attributes included."""
    folder = create_study(tmp_path / "[/] study \x1b[31m", author="MT")
    with Study.open(folder) as study:
        bands = {"group": "CIC", "language": "fr"}
        add_roster(study, [RosterEntry(HOSTILE_CODE, bands, {"[b]region": MARKUP})])
        hold(study, HOSTILE_CODE, {"role": f"{MARKUP}\n{CONTROLS}", "common_position": LONG})
        code_passage(study, response_id(study, HOSTILE_CODE, "role"), ["council"], memo=MARKUP)
        yield study


def harmless(app: FieldkitApp) -> str:
    """The frame, found to hold nothing that a terminal would act on."""
    shown = frame(app)
    assert not ACTING & (set(shown) - {"\n"})
    return shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_place_shows_it_and_lets_nothing_act(hostile: Study, size: tuple[int, int]) -> None:
    app = FieldkitApp(hostile)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        assert "[/] ␛]0;x" in harmless(app)
        for keys in (
            ("ctrl+p", "x"),
            ("escape",),
            ("f4",),
            ("enter",),
            ("f5",),
            *(((digit),) for digit in "23456"),
        ):
            await press(pilot, *keys)
            harmless(app)
        for _ in range(7):
            await press(pilot, "g")
            harmless(app)
        await press(pilot, "f2", "enter")
        assert app.screen.place == "interview"
        harmless(app)


async def test_the_words_behind_a_figure_are_shown_as_they_are(hostile: Study) -> None:
    app = FieldkitApp(hostile)
    everything = list(hostile.rows("responses"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        cell = Cell(1, MARKUP, 1, tuple(everything), (HOSTILE_CODE,), "codes/[/]/r/c")
        table = Table(
            "codes",
            MARKUP,
            MARKUP,
            [Heading("c", MARKUP)],
            [Heading("council", MARKUP)],
            {("council", "c"): cell},
        )
        app.push_screen(WordsScreen(hostile, Counts(hostile).behind(table, "council", "c", "en")))
        await settled(pilot)
        seen = harmless(app)
        for _ in everything:
            await press(pilot, "down")
            seen += harmless(app)
        assert "[/] [bold]x[/bold] [sic] [/a/b] [red" in seen
        assert "a␛[31mb␀c␇d⇄e␦f␡g" in seen


async def test_what_is_said_about_hostile_text_is_harmless_too(hostile: Study) -> None:
    app = FieldkitApp(hostile)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        for severity in ("information", "warning", "error"):
            app.tell(f"{MARKUP} {CONTROLS}", severity)
        await settled(pilot)
        assert "[/] [bold]x[/bold]" in harmless(app)


async def test_hostile_text_typed_into_the_desk_is_refused_or_kept_harmlessly(hostile: Study) -> None:
    app = FieldkitApp(hostile)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "a", *["backspace"] * 3, *"[/b]", "enter")
        assert hostile.author == "MT"
        assert "[/b]" in harmless(app)
        await press(pilot, "n", *"[/]", "enter")
        assert app.is_running
        harmless(app)
