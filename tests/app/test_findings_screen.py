"""Findings: the figures are those of `tabulate`, and each leads to its words."""

from __future__ import annotations

import pytest

from fieldkit.findings.narrowing import Narrowing, narrowed
from fieldkit.findings.saturation import saturation
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.findings.trace import trace
from fieldkit.findings.triangulate import gaps
from fieldkit.records.responses import ResponseKey
from fieldkit.study.coding import code_passage
from fieldkit.study.conduct import Conduct
from fieldkit.study.evidence import evidence
from fieldkit.study.findings import add_finding
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.counting import Counts
from fieldkit.tui.heat import SIGNS
from fieldkit.tui.overview import GAP, NOT_WANTED, account, by_measure, overview
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.screens.findings import KINDS, FindingsScreen
from fieldkit.tui.screens.words import WordsScreen
from fieldkit.tui.widgets.findings_table import FindingsTable
from tests.app.building import CODED, hold, response_id
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
            tables = tabulate(evidence(world), kind) if kind in WHATS else []
            expected = [table.title for table in tables]
            if kind not in WHATS:
                continue
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
            drawn = [str(text).strip(f" {''.join(SIGNS)}") for text in widget.get_row_at(row)[1:]]
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
        listing = [str(option.prompt).split() for option in app.screen.query_one("#words-list").options]
        assert listing == [["CIC-01"], ["common_position"], ["CIC-02"], ["common_position"]]
        assert "fieldkit trace coverage/all/2.5/CIC:answered" in frame(app)
        assert "One voice? Mostly [sic]." in frame(app)
        assert "budget-information 2.5" in frame(app)
        await press(pilot, "down")
        assert "« On arrive préparés »" in frame(app)
        await press(pilot, "enter", "escape")
        assert isinstance(app.screen, WordsScreen), "from the words back to the list"
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
        counts = Counts(world)
        (table, *_) = counts.count("codes", by="group", question="2.4", language="en").tables
        app.push_screen(WordsScreen(world, counts.behind(table, "council", "IOM", "en")))
        await settled(pilot)
        shown = "\n".join(str(option.prompt) for option in app.screen.query_one("#words-text").options)
        assert shown.count(said) == 2, "once as it was said, once as what was coded"
        assert "“" not in shown, "words that bring quotation marks get none"
        assert [line.split() for line in shown.splitlines()[-2:]] == [
            ["council", "2.4", "JL,", "MT"],
            ["scbf", "2.4", "JL"],
        ]
        assert shown.splitlines()[1].startswith("▸"), "what the figure counts is marked"


async def test_enter_on_words_goes_to_the_passage_in_coding(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "3", "down", "down", "enter")
        assert isinstance(app.screen, WordsScreen)
        await press(pilot, "enter", "down", "enter")
        assert isinstance(app.screen, CodingScreen)
        assert app.screen.entry is not None
        start, end = app.screen.passage
        assert app.screen.text[start:end] == "The Council listens to speeches."


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


@pytest.mark.parametrize("digit", ["1", "3"])
async def test_a_coding_that_comes_in_is_drawn_as_a_table_opened_after_it(world: Study, digit: str) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", digit)
        for who, item in (("CIDA-01", "research_use"), ("DFA-01", "roles"), ("IOM-01", "results")):
            before = frame(app)
            words = response_id(world, who, item)
            code_passage(world, words, ["council", "zero-growth"], evaluation_questions=["1.1"])
            app.screen.refresh_place()
            await settled(pilot)
            after = frame(app)
            assert before != after
        await press(pilot, "2", digit)
        assert after == frame(app)


@pytest.mark.parametrize("kind", WHATS)
def test_what_stands_behind_a_figure_is_what_the_command_traces(world: Study, kind: str) -> None:
    counts, made = Counts(world), evidence(world)
    for table in counts.count(kind, by="group", question=None, language="en").tables[:2]:
        for row, column in [place for place, cell in table.cells.items() if cell.responses]:
            traced = trace(made, table.cells[row, column].trace)
            assert counts.behind(table, row, column, "en").trace.responses == traced.responses


async def test_tables_are_kept_to_some_persons_say_so_and_are_whole_again_with_a_key(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "3")
        whole = shown(app).table
        await press(pilot, "slash", "down", "down", "down", "down")
        options = [str(option.prompt) for option in app.screen.query_one("#narrow-list").options]
        at = next(at for at, line in enumerate(options) if "Geneva" in line)
        app.screen.query_one("#narrow-list").highlighted = at
        await press(pilot, "enter", "escape")
        kept = narrowed(evidence(world), Narrowing().toggled("place", "place=geneva"))
        assert dict(shown(app).table.cells) == dict(tabulate(kept, "codes")[0].cells)
        assert "place = Geneva" in frame(app)
        await press(pilot, "a")
        assert shown(app).table == whole
        assert "place = Geneva" not in frame(app)


async def test_an_undo_is_in_the_table_at_once(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "2")
        app.screen.keep_to("2.1")
        await settled(pilot)
        cells = [cell.persons for cell in shown(app).table.cells.values()]
        assert ("DFA-01",) in cells, "she was charted last"
        await press(pilot, "ctrl+z")
        assert ("DFA-01",) not in [cell.persons for cell in shown(app).table.cells.values()]


async def test_saturation_methods_and_indicators_have_their_tables(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "7")
        series = [saturation(evidence(world)), saturation(evidence(world), question="1.1")]
        held = [shown(app).table.cells[row, "interviews"].text for row in ("total", "1.1")]
        assert held == [str(len(each.interviews)) for each in series]
        assert "nothing is said of saturation" in frame(app)
        await press(pilot, "9", "n")
        table = shown(app).table
        lacking = {place for place, cell in table.cells.items() if cell.text}
        wanted = {(gap.question, gap.source) for gap in gaps(evidence(world))}
        assert {(row, column.removeprefix("method=")) for row, column in lacking} == wanted
        finding = add_finding(world, "2.5", "Papers come late.", holds=True)
        await press(pilot, "f2", "f5", "8")
        assert shown(app).table.cells[finding.id, "DFA"].text == "·"
        assert shown(app).table.cells[finding.id, "CIC"].text == "● 2/2"


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
