"""Findings: the figures are those of `tabulate`, and each leads to its words."""

from __future__ import annotations

import pytest

from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.tabulate import tabulate
from fieldkit.records.responses import ResponseKey
from fieldkit.study.coding import code_passage
from fieldkit.study.conduct import Conduct
from fieldkit.study.evidence import evidence
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.overview import GAP, NOT_WANTED, account, by_measure, overview
from fieldkit.tui.screens.findings import KINDS, FindingsScreen
from fieldkit.tui.screens.words import WordsScreen
from fieldkit.tui.widgets.findings_table import FindingsTable
from tests.app.building import CODED, hold
from tests.app.frames import frame, press, settled


def shown(app: FieldkitApp) -> FindingsTable:
    return app.screen.query_one(FindingsTable)


def test_the_overview_counts_what_was_said(world: Study) -> None:
    tables = tabulate(evidence(world), "coverage")
    table = overview(tables)
    assert table is not None
    # 2.5 is served by `common_position`, which both CIC officials answered; three passages, four codes.
    places = {(who, item, words) for who, item, words, _ in CODED if item == "common_position"}
    assert table.cells["2.5", "CIC:answered"].text.split() == ["2/2", "·", str(len(places))]
    assert table.cells["2.5", "CIC:answered"].persons == ("CIC-01", "CIC-02")
    assert table.cells["2.5", "CIC:answered"].trace == "coverage/all/2.5/CIC:answered"
    assert table.cells["1.1", "CIC:answered"].text == GAP
    assert table.cells["1.1", "CIDA:answered"].text == NOT_WANTED
    assert table.cells["1.1", "DFA:answered"].text == "0/0"
    assert account(by_measure(tables), "2.5", "CIC:answered").startswith("2 interviewed: 2 asked, 2 answered")
    assert overview(tables[:2]) is None


async def test_desk_and_findings_say_what_they_count_and_sign_alike(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Coverage  answered of interviewed" in frame(app)
        assert f"{NOT_WANTED} not to be asked" in frame(app)
        await press(pilot, "f5")
        assert "Coverage: answered of asked" in frame(app)
        assert f"{NOT_WANTED} not to be asked" in frame(app)


async def test_each_digit_shows_its_kind_and_every_table_can_be_gone_to(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        for digit, (kind, _) in enumerate(KINDS, 1):
            await press(pilot, str(digit))
            tables = tabulate(evidence(world), kind)
            expected = [table.title for table in tables]
            titles = []
            for _ in range(len(tables) + (kind == "coverage")):
                table = shown(app).table
                titles.append(table.title if table is not None else None)
                await press(pilot, "n")
            assert titles[kind == "coverage" :] == expected
            await press(pilot, "b")
            assert shown(app).table is None or shown(app).table.title == (expected or [None])[-1]


async def test_every_figure_drawn_is_the_cell_s_own(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "3")
        widget = shown(app)
        assert widget.table is not None
        for row, heading in enumerate(widget.table.rows):
            drawn = [str(text).strip() for text in widget.get_row_at(row)[1:]]
            assert drawn == [widget.table.cells[heading.id, c.id].text for c in widget.table.columns]


async def test_a_figure_leads_to_exactly_its_words(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f5", *["down"] * 9)
        found = shown(app).under_cursor()
        assert found is not None
        assert (found[0].id, found[1].id) == ("2.5", "CIC:answered")
        await press(pilot, "enter")
        assert isinstance(app.screen, WordsScreen)
        listing = app.screen.query_one("#words-list")
        assert listing.option_count == len(found[2].responses) == 2
        assert "One voice? Mostly [sic]." in frame(app)
        assert "budget-information 2.5" in frame(app)
        await press(pilot, "down")
        assert "« On arrive préparés »" in frame(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, FindingsScreen)


async def test_words_that_two_coded_stand_once_with_their_initials(world: Study) -> None:
    said = "« Trop tard. »"
    response = hold(world, "IOM-01", {"results": said})
    conduct = Conduct(world, response)
    conduct.type_notes(ResponseKey("results"), [{"text": said, "kind": "verbatim"}])
    conduct.save_all()
    response = ResponseKey("results").response_id(response)
    code_passage(world, response, ["council"])
    world.author = "JL"
    code_passage(world, response, ["council", "scbf"])
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.push_screen(WordsScreen(world, "2.4", [response]))
        await settled(pilot)
        shown = str(app.screen.query_one("#words-text").render())
        assert shown.count(said) == 2, "once as it was said, once as what was coded"
        assert "“" not in shown, "words that bring quotation marks get none"
        assert [line.split() for line in shown.splitlines()[-2:]] == [
            ["council", "2.4", "JL,", "MT"],
            ["scbf", "2.4", "JL"],
        ]


async def test_a_figure_with_nothing_behind_it_says_so(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "enter")
        assert isinstance(app.screen, FindingsScreen)
        assert "No response stands behind" in frame(app)


async def test_one_question_attribute_and_language_are_kept_to(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f5", *["down"] * 3, "e")
        assert app.screen.question == "1.4"
        assert [row.id for row in shown(app).table.rows] == ["1.4a", "1.4b"]
        await press(pilot, "4")
        assert shown(app).table.question == "1.4"
        await press(pilot, "e", "1", "g", "g")
        assert app.screen.by == "place"
        assert "by place" in frame(app)
        await press(pilot, "3", "l")
        assert "Gouvernance" in frame(app)


async def test_rows_and_columns_can_be_told_apart_where_there_is_little_room(world: Study) -> None:
    columns = [Heading(str(n), f"{n} To a rather large extent") for n in range(1, 8)]
    rows = [Heading("a", "The strategic direction of the organization"), Heading("b", "The strategic plan")]
    cells = {(row.id, column.id): Cell(1, "1", None, (), (), "") for row in rows for column in columns}
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "3")
        shown(app).show(Table("ratings", "Ratings", "n", columns, rows, cells))
        await settled(pilot)
        lines = [line.split() for line in frame(app).splitlines()]
        assert ["The", "strategic", "direction…"] in [line[:3] for line in lines]
        assert ["7", "columns", "←", "→"] in [line[:4] for line in lines], "some lie to the right"
        assert any(line.count("extent") >= 3 for line in lines), "headings are broken, not cut"


async def test_the_cursor_never_stands_on_a_label(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f5", *["left"] * 9)
        assert shown(app).cursor_coordinate.column == 1
        await press(pilot, "home", "ctrl+home")
        assert shown(app).under_cursor() is not None


async def test_what_came_in_meanwhile_is_counted_on_coming_back(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        before = shown(app).table.cells["1.3", "DFA:answered"].text
        await press(pilot, "f2")
        hold(world, "DFA-02", {"roles": "They should stay as they are."})
        await press(pilot, "f5")
        after = shown(app).table.cells["1.3", "DFA:answered"].text
        assert (before.split()[0], after.split()[0]) == ("1/1", "2/2")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12), (200, 60)])
async def test_any_size_of_terminal_will_do(world: Study, size: tuple[int, int]) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for key in ("f5", "2", "3", "4", "f2", "f1", "escape"):
            await press(pilot, key)
        await pilot.resize_terminal(81, 25)
        await settled(pilot)
        assert "Coverage" in frame(app)
