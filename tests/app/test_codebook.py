"""The codebook by keys: a code is added, moved, merged, split passage by passage, and taken back."""

from __future__ import annotations

from fieldkit.study.code_merging import codings_under
from fieldkit.study.codebook import find_code
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.codebook import CodebookScreen
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.widgets.code_tree import CodeTree
from tests.app.frames import frame, press, settled


async def test_the_codebook_is_changed_and_changed_back_by_keys(world: Study) -> None:
    before = list(world.codebook.codes)
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f4", "ctrl+k")
        assert isinstance(app.screen, CodebookScreen)
        tree = app.screen.query_one(CodeTree)
        tree.choose("governance")
        await press(pilot, "n", *"late", "enter", *"it", "enter", "enter")
        assert (find_code(world, "late").parent, tree.chosen) == ("governance", "late")
        await press(pilot, "minus", "r", *"lateness", "enter")
        assert find_code(world, "lateness").id == "late"
        assert [code.id for code in world.codebook.children("governance")][-2] == "late"
        await press(pilot, "x")
        assert "Retired" in frame(app)
        tree.choose("council")
        await press(pilot, "r", *"scbf", "enter")
        assert "choose another" in frame(app)
        await press(pilot, *["ctrl+z"] * 4)
        assert world.codebook.codes == before
        await press(pilot, "escape")
        assert isinstance(app.screen, CodingScreen)


async def test_each_passage_of_a_split_code_is_given_by_a_digit(world: Study) -> None:
    code = next(code.id for code in world.codebook.codes if len(codings_under(world, code.id)) > 0)
    codings = codings_under(world, code)
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f4", "ctrl+k")
        app.screen.query_one(CodeTree).choose(code)
        await press(pilot, "s", *"one", "enter", *"it", "enter", *"two", "enter", *"ab", "enter", "enter")
        assert "0 stays with" in frame(app)
        await press(pilot, "enter")
        assert codings_under(world, code) == codings
        await press(pilot, *["2"] * len(codings), "enter")
        assert [coding.id for coding in codings_under(world, "two")] == [coding.id for coding in codings]
        assert find_code(world, code).retired
        await press(pilot, "ctrl+z")
        assert codings_under(world, code) == codings
